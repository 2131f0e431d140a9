import { SeededRandom } from './random.js';

/** Tenant of every bench account. */
export const TENANT_ID = 'bench';

/** Every account begins with this, so that no delta is ever refused. */
export const INITIAL_CREDITS = 1_000_000_000;

/** A repeat follows its original within this many records: some in the same chunk, most in a later one. */
const REPEAT_DISTANCE_MAX = 20_000;

/** Time part of the first generated command id; advances by one millisecond every ten commands. */
const FIRST_ID_TIME_MS = Date.UTC(2026, 0, 1);

/** A record to be preloaded. */
export interface CommandRecord {
  readonly key: string;
  readonly value: string;
}

export type Shape = 'uniform' | 'hot' | 'half-duplicates';

/** What to generate. The same description always gives the same records. */
export interface Workload {
  readonly shape: Shape;
  /** Records, repeats included; even for half duplicates. */
  readonly records: number;
  readonly accounts: number;
  readonly seed: number;
  /** Open grants of every account that the workload can hit; every debit is drawn from the first. Default 0. */
  readonly grantsPerAccount?: number;
}

/** What must be true when a workload has been applied once. */
export interface Expectation {
  readonly records: number;
  /** Distinct command ids: as many entries and as many balance events. */
  readonly commands: number;
  /** Sum of all deltas, each counted once. */
  readonly sum: bigint;
  /** Where accounts have grants: how many are open, before and after, and the sum of all debits. */
  readonly grants?: { readonly open: number; readonly drawn: bigint };
}

export function accountId(index: number): string {
  return `key_${String(index).padStart(6, '0')}`;
}

/** `account.open` for every account. */
export function* openings(accounts: number, seed: number): Generator<CommandRecord> {
  const random = new SeededRandom(seed);
  for (let index = 0; index < accounts; index += 1) {
    const account = accountId(index);
    yield record(account, {
      type: 'account.open',
      id: random.uuidV7(FIRST_ID_TIME_MS - 1_000_000 + Math.floor(index / 10)),
      tenantId: TENANT_ID,
      accountId: account,
      initial: String(INITIAL_CREDITS),
    });
  }
}

/** What to give to the accounts 0 to `accounts` − 1. */
export interface Grants {
  readonly accounts: number;
  /** Of all accounts together; they get them in turns. */
  readonly grants: number;
  readonly amount: number;
  /** RFC 3339; undefined: never. */
  readonly expiresAt: string | undefined;
  readonly seed: number;
}

/** `grant.create` for every grant; an account's first has priority 1, its next 2, and so on. */
export function* grantings({ accounts, grants, amount, expiresAt, seed }: Grants): Generator<CommandRecord> {
  const random = new SeededRandom(seed);
  for (let index = 0; index < grants; index += 1) {
    const account = accountId(index % accounts);
    const priority = 1 + Math.floor(index / accounts);
    yield record(account, {
      type: 'grant.create',
      id: random.uuidV7(FIRST_ID_TIME_MS - 500_000 + Math.floor(index / 10)),
      tenantId: TENANT_ID,
      accountId: account,
      grantId: `${account}_grant_${priority}`,
      amount: String(amount),
      priority,
      expiresAt,
    });
  }
}

/** The records of a workload, in order. */
export function* records(workload: Workload): Generator<CommandRecord> {
  const deltas = new DeltaSource(workload);
  if (workload.shape !== 'half-duplicates') {
    for (let index = 0; index < workload.records; index += 1) yield deltas.next().record;
    return;
  }
  const slots: (CommandRecord | undefined)[] = Array.from({
    length: workload.records,
  });
  for (let index = 0; index < workload.records; index += 1) {
    const repeat = slots[index];
    if (repeat !== undefined) {
      yield repeat;
      slots[index] = undefined;
      continue;
    }
    const { record: original } = deltas.next();
    slots[freeSlot(slots, index, 1 + deltas.random.below(REPEAT_DISTANCE_MAX))] = original;
    yield original;
  }
}

/** What the workload adds up to. */
export function expectation(workload: Workload): Expectation {
  const deltas = new DeltaSource(workload);
  const commands = workload.shape === 'half-duplicates' ? workload.records / 2 : workload.records;
  let sum = 0n;
  let drawn = 0n;
  for (let index = 0; index < commands; index += 1) {
    const delta = BigInt(deltas.next().delta);
    sum += delta;
    if (delta < 0n) drawn -= delta;
    // The distance of a repeat is drawn from the same numbers.
    if (workload.shape === 'half-duplicates') deltas.random.below(REPEAT_DISTANCE_MAX);
  }
  const { grantsPerAccount = 0 } = workload;
  const open = grantsPerAccount * (workload.shape === 'hot' ? 1 : workload.accounts);
  return { records: workload.records, commands, sum, ...(open > 0 && { grants: { open, drawn } }) };
}

/** Draws commands: an account, a delta of −9..9 without 0, an id that grows with time. */
class DeltaSource {
  readonly random: SeededRandom;
  private index = 0;

  constructor(private readonly workload: Workload) {
    this.random = new SeededRandom(workload.seed);
  }

  next(): { record: CommandRecord; delta: number } {
    const account = accountId(this.workload.shape === 'hot' ? 0 : this.random.below(this.workload.accounts));
    const magnitude = 1 + this.random.below(9);
    const delta = this.random.below(2) === 0 ? magnitude : -magnitude;
    const id = this.random.uuidV7(FIRST_ID_TIME_MS + Math.floor(this.index / 10));
    this.index += 1;
    const body = {
      type: 'credit.delta',
      id,
      tenantId: TENANT_ID,
      accountId: account,
      delta: String(delta),
      reason: 'usage',
    };
    return { record: record(account, body), delta };
  }
}

/** The first free slot at the distance or behind it; near the end the last free one before. There always is one. */
function freeSlot(slots: readonly unknown[], from: number, distance: number): number {
  const wanted = Math.min(from + distance, slots.length - 1);
  for (let slot = wanted; slot < slots.length; slot += 1) if (slots[slot] === undefined) return slot;
  for (let slot = wanted; slot > from; slot -= 1) if (slots[slot] === undefined) return slot;
  throw new Error('the number of records with repeats must be even');
}

function record(account: string, body: object): CommandRecord {
  return { key: `${TENANT_ID}:${account}`, value: JSON.stringify(body) };
}
