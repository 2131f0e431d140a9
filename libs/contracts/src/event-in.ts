import { headerText, type IncomingRecord, asTraceparent, traceparentOf } from './headers.js';
import { isStructuredEvent } from './cloud-event-in.js';
import { isJsonObject } from './json-text.js';

/** A CloudEvent as a consumer gets it. */
export interface ParsedEvent<T = unknown> {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  /** The account id, or the id in the catalogue. */
  readonly subject?: string;
  /** RFC 3339. */
  readonly time?: string;
  readonly dataschema?: string;
  readonly partitionkey?: string;
  readonly traceparent?: string;
  /** `Outcome`, `CacheInvalidation` or `CatalogChanged`, see `EVENT_TYPES`. */
  readonly data: T;
}

const ATTRIBUTES = ['id', 'type', 'source', 'subject', 'time', 'dataschema', 'partitionkey'] as const;

/**
 * Reads a record of one of our event topics: CloudEvents in structured mode, and in binary mode too, so that a
 * consumer needn't care. @throws Error when the record is no CloudEvent with JSON data.
 */
export function parseEvent<T = unknown>(record: IncomingRecord): ParsedEvent<T> {
  const { value, headers } = record;
  if (value === null) throw new Error('the record has no value: expected a CloudEvent');
  const json: unknown = JSON.parse(value.toString('utf8'));
  const structured = isStructuredEvent(headers);
  if (structured && !isJsonObject(json)) throw new Error('the value is no JSON object: expected a CloudEvent');

  const attribute = (name: string): unknown =>
    structured ? (json as Record<string, unknown>)[name] : headerText(headers, `ce_${name}`);
  const event: Record<string, unknown> = {};
  for (const name of ATTRIBUTES) {
    const text = attribute(name);
    if (typeof text === 'string') event[name] = text;
  }
  for (const name of ['id', 'type', 'source']) {
    if (event[name] === undefined) throw new Error(`the CloudEvent has no ${name}`);
  }
  const traceparent = asTraceparent(attribute('traceparent')) ?? traceparentOf(headers);
  if (traceparent !== undefined) event.traceparent = traceparent;
  event.data = structured ? (json as Record<string, unknown>).data : json;
  return event as unknown as ParsedEvent<T>;
}
