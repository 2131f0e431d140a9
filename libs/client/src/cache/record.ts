import type { CacheInvalidation } from './balance.js';

/** A Kafka record as clients hand it out: kafkajs' message fits, and so do those of other clients. */
export interface InvalidationRecord {
  readonly key?: Uint8Array | string | null | undefined;
  readonly value?: Uint8Array | string | null | undefined;
  /** Values as bytes or text; kafkajs gives arrays of a header that was sent several times. */
  readonly headers?: Readonly<Record<string, HeaderValue>> | undefined;
}

export type HeaderValue = Uint8Array | string | readonly (Uint8Array | string)[] | undefined;

/** What a record says. */
export type DecodedRecord =
  | { readonly kind: 'invalidation'; readonly invalidation: CacheInvalidation }
  /** An event of another type: a consumer may read several topics. */
  | { readonly kind: 'other' }
  /** Not understood; `key` is that of the record, when it has one. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly key: string | undefined };

const EVENT_TYPE = 'credits.cache-invalidation.v1';

/** Reads a CloudEvent in structured mode (as Creditbus sends them) or in binary mode. Never throws. */
export function decodeRecord(record: InvalidationRecord): DecodedRecord {
  try {
    return decoded(record);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'unreadable', reason, key: textOrNone(record.key) };
  }
}

function decoded(record: InvalidationRecord): DecodedRecord {
  const binaryType = header(record, 'ce_type');
  const isStructured = header(record, 'content-type')?.toLowerCase().startsWith('application/cloudevents');
  if (!isStructured && binaryType !== undefined && binaryType !== EVENT_TYPE) return { kind: 'other' };
  if (record.value === null || record.value === undefined) throw new Error('the record has no value');
  const json: unknown = JSON.parse(textOf(record.value, true));
  if (!isObject(json)) throw new Error('the value is no JSON object');
  // Some bridges drop headers: an event in structured mode can still be told by its attributes.
  const isEvent = isStructured === true || (binaryType === undefined && typeof json['specversion'] === 'string');
  if (isEvent && json['type'] !== EVENT_TYPE && typeof json['type'] === 'string') return { kind: 'other' };
  if (isEvent && json['type'] !== EVENT_TYPE) throw new Error('the CloudEvent has no type');
  if (!isEvent && binaryType === undefined) throw new Error('the record is no CloudEvent');
  return { kind: 'invalidation', invalidation: invalidationIn(isEvent ? json['data'] : json) };
}

function invalidationIn(data: unknown): CacheInvalidation {
  if (!isObject(data)) throw new Error('the event has no data');
  const { tenantId, accountId, creditType, version, balance, held, available, unlimited } = data;
  return {
    tenantId: text('tenantId', tenantId),
    accountId: text('accountId', accountId),
    creditType: text('creditType', creditType),
    version: digits(version),
    balance: textOrNull('balance', balance),
    held: text('held', held),
    available: textOrNull('available', available),
    unlimited: unlimited === true,
  };
}

function digits(version: unknown): string {
  if (typeof version !== 'string' || !/^\d{1,19}$/.test(version)) {
    throw new Error('version is not a number in a string');
  }
  return version;
}

function text(name: string, value: unknown): string {
  if (typeof value !== 'string') throw new Error(`${name} is no string`);
  return value;
}

function textOrNull(name: string, value: unknown): string | null {
  return value === null ? null : text(name, value);
}

function header(record: InvalidationRecord, name: string): string | undefined {
  const value = record.headers?.[name];
  const first = typeof value === 'string' || value instanceof Uint8Array ? value : value?.[0];
  return first === undefined ? undefined : textOf(first, false);
}

function textOf(value: Uint8Array | string, fatal: boolean): string {
  return typeof value === 'string' ? value : new TextDecoder('utf-8', { fatal }).decode(value);
}

function textOrNone(value: Uint8Array | string | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : textOf(value, false);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
