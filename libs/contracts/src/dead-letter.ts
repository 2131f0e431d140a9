import type { DeadLetterCode, EpochMs } from '@app/domain';
import { dateTimeOf } from './date-time.js';
import { type EncodedRecord, headerText, type IncomingRecord, type RecordHeaders } from './headers.js';
import { LIMITS } from './limits.js';

/** Headers that a dead letter has beside those of its original. */
export const DEAD_LETTER_HEADERS = {
  reason: 'x-dlq-reason',
  message: 'x-dlq-message',
  pointer: 'x-dlq-pointer',
  originalTopic: 'x-dlq-original-topic',
  originalPartition: 'x-dlq-original-partition',
  originalOffset: 'x-dlq-original-offset',
  /** Milliseconds since the epoch. */
  originalTimestamp: 'x-dlq-original-timestamp',
  group: 'x-dlq-group',
  /** RFC 3339. */
  failedAt: 'x-dlq-failed-at',
  /** How often the record was sent back to the commands topic; kept from the original. */
  redriveCount: 'x-dlq-redrive-count',
  /** Bytes of the original value, when it was cut. */
  truncated: 'x-dlq-truncated',
} as const;

const PREFIX = 'x-dlq-';
const MESSAGE_CHARACTERS_MAX = 1000;

/** A record that can't be processed, and where it was found. */
export interface FailedRecord {
  readonly record: IncomingRecord & { readonly offset: bigint; readonly timestampMs: EpochMs };
  readonly topic: string;
  readonly partition: number;
  /** Consumer group that gave up on it. */
  readonly group: string;
  readonly failedAt: EpochMs;
  readonly reason: DeadLetterCode;
  readonly message: string;
  readonly pointer?: string;
}

/**
 * The dead letter of a record: original key, value and headers, and why. A value that makes the record larger than
 * `bytesMax` (key, value and headers; what the dead-letter topic takes) is cut to its first 64 KiB. Where that isn't
 * enough (compressed, a record of any size fits onto the log), the key is cut too, and the original headers are left
 * out. Headers of an earlier dead letter are replaced, but for the count of redrives.
 */
export function deadLetterRecord(failed: FailedRecord, bytesMax: number): EncodedRecord {
  const { record, pointer } = failed;
  const names = DEAD_LETTER_HEADERS;
  const headers: Record<string, string> = {};
  headers[names.reason] = failed.reason;
  headers[names.message] = bounded(failed.message);
  if (pointer !== undefined) headers[names.pointer] = pointer;
  headers[names.originalTopic] = failed.topic;
  headers[names.originalPartition] = String(failed.partition);
  headers[names.originalOffset] = record.offset.toString();
  headers[names.originalTimestamp] = String(record.timestampMs);
  headers[names.group] = failed.group;
  headers[names.failedAt] = dateTimeOf(failed.failedAt);
  headers[names.redriveCount] = String(redriveCountOf(record.headers));

  const { key, value } = record;
  const whole = { key, value, headers: { ...originalHeaders(record), ...headers } };
  if (bytesOf(whole) <= bytesMax) return whole;
  headers[names.truncated] = String(value?.length ?? 0);
  const cut = { key, value: firstBytes(value), headers: { ...whole.headers, ...headers } };
  return bytesOf(cut) <= bytesMax ? cut : { key: firstBytes(key), value: cut.value, headers };
}

/** How often a record has been sent back from the dead-letter topic; 0 for one that never was. */
export function redriveCountOf(headers: RecordHeaders): number {
  const text = headerText(headers, DEAD_LETTER_HEADERS.redriveCount) ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/**
 * The record to be sent back to the commands topic for a dead letter: original key, value and headers, and the count
 * of redrives raised by one. The key leads it to its account's partition.
 * @throws Error for a dead letter whose value was cut: it isn't the original any more
 */
export function redrivenRecord(letter: IncomingRecord): EncodedRecord {
  const names = DEAD_LETTER_HEADERS;
  if (headerText(letter.headers, names.truncated) !== undefined)
    throw new Error('the value of the dead letter was cut');
  const headers = { ...originalHeaders(letter), [names.redriveCount]: String(redriveCountOf(letter.headers) + 1) };
  return { key: letter.key, value: letter.value, headers };
}

/** Not by assignment: a header may be called `__proto__`. */
function originalHeaders({ headers }: IncomingRecord): Record<string, RecordHeaders[string]> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(PREFIX)));
}

function bounded(message: string): string {
  const cut = message.length <= MESSAGE_CHARACTERS_MAX ? message : `${message.slice(0, MESSAGE_CHARACTERS_MAX)}…`;
  return cut.toWellFormed();
}

function firstBytes(bytes: Buffer | null): Buffer | null {
  return bytes?.subarray(0, LIMITS.valueBytesMax) ?? null;
}

function bytesOf({ key, value, headers }: IncomingRecord): number {
  let bytes = (key?.length ?? 0) + (value?.length ?? 0);
  for (const [name, value] of Object.entries(headers)) {
    const items = typeof value === 'string' || Buffer.isBuffer(value) ? [value] : (value ?? []);
    for (const item of items) bytes += Buffer.byteLength(name) + (item === null ? 0 : Buffer.byteLength(item));
  }
  return bytes;
}
