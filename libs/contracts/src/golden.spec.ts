import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND_TYPES } from './command-table.js';
import { decodeCommand } from './decode.js';
import { deadLetterRecord } from './dead-letter.js';
import { balanceChangedEvent, cacheInvalidationOf, catalogChangedEvent, commandRejectedEvent } from './events.js';
import { dueCommandRecord } from './due-command.js';
import * as examples from './examples.js';
import type { EncodedRecord, RecordHeaders } from './headers.js';
import { encodeOutcome } from './outcome.js';
import { deadLetterReply, outcomeReply } from './reply.js';

/*
 * What is on the wire today, kept in files. Consumers, stored fingerprints and deduplication rest on it byte for
 * byte: when one of these tests fails, the contract has changed, which only a new optional field may do.
 */

const { APPLIED_ENTRY, UNLIMITED_ENTRY, REJECTED_ENTRY, UNKNOWN_ACCOUNT_ENTRY, CONFLICT_ENTRY } = examples;
const { CAPTURE_ENTRY, SKIPPED_ENTRY, CATALOG_ENTRY, CATALOG_CHANGE, TEMPLATE_ENTRY, TEMPLATE_CHANGE } = examples;

function golden(name: string): unknown {
  return JSON.parse(readFileSync(join(__dirname, '..', 'golden', `${name}.json`), 'utf8'));
}

/** A record as plain JSON; texts as they are, since their bytes are the contract. */
function shownRecord({ key, value, headers = {}, partition }: EncodedRecord): object {
  return { key: textOf(key), value: textOf(value), headers: shownHeaders(headers), partition: partition ?? null };
}

function shownHeaders(headers: RecordHeaders): object {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, textOf(value as string)]));
}

function textOf(value: Buffer | string | null | undefined): string | null {
  return value === null || value === undefined ? null : value.toString();
}

/** What the decoder makes of every example. */
function commandsNow(): unknown {
  return COMMAND_TYPES.flatMap((type) => examples.COMMAND_EXAMPLES[type]).map((sent) => {
    const result = decodeCommand({ key: null, value: Buffer.from(JSON.stringify(sent)), headers: {} });
    if (!result.ok) throw new Error(result.message);
    const { expectedVersion, ...command } = result.command;
    const decoded = { ...command, ...(expectedVersion !== undefined && { expectedVersion: `${expectedVersion}n` }) };
    return { sent, decoded, fingerprint: result.fingerprint.toString('hex') };
  });
}

function outcomesNow(): unknown {
  return {
    applied: encodeOutcome(APPLIED_ENTRY),
    duplicate: encodeOutcome(APPLIED_ENTRY, { duplicate: true }),
    unlimited: encodeOutcome(UNLIMITED_ENTRY),
    rejected: encodeOutcome(REJECTED_ENTRY),
    accountNotFound: encodeOutcome(UNKNOWN_ACCOUNT_ENTRY),
    conflict: encodeOutcome(CONFLICT_ENTRY),
    capture: encodeOutcome(CAPTURE_ENTRY),
    skippedPeriod: encodeOutcome(SKIPPED_ENTRY),
    creditType: encodeOutcome(CATALOG_ENTRY),
    template: encodeOutcome(TEMPLATE_ENTRY),
  };
}

function recordsNow(): unknown {
  const to = { topic: 'credits.commands.v1.reply', correlationId: Buffer.from('7'), partition: 1 };
  const record = { key: null, value: Buffer.from('[]'), headers: {}, offset: 42n, timestampMs: 1_795_168_800_000 };
  const place = { topic: 'credits.commands.v1', partition: 3, group: 'creditbus-worker' };
  const failed = { record, ...place, failedAt: 1_795_168_800_012, reason: 'NOT_JSON', message: 'm' } as const;
  const records = {
    balanceChanged: balanceChangedEvent(APPLIED_ENTRY),
    balanceChangedTraced: balanceChangedEvent(APPLIED_ENTRY, examples.TRACEPARENT_EXAMPLE),
    balanceChangedUnlimited: balanceChangedEvent(UNLIMITED_ENTRY),
    commandRejected: commandRejectedEvent(REJECTED_ENTRY),
    commandConflict: commandRejectedEvent(CONFLICT_ENTRY),
    cacheInvalidation: cacheInvalidationOf(APPLIED_ENTRY),
    creditTypeChanged: catalogChangedEvent(CATALOG_ENTRY, CATALOG_CHANGE),
    templateChanged: catalogChangedEvent(TEMPLATE_ENTRY, TEMPLATE_CHANGE),
    commandOfCatalogRejected: commandRejectedEvent({
      ...REJECTED_ENTRY,
      accountId: '',
      commandType: 'credit-type.put',
    }),
    refillDue: dueCommandRecord({
      type: 'account.refill',
      tenantId: 'acme',
      accountId: 'key_1',
      creditType: 'credits',
      date: '2026-11-20',
    }),
    deadLetter: deadLetterRecord(failed, 1_000_000),
    outcomeReply: outcomeReply(to, APPLIED_ENTRY),
    deadLetterReply: deadLetterReply(to, { code: 'NOT_JSON', message: 'm' }),
  };
  return Object.fromEntries(Object.entries(records).map(([name, value]) => [name, shownRecord(value)]));
}

describe('the wire format is what it was', () => {
  test('commands are decoded to the same commands and fingerprints', () => {
    expect(commandsNow()).toEqual(golden('commands'));
  });

  test('outcomes are the same bytes', () => {
    expect(outcomesNow()).toEqual(golden('outcomes'));
  });

  test('events, dead letters and replies are the same bytes', () => {
    expect(recordsNow()).toEqual(golden('records'));
  });
});
