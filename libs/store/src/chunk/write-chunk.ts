import type { UuidText } from '@app/contracts';
import type { Account, LedgerEntry } from '@app/domain';

import { type CommandChunk, CommandFailed } from '../ports.js';
import { ADVANCE_POSITION } from '../sql/advance-position.js';
import { ACCOUNT_PARAMETERS, BALANCE_PARAMETERS, ENTRY_PARAMETERS, WRITE_CHUNK } from '../sql/write-chunk.js';
import { ArrayEncoder, type ElementType, type ElementTypes, UnstorableValue } from './array-encoder.js';
import type { AccountSlot, ChunkPlan } from './chunk-plan.js';
import type { DecidedChunk, NewEntry } from './decide-chunk.js';
import { allocationsToStore } from './entry-row.js';
import type { Run } from './read-chunk.js';

/** Rows were not written as decided: somebody changed what this transaction had locked. Roll back, decide again. */
export class UnexpectedCounts extends Error {
  override readonly name = 'UnexpectedCounts';
}

interface AccountChange {
  readonly key: UuidText;
  /** 0: the account is new. */
  readonly loadedVersion: bigint;
  readonly account: Account;
}

/** How a parameter's value is told from a row, and as which element type it is sent. */
type Getter<Row> = { readonly [T in ElementType]: (row: Row) => ElementTypes[T] | null }[ElementType];
type Getters<P extends readonly (readonly [string, ElementType])[], Row> = {
  readonly [E in P[number] as E[0]]: (row: Row) => ElementTypes[E[1]] | null;
};

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

const ACCOUNT: Getters<typeof ACCOUNT_PARAMETERS, AccountChange> = {
  ...BALANCE,
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
  metadata: ({ account }) => jsonOf(account.metadata),
};

/** A chunk of ordinary deltas needs about 330 bytes for an entry and 90 for an account. */
const BYTES_PER_COMMAND_EXPECTED = 512;

/**
 * Writes what was decided and moves the position, in one statement.
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
  const encoder = new ArrayEncoder(BYTES_PER_COMMAND_EXPECTED * chunk.commands.length);
  try {
    addColumns(encoder, values, ENTRY_PARAMETERS, ENTRY, entries);
  } catch (error) {
    if (error instanceof UnstorableValue)
      throw new CommandFailed(error.message, entries[error.row]?.index, { cause: error });
    throw error;
  }
  addColumns(encoder, values, BALANCE_PARAMETERS, BALANCE, balances);
  addColumns(encoder, values, ACCOUNT_PARAMETERS, ACCOUNT, settings);
  const created = settings.filter(({ loadedVersion }) => loadedVersion === 0n).length;
  expect('entries, new accounts, balances, settings, position', await run(WRITE_CHUNK, values), [
    entries.length,
    created,
    balances.length,
    settings.length - created,
    1,
  ]);
}

function addColumns<Row>(
  encoder: ArrayEncoder,
  values: unknown[],
  parameters: readonly (readonly [name: string, type: ElementType])[],
  getters: Readonly<Record<string, Getter<Row>>>,
  rows: readonly Row[],
): void {
  for (const [name, type] of parameters) {
    const get = getters[name] as (row: Row) => ElementTypes[ElementType] | null;
    values.push(
      encoder.encode(
        type,
        rows.map((row) => get(row)),
      ),
    );
  }
}

/** Accounts that are not as they were read: those with new balances only, and the others. */
function changesOf(accounts: readonly AccountSlot[]): { balances: AccountChange[]; settings: AccountChange[] } {
  const balances: AccountChange[] = [];
  const settings: AccountChange[] = [];
  for (const { key, loaded, current } of accounts) {
    if (current === undefined || current === loaded) continue;
    const kind = loaded !== undefined && sameSettings(loaded, current) ? balances : settings;
    kind.push({ key, loadedVersion: loaded?.version ?? 0n, account: current });
  }
  return { balances, settings };
}

/** `decide` hands on what it doesn't change, so the same settings are the same values. */
function sameSettings(before: Account, after: Account): boolean {
  return (
    before.unlimited === after.unlimited &&
    before.status === after.status &&
    before.refill === after.refill &&
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

function expect(what: string, rows: readonly (readonly (string | null)[])[], expected: readonly number[]): void {
  const written = rows[0]?.map(Number) ?? [];
  if (expected.every((count, i) => written[i] === count)) return;
  throw new UnexpectedCounts(`${what}: decided ${expected.join(', ')}, written ${written.join(', ')}`);
}

function jsonOf(value: LedgerEntry['actor'] | LedgerEntry['metadata']): string | null {
  return value === null ? null : JSON.stringify(value);
}
