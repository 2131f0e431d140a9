import type { BurnOrder, GrantKind, InsufficientPolicy } from '../../command.js';

/**
 * The rules told a second time, as simply as possible and in another way than `decide`: plain numbers, objects that
 * are written to, nothing remembered that can be counted, one command at a time. Slow, and easy to believe.
 */

/** A command that is refused; the bank undoes what it did till then. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** A scheduler's command that isn't due. */
export class NotYet extends Error {}

export interface Lot {
  readonly id: string;
  readonly kind: GrantKind;
  state: 'waiting' | 'live' | 'gone';
  voided: boolean;
  readonly size: number;
  /** With what is locked of it. */
  left: number;
  prio: number | null;
  readonly from: number;
  until: number | null;
  /** Version of the entry that made it. */
  readonly born: number;
  /** The how many-eth of that entry. */
  readonly nth: number;
}

export interface Lock {
  readonly id: string;
  state: 'open' | 'captured' | 'released' | 'expired';
  size: number;
  used: number;
  /** What it keeps of which lot (null: base). */
  parts: { from: string | null; n: number }[];
  until: number;
}

export interface Plan {
  readonly id: string;
  readonly size: number;
  /** null: one-time. */
  readonly every: number | null;
  readonly start: number;
  end: number | null;
  readonly expiry: 'never' | 'period_end' | number;
  readonly kind: GrantKind;
  readonly prio: number | null;
  readonly percent: number | null;
  name: string | null;
  /** Start of the next period. */
  next: number | null;
  ended: boolean;
  last: string | null;
  carried: string | null;
}

export type Moves = Map<string | null, number>;

export class NaiveAccount {
  version = 0;
  last = 0;
  status: 'active' | 'frozen' | 'closed' = 'active';
  unlimited = false;
  base = 0;
  floor = 0;
  policy: InsufficientPolicy | null = null;
  order: BurnOrder | null = null;
  refill: number | null = null;
  opened: number | null = 0;
  readonly lots: Lot[] = [];
  readonly locks: Lock[] = [];
  readonly plans: Plan[] = [];
  /** What the present entry has moved. */
  moves: Moves = new Map();

  lot(id: string): Lot | undefined {
    return this.lots.find((lot) => lot.id === id);
  }

  lock(id: string): Lock | undefined {
    return this.locks.find((lock) => lock.id === id);
  }

  plan(id: string): Plan | undefined {
    return this.plans.find((plan) => plan.id === id);
  }

  locked(id: string | null): number {
    return total(this.locks.flatMap(({ parts }) => parts.filter(({ from }) => from === id)));
  }

  free(lot: Lot): number {
    return lot.left - this.locked(lot.id);
  }

  get balance(): number {
    return this.base + this.lots.reduce((sum, lot) => sum + (lot.state === 'waiting' ? 0 : lot.left), 0);
  }

  get held(): number {
    return total(this.locks.flatMap(({ parts }) => parts));
  }

  available(at: number): number {
    const lapsed = this.lots.filter((lot) => lot.state === 'live' && isPast(lot, at));
    return this.balance - this.held - lapsed.reduce((sum, lot) => sum + this.free(lot), 0);
  }

  move(from: string | null, n: number): void {
    if (n === 0) return;
    if (from === null) this.base += n;
    else must(this.lot(from)).left += n;
    this.moves.set(from, (this.moves.get(from) ?? 0) + n);
  }

  /** Lots that may be drawn, in burn order. */
  drawable(at: number, order: BurnOrder): Lot[] {
    return this.lots
      .filter((lot) => lot.state === 'live' && !isPast(lot, at) && this.free(lot) > 0)
      .sort((a, b) => compareKeys(burnKey(a, order), burnKey(b, order)));
  }

  /** Takes one credit at a time. */
  take(n: number, at: number, order: BurnOrder): void {
    for (let taken = 0; taken < n; taken += 1) {
      const [first] = this.drawable(at, order);
      this.move(first === undefined ? null : first.id, -1);
    }
  }

  /** Opens a lot that has nothing yet: each credit repays debt as long as there is any. */
  fill(lot: Lot, at: number): void {
    lot.state = 'live';
    lot.left = 0;
    for (let given = 0; given < lot.size; given += 1) {
      this.move(this.base < 0 && !isPast(lot, at) ? null : lot.id, 1);
    }
  }

  /** Ends a lot: what isn't locked is lost. */
  end(lot: Lot): void {
    if (lot.state === 'live') this.move(lot.id, -this.free(lot));
    if (lot.state === 'waiting') lot.left = 0;
    lot.state = 'gone';
  }

  /** What is locked in lots that are gone is lost when its lock ends. */
  unlock(lock: Lock): void {
    const parts = lock.parts;
    lock.parts = [];
    for (const { from } of parts) {
      const lot = from === null ? undefined : this.lot(from);
      if (lot?.state === 'gone') this.move(lot.id, -this.free(lot));
    }
  }

  get liveLots(): number {
    return this.lots.filter(({ left }) => left > 0).length;
  }
}

export function isPast(lot: Lot, at: number): boolean {
  return lot.until !== null && at > lot.until;
}

export function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the naive bank lost something');
  return value;
}

function total(parts: readonly { n: number }[]): number {
  return parts.reduce((sum, { n }) => sum + n, 0);
}

type Key = readonly (number | string)[];

/** Everything that orders lots, as numbers that grow. */
function burnKey(lot: Lot, order: BurnOrder): Key {
  const prio = lot.prio ?? Infinity;
  const until = lot.until ?? Infinity;
  const special = lot.kind === 'adjustment' ? 0 : lot.kind === 'rollover' ? 1 : 2;
  switch (order) {
    case 'priority':
      return [prio, until, special, -lot.size, lot.born, lot.nth];
    case 'expiration_priority':
      return [special, until, prio, lot.born, lot.nth];
    case 'first_in_first_out':
      return [special, lot.born, lot.nth];
    case 'last_in_first_out':
      return [special, -lot.born, lot.nth];
    case 'plan_first_then_credit_bundles_first_in_first_out':
      return [special, lot.kind === 'plan' ? 0 : 1, lot.born, lot.nth];
  }
}

function compareKeys(a: Key, b: Key): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
