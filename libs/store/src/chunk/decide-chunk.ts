import type { UuidText } from '@app/contracts';
import type { Account, Applied, Decision, LedgerEntry, Scale } from '@app/domain';

import { type CommandChunk, CommandFailed, type CommandResult, type Decide, type LoggedCommand } from '../ports.js';
import { type AccountSlot, type ChunkPlan, keyOf } from './chunk-plan.js';
import { conflictOf } from './conflict.js';
import type { KnownCreditType, ReadChunk } from './read-chunk.js';

/** An entry to be written. */
export interface NewEntry {
  readonly entry: LedgerEntry;
  readonly commandKey: UuidText;
  readonly accountKey: UuidText;
  /** The account has a row, from which its names can be told. */
  readonly hasAccount: boolean;
  /** Index of the command in the chunk. */
  readonly index: number;
}

export interface DecidedChunk {
  /** One per command, in order. */
  readonly results: readonly CommandResult[];
  readonly newEntries: readonly NewEntry[];
}

/**
 * Decides the commands of a chunk in order, each with the effects of those before it: on the accounts in the
 * plan's slots, on the known entries and on who has which external id. Touches nothing else.
 * @throws CommandFailed with the command's index when `decide` throws or breaks its contract.
 */
export function decideChunk(chunk: CommandChunk, plan: ChunkPlan, read: ReadChunk, decide: Decide): DecidedChunk {
  const results: CommandResult[] = [];
  const newEntries: NewEntry[] = [];
  for (const [index, { logged, commandKey, slot }] of plan.commands.entries()) {
    const { command } = logged;
    if (!read.tenantIds.has(command.tenantId)) {
      results.push({
        kind: 'dead-letter',
        reason: 'UNKNOWN_TENANT',
        message: unknownTenant(command.tenantId),
        pointer: '/tenantId',
      });
      continue;
    }
    const creditType = read.creditTypes.get(keyOf(command.tenantId, command.creditType));
    const entryKey = keyOf(command.tenantId, commandKey);
    const known = read.entries.get(entryKey);
    if (known !== undefined) {
      results.push(repeated(chunk, logged, index, known, slot, creditType?.scale ?? 0));
      continue;
    }
    const decision = decideOne(logged, index, slot, creditType, read, decide);
    const entry = entryOf(chunk, logged, decision, creditType?.scale ?? 0);
    if (decision.status === 'applied') apply(slot, decision.account, read);
    read.entries.set(entryKey, entry);
    newEntries.push({ entry, commandKey, accountKey: slot.key, hasAccount: slot.current !== undefined, index });
    results.push({ kind: 'decided', entry });
  }
  return { results, newEntries };
}

function unknownTenant(tenantId: string): string {
  return `tenantId "${tenantId}" is not a known tenant`;
}

/** A command whose id is in the ledger (overview: redelivery, publisher's duplicate or conflict). */
function repeated(
  chunk: CommandChunk,
  logged: LoggedCommand,
  index: number,
  known: LedgerEntry,
  slot: AccountSlot,
  scale: Scale,
): CommandResult {
  if (known.commandId !== logged.command.id) {
    const message = `command ids "${logged.command.id}" and "${known.commandId}" have the same key`;
    throw new CommandFailed(message, index, { cause: new Error(message) });
  }
  if (known.topic === chunk.topic && known.partition === chunk.partition && known.offset === logged.offset) {
    return { kind: 'redelivery', entry: known };
  }
  if (known.fingerprint.equals(logged.fingerprint)) return { kind: 'duplicate', entry: known };
  return { kind: 'conflict', entry: conflictOf(chunk, logged, known, slot.current, scale) };
}

function decideOne(
  logged: LoggedCommand,
  index: number,
  slot: AccountSlot,
  creditType: KnownCreditType | undefined,
  read: ReadChunk,
  decide: Decide,
): Decision {
  const { command } = logged;
  try {
    const decision = decide(
      {
        account: slot.current,
        creditType: creditType?.deleted === true ? undefined : creditType,
        externalIdTaken:
          'externalId' in command && typeof command.externalId === 'string' && isTaken(command.externalId, slot, read),
      },
      command,
      logged.appendedAt,
    );
    if (decision.status === 'applied') assertContract(slot, decision);
    return decision;
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new CommandFailed(`deciding command "${command.id}" (${command.type}) failed: ${cause}`, index, {
      cause: error,
    });
  }
}

function isTaken(externalId: string, slot: AccountSlot, read: ReadChunk): boolean {
  const holder = read.externalIds.get(keyOf(slot.tenantId, slot.creditType, externalId));
  return holder !== undefined && holder !== slot.key;
}

/** What the ledger relies on whatever `decide` is: P4 and P5 of the overview. The database checks the same. */
function assertContract({ current }: AccountSlot, { account, before, after, applied }: Applied): void {
  const version = (current?.version ?? 0n) + 1n;
  if (account.version !== version) throw new Error(`the decided version is ${account.version}, not ${version}`);
  if (after.balance !== before.balance + applied || after.balance !== account.balance) {
    throw new Error(
      `${before.balance} + ${applied} applied is not ${after.balance}, or not the account's ${account.balance}`,
    );
  }
}

function apply(slot: AccountSlot, account: Account, read: ReadChunk): void {
  const before = slot.current?.externalId ?? null;
  slot.current = account;
  if (before === account.externalId) return;
  if (before !== null) read.externalIds.delete(keyOf(slot.tenantId, slot.creditType, before));
  if (account.externalId !== null) {
    read.externalIds.set(keyOf(slot.tenantId, slot.creditType, account.externalId), slot.key);
  }
}

function entryOf(chunk: CommandChunk, logged: LoggedCommand, decision: Decision, scale: Scale): LedgerEntry {
  const { command } = logged;
  const applied = decision.status === 'applied' ? decision : undefined;
  const rejected = decision.status === 'rejected' ? decision : undefined;
  return {
    tenantId: command.tenantId,
    accountId: command.accountId,
    creditType: command.creditType,
    scale,
    commandId: command.id,
    commandType: command.type,
    fingerprint: logged.fingerprint,
    status: decision.status,
    code: decision.code,
    cause: decision.cause,
    requested: decision.requested ?? null,
    applied: applied?.applied ?? null,
    before: decision.before ?? null,
    after: applied?.after ?? null,
    version: applied?.account.version ?? null,
    allocations: applied?.allocations ?? [],
    reason: command.reason ?? null,
    description: command.description ?? null,
    actor: command.actor ?? null,
    metadata: command.metadata ?? null,
    source: command.source ?? null,
    occurredAt: command.occurredAt ?? null,
    recordedAt: decision.at,
    message: rejected?.message ?? null,
    details: rejected?.details ?? null,
    topic: chunk.topic,
    partition: chunk.partition,
    offset: logged.offset,
  };
}
