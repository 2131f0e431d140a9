import { deriveObjectId, isSameCommand, type UuidText } from '@app/contracts';
import type {
  Account,
  Applied,
  AppliedToCatalog,
  CreditType,
  Decision,
  Grant,
  LedgerEntry,
  Minor,
  Rejected,
  Scale,
} from '@app/domain';

import {
  type CatalogChange,
  type CommandChunk,
  CommandFailed,
  type CommandResult,
  type Decide,
  type LoggedCommand,
} from '../ports.js';
import { catalogKey } from './catalog-key.js';
import type { ChunkObjects } from './chunk-objects.js';
import { type AccountSlot, type ChunkPlan, keyOf } from './chunk-plan.js';
import { conflictOf } from './conflict.js';
import type { ReadChunk } from './read-chunk.js';

/** An entry to be written. */
export interface NewEntry {
  readonly entry: LedgerEntry;
  readonly commandKey: UuidText;
  readonly accountKey: UuidText;
  /** The account has a row, from which its names can be told. */
  readonly hasAccount: boolean;
  /** What it left in the catalogue; undefined: it isn't one of the catalogue. */
  readonly changed: CatalogChange | undefined;
  /** Index of the command in the chunk. */
  readonly index: number;
}

export interface DecidedChunk {
  /** One per command, in order. */
  readonly results: readonly CommandResult[];
  readonly newEntries: readonly NewEntry[];
  /** What was made or changed beside them; undefined: nothing was decided. */
  readonly objects: ChunkObjects | undefined;
}

/**
 * Decides the commands of a chunk in order, each with the effects of those before it: on the accounts in the
 * plan's slots, on the known entries, on who has which external id and on the objects. Touches nothing else.
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
      results.push(repeated(chunk, logged, index, known, read.changes.get(entryKey), slot, creditType?.scale ?? 0));
      continue;
    }
    const decision = decideOne(logged, index, slot, creditType, read, decide);
    if (decision.status === 'not-due') {
      results.push({ kind: 'dead-letter', reason: 'NOT_DUE', message: decision.message });
      continue;
    }
    const scale = creditType?.scale ?? 0;
    const entry =
      decision.status === 'catalog'
        ? catalogEntryOf(chunk, logged, decision, scale)
        : entryOf(chunk, logged, decision, scale);
    read.entries.set(entryKey, entry);
    if (decision.status === 'catalog') {
      const { changed } = decision;
      keepDefinition(command.tenantId, changed, read);
      read.changes.set(entryKey, changed);
      const accountKey = keyOfDefinition(command.tenantId, changed);
      newEntries.push({ entry, commandKey, accountKey, hasAccount: false, changed, index });
      results.push({ kind: 'decided', entry, changed });
      continue;
    }
    if (decision.status === 'applied') {
      apply(slot, decision.account, read);
      read.objects.keep(slot, decision);
    }
    const hasAccount = slot.current !== undefined;
    newEntries.push({ entry, commandKey, accountKey: slot.key, hasAccount, changed: undefined, index });
    results.push({ kind: 'decided', entry });
  }
  return { results, newEntries, objects: read.objects };
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
  changed: CatalogChange | undefined,
  slot: AccountSlot,
  scale: Scale,
): CommandResult {
  if (known.commandId !== logged.command.id) {
    const message = `command ids "${logged.command.id}" and "${known.commandId}" have the same key`;
    throw new CommandFailed(message, index, { cause: new Error(message) });
  }
  if (known.topic === chunk.topic && known.partition === chunk.partition && known.offset === logged.offset) {
    return changed === undefined ? { kind: 'redelivery', entry: known } : { kind: 'redelivery', entry: known, changed };
  }
  if (isSameCommand(known.fingerprint, logged)) {
    return changed === undefined ? { kind: 'duplicate', entry: known } : { kind: 'duplicate', entry: known, changed };
  }
  return { kind: 'conflict', entry: conflictOf(chunk, logged, known, slot.current, scale) };
}

function decideOne(
  logged: LoggedCommand,
  index: number,
  slot: AccountSlot,
  creditType: CreditType | undefined,
  read: ReadChunk,
  decide: Decide,
): Decision {
  const { command } = logged;
  try {
    const decision = decide(
      {
        ...read.objects.stateFor(command, read.entries),
        account: slot.current,
        creditType,
        deriveId: deriveObjectId,
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

/**
 * What the ledger relies on whatever `decide` is: P4 and P5 of the overview. The database checks the same, but for the
 * sum over grants, of which a row knows nothing: it is made where an entry changed one, so that a bug there is the
 * failure of that command and never wrong money.
 */
function assertContract({ current }: AccountSlot, decision: Applied): void {
  const { account, before, after, applied } = decision;
  const version = (current?.version ?? 0n) + 1n;
  if (account.version !== version) throw new Error(`the decided version is ${account.version}, not ${version}`);
  if (after.balance !== before.balance + applied || after.balance !== account.balance) {
    throw new Error(
      `${before.balance} + ${applied} applied is not ${after.balance}, or not the account's ${account.balance}`,
    );
  }
  const inGrants =
    decision.grants.length > 0 ? openedIn(account.grants) : current === undefined ? 0n : current.balance - current.base;
  if (account.balance !== account.base + inGrants) {
    throw new Error(`the balance ${account.balance} is not the base ${account.base} and ${inGrants} in grants`);
  }
}

/** What remains in grants that were opened. */
function openedIn(grants: readonly Grant[]): Minor {
  let sum = 0n;
  for (const { status, remaining } of grants) if (status !== 'pending') sum += remaining;
  return sum;
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

/** Later commands of the chunk find the definition as it is from now on. */
function keepDefinition(tenantId: string, changed: CatalogChange, read: ReadChunk): void {
  read.objects.keepCatalog(tenantId, changed);
  if (changed.kind === 'credit-type') read.creditTypes.set(keyOf(tenantId, changed.creditType.id), changed.creditType);
}

function keyOfDefinition(tenantId: string, changed: CatalogChange): UuidText {
  return changed.kind === 'credit-type'
    ? catalogKey(tenantId, 'credit-type', changed.creditType.id)
    : catalogKey(tenantId, 'schedule', changed.schedule.scheduleId);
}

function catalogEntryOf(
  chunk: CommandChunk,
  logged: LoggedCommand,
  decision: AppliedToCatalog,
  scale: Scale,
): LedgerEntry {
  const { command } = logged;
  const { changed } = decision;
  const isType = changed.kind === 'credit-type';
  const definition = isType ? changed.creditType : changed.schedule;
  return {
    tenantId: command.tenantId,
    accountId: '',
    creditType: isType ? changed.creditType.id : changed.schedule.creditType,
    scale: isType ? changed.creditType.scale : scale,
    commandId: command.id,
    commandType: command.type,
    fingerprint: logged.fingerprint,
    status: 'applied',
    code: decision.code,
    cause: decision.cause,
    requested: null,
    applied: null,
    before: null,
    after: null,
    version: definition.version,
    allocations: [],
    grantId: null,
    holdId: null,
    scheduleId: isType ? null : changed.schedule.scheduleId,
    reverses: null,
    reason: command.reason ?? null,
    description: command.description ?? null,
    actor: command.actor ?? null,
    metadata: command.metadata ?? null,
    source: command.source ?? null,
    occurredAt: command.occurredAt ?? null,
    recordedAt: decision.at,
    message: null,
    details: null,
    topic: chunk.topic,
    partition: chunk.partition,
    offset: logged.offset,
  };
}

function entryOf(chunk: CommandChunk, logged: LoggedCommand, decision: Applied | Rejected, scale: Scale): LedgerEntry {
  const applied = decision.status === 'applied' ? decision : undefined;
  const rejected = decision.status === 'rejected' ? decision : undefined;
  const { command } = logged;
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
    grantId: applied?.grantId ?? null,
    holdId: applied?.holdId ?? null,
    scheduleId: applied?.scheduleId ?? null,
    reverses: applied?.reverses ?? null,
    reason: command.reason ?? null,
    description: command.description ?? null,
    actor: command.actor ?? null,
    metadata: command.metadata ?? null,
    source: command.source ?? null,
    occurredAt: command.occurredAt ?? null,
    recordedAt: decision.at,
    message: rejected?.message ?? null,
    details: decision.details ?? null,
    topic: chunk.topic,
    partition: chunk.partition,
    offset: logged.offset,
  };
}
