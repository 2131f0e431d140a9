import { isUtf8 } from 'node:buffer';

import { DEAD_LETTER_HEADERS, headerText, redriveCountOf } from '@app/contracts';
import type { LogRecord } from '@app/messaging';

/** A dead letter as it lies on its topic: what its headers say, and what its value says as far as it can be read. */
export interface DeadLetter {
  /** Where it is on the dead-letter topic. */
  readonly partition: number;
  readonly offset: bigint;
  readonly failedAtMs: number;
  readonly reason: string;
  readonly message: string;
  readonly pointer?: string;
  /** `topic/partition/offset` of the record that it was; a repeat of a dead letter has the same. */
  readonly original: string;
  /** How often it was sent back. */
  readonly redrives: number;
  /** Its value was cut, so it can't be sent back. */
  readonly isCut: boolean;
  readonly commandId?: string;
  readonly commandType?: string;
  readonly tenantId?: string;
  readonly accountId?: string;
  readonly record: LogRecord;
}

const NAMES = DEAD_LETTER_HEADERS;

/** Reads a record of the dead-letter topic. What is missing or can't be read is left out, never an error. */
export function deadLetterOf(partition: number, record: LogRecord): DeadLetter {
  const header = (name: string): string | undefined => headerText(record.headers, name);
  const failedAtMs = Date.parse(header(NAMES.failedAt) ?? '');
  const pointer = header(NAMES.pointer);
  const original = [NAMES.originalTopic, NAMES.originalPartition, NAMES.originalOffset].map((name) => header(name));
  return {
    partition,
    offset: record.offset,
    failedAtMs: Number.isNaN(failedAtMs) ? record.timestampMs : failedAtMs,
    reason: header(NAMES.reason) ?? 'unknown',
    message: header(NAMES.message) ?? '',
    ...(pointer === undefined ? {} : { pointer }),
    original: original.includes(undefined) ? `unknown/${partition}/${record.offset}` : original.join('/'),
    redrives: redriveCountOf(record.headers),
    isCut: header(NAMES.truncated) !== undefined,
    ...namesIn(record),
    record,
  };
}

/** What the command calls itself, in its body or in CloudEvents headers. */
function namesIn({ headers, value }: LogRecord): Partial<DeadLetter> {
  const body = objectIn(value);
  const names = {
    commandId: textOf(body.id) ?? headerText(headers, 'ce_id'),
    commandType: textOf(body.type) ?? headerText(headers, 'ce_type'),
    tenantId: textOf(body.tenantId),
    accountId: textOf(body.accountId),
  };
  return Object.fromEntries(Object.entries(names).filter(([, text]) => text !== undefined));
}

function objectIn(value: Buffer | null): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(value?.toString('utf8') ?? '');
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** As it is printed for programs. */
export function deadLetterJson(letter: DeadLetter): Readonly<Record<string, unknown>> {
  const { record, failedAtMs, offset, ...rest } = letter;
  return {
    ...rest,
    offset: offset.toString(),
    failedAt: new Date(failedAtMs).toISOString(),
    key: record.key?.toString('utf8') ?? null,
    ...valueJson(record.value),
  };
}

/** As text where it is one, so that programs lose nothing. */
function valueJson(value: Buffer | null): Readonly<Record<string, string | null>> {
  if (value === null) return { value: null };
  return isUtf8(value) ? { value: value.toString('utf8') } : { valueBase64: value.toString('base64') };
}
