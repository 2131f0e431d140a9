import type { Balances, EpochMs, LedgerEntry, Scale } from '@app/domain';
import {
  type CatalogChange,
  type ShownCreditType,
  type ShownSchedule,
  shownCreditType,
  shownSchedule,
} from './catalog.js';
import { dateTimeOf } from './date-time.js';
import type { EncodedRecord } from './headers.js';
import { jsonString } from './json-string.js';
import { encodeBalances, encodeOutcome, type OutcomeBalances } from './outcome.js';
import { sha256Hex } from './sha256.js';
import { accountRecordKey, catalogIdOf, catalogRecordKey, DEFAULT_TOPICS, invalidationRecordKey } from './topics.js';

/*
 * Events are CloudEvents 1.0 in structured mode: the whole event is the record's value, with `data` last. In binary
 * mode each attribute is a Kafka header, and encoding headers is the dearest thing that the worker does; here it is
 * the one header that names the mode. (A record whose command carried a `traceparent` has that header too, for
 * tracers that look for it there.)
 *
 * Everything in an event comes from the ledger entry, so that a redelivery makes the same event again (P2).
 */

/** `type` of an event: its topic's name without configuration, whatever the topic is called in this deployment. */
export const EVENT_TYPES = {
  balanceChanged: DEFAULT_TOPICS.balanceChanged,
  commandRejected: DEFAULT_TOPICS.commandRejected,
  cacheInvalidation: DEFAULT_TOPICS.cacheInvalidation,
  catalogChanged: DEFAULT_TOPICS.catalogChanged,
} as const;

/** `dataschema` of an event, which is the `$id` of the JSON Schema of its data. */
export const DATA_SCHEMAS = {
  outcome: 'urn:creditbus:schema:outcome:v1',
  cacheInvalidation: 'urn:creditbus:schema:cache-invalidation:v1',
  catalogChange: 'urn:creditbus:schema:catalog-change:v1',
} as const;

export const STRUCTURED_CONTENT_TYPE = 'application/cloudevents+json; charset=UTF-8';

/** Data of `cache-invalidation`: enough for a cache to refresh instead of dropping. */
export interface CacheInvalidation extends OutcomeBalances {
  readonly tenantId: string;
  readonly accountId: string;
  readonly creditType: string;
  readonly version: string;
}

/** Data of `catalog-changed`. */
export interface CatalogChanged {
  readonly tenantId: string;
  /** What changed: a credit type, or a schedule template. */
  readonly kind: 'credit-type' | 'schedule';
  /** Its id. */
  readonly id: string;
  /** Of the definition: 1, 2, 3 … without gap. */
  readonly version: string;
  /** The command that changed it. */
  readonly commandId: string;
  readonly commandType: string;
  /** As it is from now on. */
  readonly definition: ShownCreditType | ShownSchedule;
}

/** The event of a command that was applied to an account. */
export function balanceChangedEvent(entry: LedgerEntry, traceparent?: string): EncodedRecord {
  return outcomeEvent(EVENT_TYPES.balanceChanged, entry, traceparent);
}

/**
 * The event of a rejected command. A conflict's id includes its fingerprint: its command id belongs to another
 * command, and each conflicting body is a rejection of its own.
 */
export function commandRejectedEvent(entry: LedgerEntry, traceparent?: string): EncodedRecord {
  return outcomeEvent(EVENT_TYPES.commandRejected, entry, traceparent);
}

/**
 * The event that tells caches an account's newest version. Scale of its credit type; `recordedAt` of the entry that
 * made this version.
 */
export function cacheInvalidationEvent(
  tenantId: string,
  accountId: string,
  creditType: string,
  scale: Scale,
  version: bigint,
  balances: Balances,
  recordedAt: EpochMs,
  traceparent?: string,
): EncodedRecord {
  const type = EVENT_TYPES.cacheInvalidation;
  const key = invalidationRecordKey(tenantId, accountId, creditType);
  const data =
    `{"tenantId":${jsonString(tenantId)},"accountId":${jsonString(accountId)},"creditType":${jsonString(creditType)}` +
    `,"version":"${version}",${encodeBalances(balances, scale)}}`;
  const id = eventId(type, tenantId, creditType, version.toString(), accountId);
  const dataschema = DATA_SCHEMAS.cacheInvalidation;
  const attributes = { id, type, tenantId, subject: accountId, key, recordedAt, dataschema };
  return encodeEvent(attributes, data, traceparent);
}

/** The invalidation for the version that an applied entry made. @throws Error for a rejected entry, which makes none. */
export function cacheInvalidationOf(entry: LedgerEntry, traceparent?: string): EncodedRecord {
  const { tenantId, accountId, creditType, scale, version, after, recordedAt } = entry;
  if (version === null || after === null) throw new Error(`entry ${entry.commandId} is ${entry.status}: no version`);
  return cacheInvalidationEvent(tenantId, accountId, creditType, scale, version, after, recordedAt, traceparent);
}

/**
 * The event of a command that was applied to the catalogue, instead of `balance-changed`.
 * @param changed what the command made of it, as it was right after `entry`
 */
export function catalogChangedEvent(entry: LedgerEntry, changed: CatalogChange, traceparent?: string): EncodedRecord {
  const { tenantId, commandId, commandType, recordedAt, scale } = entry;
  const type = EVENT_TYPES.catalogChanged;
  const id = changed.kind === 'credit-type' ? changed.creditType.id : changed.schedule.scheduleId;
  const definition =
    changed.kind === 'credit-type' ? shownCreditType(changed.creditType) : shownSchedule(changed.schedule, scale);
  const { version } = definition;
  const data: CatalogChanged = { tenantId, kind: changed.kind, id, version, commandId, commandType, definition };
  const attributes = {
    id: outcomeEventId(type, entry),
    type,
    tenantId,
    subject: id,
    key: catalogRecordKey(tenantId, id),
    recordedAt,
    dataschema: DATA_SCHEMAS.catalogChange,
  };
  return encodeEvent(attributes, JSON.stringify(data), traceparent);
}

/** Id of the event of a command. Deterministic, 32 hexadecimal digits. */
export function outcomeEventId(
  type: string,
  entry: Pick<LedgerEntry, 'tenantId' | 'commandId' | 'code' | 'fingerprint'>,
): string {
  const { tenantId, commandId } = entry;
  return entry.code === 'COMMAND_CONFLICT'
    ? eventId(type, tenantId, entry.fingerprint.toString('hex'), commandId)
    : eventId(type, tenantId, commandId);
}

interface EventAttributes {
  readonly id: string;
  readonly type: string;
  readonly tenantId: string;
  readonly subject: string;
  readonly key: string;
  readonly recordedAt: EpochMs;
  readonly dataschema: string;
}

function outcomeEvent(type: string, entry: LedgerEntry, traceparent: string | undefined): EncodedRecord {
  const { tenantId, accountId, recordedAt } = entry;
  // Of the catalogue only rejections come here; they are about a credit type or a template.
  const subject = accountId === '' ? catalogIdOf(entry) : accountId;
  const key = accountRecordKey(tenantId, subject);
  const id = outcomeEventId(type, entry);
  const attributes = { id, type, tenantId, subject, key, recordedAt, dataschema: DATA_SCHEMAS.outcome };
  return encodeEvent(attributes, encodeOutcome(entry), traceparent);
}

function encodeEvent(event: EventAttributes, data: string, traceparent: string | undefined): EncodedRecord {
  const trace = traceparent === undefined ? '' : `,"traceparent":${jsonString(traceparent)}`;
  const value =
    `{"specversion":"1.0","id":"${event.id}","source":"/creditbus/${event.tenantId}","type":"${event.type}"` +
    `,"subject":${jsonString(event.subject)},"time":"${dateTimeOf(event.recordedAt)}"` +
    `,"datacontenttype":"application/json","dataschema":"${event.dataschema}"` +
    `,"partitionkey":${jsonString(event.key)}${trace},"data":${data}}`;
  return { key: event.key, value, headers: traceparent === undefined ? HEADERS : { ...HEADERS, traceparent } };
}

const HEADERS = { 'content-type': STRUCTURED_CONTENT_TYPE } as const;

function eventId(...parts: readonly string[]): string {
  return sha256Hex('event', ...parts).slice(0, 32);
}
