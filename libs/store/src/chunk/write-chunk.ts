import { commandKey, type UuidText } from '@app/contracts';
import { type Account, refillDueAt } from '@app/domain';

import { type CommandChunk, CommandFailed } from '../ports.js';
import { ADVANCE_POSITION } from '../sql/advance-position.js';
import {
  ACCOUNT_PARAMETERS,
  BALANCE_PARAMETERS,
  ENTRY_PARAMETERS,
  COUNT_PARAMETERS,
  REFERENCE_PARAMETERS,
  WRITE_CHUNK,
  WRITE_CHUNK_WITH_OBJECTS,
} from '../sql/write-chunk.js';
import { ArrayEncoder, UnstorableValue } from './array-encoder.js';
import { catalogChangeToStore } from './catalog-change.js';
import type { AccountSlot, ChunkPlan } from './chunk-plan.js';
import type { DecidedChunk, NewEntry } from './decide-chunk.js';
import { allocationsToStore } from './entry-row.js';
import { addColumns, type Getters, jsonOf } from './columns.js';
import { allOrFirstFailure, type Run } from './run.js';
import { expect } from './unexpected-counts.js';
import { writeObjects } from './write-objects.js';

interface AccountChange {
  readonly key: UuidText;
  /** 0: the account is new. */
  readonly loadedVersion: bigint;
  readonly loaded: Account | undefined;
  readonly account: Account;
}

const ENTRY: Getters<typeof ENTRY_PARAMETERS, NewEntry> = {
  command_key: (row) => row.commandKey,
  account_key: (row) => row.accountKey,
  tenant_id: ({ entry }) => entry.tenantId,
  command_type: ({ entry }) => entry.commandType,
  code: ({ entry }) => entry.code,
  cause: ({ entry }) => entry.cause,
  fingerprint: ({ entry }) => entry.fingerprint,
  recorded_at: ({ entry }) => entry.recordedAt,
  log_offset: ({ entry }) => entry.offset,
  version: ({ entry }) => entry.version,
  requested: ({ entry }) => (typeof entry.requested === 'bigint' ? entry.requested : null),
  applied: ({ entry }) => entry.applied,
  before_balance: ({ entry }) => entry.before?.balance ?? null,
  before_held: ({ entry }) => entry.before?.held ?? null,
  before_available: ({ entry }) => entry.before?.available ?? null,
  before_unlimited: ({ entry }) => entry.before?.unlimited ?? null,
  after_balance: ({ entry }) => entry.after?.balance ?? null,
  after_held: ({ entry }) => entry.after?.held ?? null,
  after_available: ({ entry }) => entry.after?.available ?? null,
  after_unlimited: ({ entry }) => entry.after?.unlimited ?? null,
  command_id: ({ entry, commandKey }) => (entry.commandId === commandKey ? null : entry.commandId),
  account_id: ({ entry, hasAccount }) => (hasAccount ? null : entry.accountId),
  credit_type: ({ entry, hasAccount }) => (hasAccount ? null : entry.creditType),
  allocations: ({ entry }) => allocationsToStore(entry.allocations, entry.applied),
  reason: ({ entry }) => entry.reason,
  description: ({ entry }) => entry.description,
  source: ({ entry }) => entry.source,
  occurred_at: ({ entry }) => entry.occurredAt,
  actor: ({ entry }) => jsonOf(entry.actor),
  metadata: ({ entry }) => jsonOf(entry.metadata),
  requested_as_sent: ({ entry }) => (typeof entry.requested === 'string' ? entry.requested : null),
  message: ({ entry }) => entry.message,
  details: ({ entry }) => jsonOf(entry.details),
};

/** Key under which the original of a reversal is stored. */
function reversesKey({ entry: { reverses } }: NewEntry): UuidText | null {
  return reverses === null ? null : commandKey(reverses.commandId);
}

const REFERENCE: Getters<typeof REFERENCE_PARAMETERS, NewEntry> = {
  grant_id: ({ entry }) => entry.grantId,
  hold_id: ({ entry }) => entry.holdId,
  schedule_id: ({ entry }) => entry.scheduleId,
  reverses_key: reversesKey,
  reverses_id: (row) =>
    row.entry.reverses?.commandId === reversesKey(row) ? null : (row.entry.reverses?.commandId ?? null),
  reverses_amount: ({ entry }) => entry.reverses?.amount ?? null,
  changed: ({ changed }) => (changed === undefined ? null : catalogChangeToStore(changed)),
};

const BALANCE: Getters<typeof BALANCE_PARAMETERS, AccountChange> = {
  tenant_id: ({ account }) => account.tenantId,
  account_key: (row) => row.key,
  loaded_version: (row) => row.loadedVersion,
  version: ({ account }) => account.version,
  base: ({ account }) => account.base,
  balance: ({ account }) => account.balance,
  held: ({ account }) => account.held,
  updated_at: ({ account }) => account.updatedAt,
};

const COUNTS: Getters<typeof COUNT_PARAMETERS, AccountChange> = {
  live_grants: ({ account }) => BigInt(account.grants.length),
  open_holds: ({ account }) => BigInt(account.holds.length),
};

const ACCOUNT: Getters<typeof ACCOUNT_PARAMETERS, AccountChange> = {
  ...BALANCE,
  ...COUNTS,
  refill_due_on: ({ account }) => account.refillDueOn,
  created_at: ({ account }) => account.createdAt,
  account_id: ({ account }) => account.accountId,
  credit_type: ({ account }) => account.creditType,
  external_id: ({ account }) => account.externalId,
  account_group: ({ account }) => account.group,
  status: ({ account }) => account.status,
  unlimited: ({ account }) => account.unlimited,
  floor: ({ account }) => account.floor,
  initial: ({ account }) => account.initial,
  on_insufficient: ({ account: { onInsufficient } }) =>
    typeof onInsufficient === 'object' && onInsufficient !== null ? 'downTo' : onInsufficient,
  floor_down_to: ({ account: { onInsufficient } }) =>
    typeof onInsufficient === 'object' && onInsufficient !== null ? onInsufficient.downTo : null,
  burn_order: ({ account }) => account.burnOrder,
  refill_interval: ({ account }) => account.refill?.interval ?? null,
  refill_amount: ({ account }) => account.refill?.amount ?? null,
  refill_day: ({ account }) => account.refill?.refillDay ?? null,
  refill_time_zone: ({ account }) => account.refill?.timeZone ?? null,
  refill_due_at: ({ account }) => refillDueAt(account),
  refilled_on: ({ account }) => account.refilledOn,
  metadata: ({ account }) => jsonOf(account.metadata),
};

/** A chunk of ordinary deltas needs about 330 bytes for an entry and 90 for an account. */
const BYTES_PER_COMMAND_EXPECTED = 512;

/**
 * Writes what was decided and moves the position, in one statement; grants, holds, schedules and the catalogue in one
 * each, of which most chunks need none, sent in the same round trip.
 * @throws UnexpectedCounts when other rows were written than decided.
 * @throws CommandFailed, UnstorableValue when no column can hold a value that was decided.
 */
export async function writeChunk(run: Run, chunk: CommandChunk, plan: ChunkPlan, decided: DecidedChunk): Promise<void> {
  const { fence, toOffset } = chunk;
  const position = toOffset > fence.nextOffset ? toOffset : fence.nextOffset;
  const values: unknown[] = [chunk.topic, chunk.partition, fence.owner, String(position)];
  if (decided.newEntries.length === 0) {
    expect('position', await run(ADVANCE_POSITION, values), [1]);
    return;
  }
  // In the order of their keys: as accounts, no two chunks wait for each other in a circle.
  const entries = [...decided.newEntries].sort(byKeyAndTenant);
  const { balances, settings } = changesOf(plan.accounts);
  const withObjects = entries.some(hasReferences) || balances.some(hasOtherCounts);
  const encoder = new ArrayEncoder(BYTES_PER_COMMAND_EXPECTED * chunk.commands.length);
  try {
    addColumns(encoder, values, ENTRY_PARAMETERS, ENTRY, entries);
    if (withObjects) addColumns(encoder, values, REFERENCE_PARAMETERS, REFERENCE, entries);
  } catch (error) {
    if (error instanceof UnstorableValue)
      throw new CommandFailed(error.message, entries[error.row]?.index, { cause: error });
    throw error;
  }
  addColumns(encoder, values, BALANCE_PARAMETERS, BALANCE, balances);
  if (withObjects) addColumns(encoder, values, COUNT_PARAMETERS, COUNTS, balances);
  addColumns(encoder, values, ACCOUNT_PARAMETERS, ACCOUNT, settings);
  const created = settings.filter(({ loadedVersion }) => loadedVersion === 0n).length;
  const [counts] = await allOrFirstFailure([
    run(withObjects ? WRITE_CHUNK_WITH_OBJECTS : WRITE_CHUNK, values),
    decided.objects === undefined ? undefined : writeObjects(run, decided.objects),
  ]);
  expect('entries, new accounts, balances, settings, position', counts, [
    entries.length,
    created,
    balances.length,
    settings.length - created,
    1,
  ]);
}

function hasReferences({ entry, changed }: NewEntry): boolean {
  return (
    entry.grantId !== null ||
    entry.holdId !== null ||
    entry.scheduleId !== null ||
    entry.reverses !== null ||
    changed !== undefined
  );
}

function hasOtherCounts({ account, loaded }: AccountChange): boolean {
  return account.grants.length !== loaded?.grants.length || account.holds.length !== loaded.holds.length;
}

/** Accounts that are not as they were read: those with new balances only, and the others. */
function changesOf(accounts: readonly AccountSlot[]): { balances: AccountChange[]; settings: AccountChange[] } {
  const balances: AccountChange[] = [];
  const settings: AccountChange[] = [];
  for (const { key, loaded, current } of accounts) {
    if (current === undefined || current === loaded) continue;
    const kind = loaded !== undefined && sameSettings(loaded, current) ? balances : settings;
    kind.push({
      key,
      loadedVersion: loaded?.version ?? 0n,
      loaded,
      account: current,
    });
  }
  return { balances, settings };
}

/** `decide` hands on what it doesn't change, so the same settings are the same values. */
function sameSettings(before: Account, after: Account): boolean {
  return (
    before.unlimited === after.unlimited &&
    before.status === after.status &&
    before.refill === after.refill &&
    before.refillDueOn === after.refillDueOn &&
    before.refilledOn === after.refilledOn &&
    before.metadata === after.metadata &&
    before.onInsufficient === after.onInsufficient &&
    before.floor === after.floor &&
    before.burnOrder === after.burnOrder &&
    before.externalId === after.externalId &&
    before.group === after.group &&
    before.initial === after.initial
  );
}

function byKeyAndTenant(a: NewEntry, b: NewEntry): number {
  if (a.commandKey !== b.commandKey) return a.commandKey < b.commandKey ? -1 : 1;
  return a.entry.tenantId < b.entry.tenantId ? -1 : 1;
}
