import { decodeCommand } from '@app/contracts';
import type { CreditTypeDefinition, LedgerEntry } from '@app/domain';
import type { Chunk, ChunkSignal, LogRecord } from '@app/messaging';
import type { CommandChunk, CommandResult, Ledger, LoggedCommand } from '@app/store';
import type { DecodedRecord } from '../decoded-record.js';
import type { RecordResult } from '../isolate.js';

/** A delta of −1 by default, as the record at this offset. */
export function deltaRecord(
  offset: number,
  fields: Record<string, unknown> = {},
  headers: LogRecord['headers'] = {},
): LogRecord {
  const command = {
    type: 'credit.delta',
    id: `c${offset}`,
    tenantId: 'acme',
    accountId: 'key_1',
    delta: '-1',
    ...fields,
  };
  return rawRecord(offset, JSON.stringify(command), headers);
}

export function rawRecord(offset: number, value: string, headers: LogRecord['headers'] = {}): LogRecord {
  return {
    offset: BigInt(offset),
    timestampMs: 1_700_000_000_000 + offset,
    key: null,
    value: Buffer.from(value),
    headers,
  };
}

export function decoded(record: LogRecord): DecodedRecord {
  return { record, decoded: decodeCommand(record) };
}

export function chunkOf(records: readonly LogRecord[]): Chunk {
  const toOffset = (records.at(-1)?.offset ?? -1n) + 1n;
  return {
    topic: 'commands',
    partition: 3,
    fence: { owner: 'me', nextOffset: records[0]?.offset ?? 0n },
    toOffset,
    records,
  };
}

export const ALIVE: ChunkSignal = { heartbeat: () => Promise.resolve(), mayPublish: () => true };

/** The entry that an applied delta of −1 on an account with 10 leaves. */
export function entryOf(
  { command, fingerprint, offset, appendedAt }: LoggedCommand,
  fields: Partial<LedgerEntry> = {},
): LedgerEntry {
  const { tenantId, accountId, creditType, id: commandId, type: commandType } = command;
  const held = { held: 0n, unlimited: false };
  return {
    tenantId, accountId, creditType, scale: 0, commandId, commandType, fingerprint,
    status: 'applied', code: 'APPLIED', cause: 'delta', requested: -1n, applied: -1n,
    before: { balance: 10n, available: 10n, ...held }, after: { balance: 9n, available: 9n, ...held },
    version: offset + 1n, allocations: [{ grantId: null, amount: -1n }],
    grantId: null, holdId: null, scheduleId: null, reverses: null,
    reason: null, description: null, actor: null, metadata: null, source: null, occurredAt: null,
    recordedAt: appendedAt, message: null, details: null, topic: 'commands', partition: 3, offset, ...fields,
  }; // prettier-ignore
}

export function resultOf(
  record: LogRecord,
  kind: 'decided' | 'redelivery' | 'duplicate' | 'conflict',
  fields: Partial<LedgerEntry> = {},
): RecordResult {
  const { decoded: decoding } = decoded(record);
  if (!decoding.ok) throw new Error(decoding.message);
  const command = {
    command: decoding.command,
    fingerprint: decoding.fingerprint,
    offset: record.offset,
    appendedAt: record.timestampMs,
  };
  return { record, decoded: decoding, result: { kind, entry: entryOf(command, fields) } };
}

/** What became of a `credit-type.put` of the type `tokens`. */
export function catalogResultOf(offset: number, kind: 'decided' | 'redelivery' | 'duplicate'): RecordResult {
  const put = { type: 'credit-type.put', id: `c${offset}`, tenantId: 'acme', creditType: 'tokens', scale: 2 };
  const result = resultOf(rawRecord(offset, JSON.stringify(put)), kind, {
    scale: 2, cause: 'configure', requested: null, applied: null, before: null, after: null, version: 1n, allocations: [],
  }); // prettier-ignore
  const creditType: CreditTypeDefinition = {
    id: 'tokens', scale: 2, burnOrder: 'priority', defaultExpiry: null, defaultRollover: null, deletedAt: null,
    name: null, description: null, singularName: null, pluralName: null, icon: null, prices: [], metadata: null,
    version: 1n, createdAt: 0, updatedAt: 0,
  }; // prettier-ignore
  if (result.result.kind !== kind) throw new Error(`the result is ${result.result.kind}`);
  return { ...result, result: { ...result.result, changed: { kind: 'credit-type', creditType } } };
}

/** A ledger that keeps what it was given, and fails where `refuse` throws. */
export class FakeLedger implements Ledger {
  readonly chunks: CommandChunk[] = [];
  nextOffset: bigint;

  constructor(
    from: number,
    private readonly refuse: (chunk: CommandChunk) => void = () => undefined,
  ) {
    this.nextOffset = BigInt(from);
  }

  async apply(chunk: CommandChunk): Promise<readonly CommandResult[]> {
    if (chunk.fence.nextOffset !== this.nextOffset)
      throw new Error(`fence ${chunk.fence.nextOffset}, row ${this.nextOffset}`);
    this.refuse(chunk);
    this.chunks.push(chunk);
    if (chunk.toOffset > this.nextOffset) this.nextOffset = chunk.toOffset;
    return await Promise.resolve(chunk.commands.map((command) => ({ kind: 'decided', entry: entryOf(command) })));
  }

  get applied(): string[] {
    return this.chunks.flatMap(({ commands }) => commands.map(({ command }) => command.id));
  }
}
