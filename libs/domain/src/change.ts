import type { Account, Minor } from './account.js';
import { fitsMinor } from './amount.js';
import { balancesOf } from './balances.js';
import { burnOrderOf, inBurnOrder } from './burn-order.js';
import type { AppliedCode } from './codes.js';
import type { Allocation, Applied, Balances, Changes, Rejected } from './decision.js';
import { applied, type Deciding, overflow } from './deciding.js';
import { freeOf, type Grant, grantDueAt, isDrawable, isPastExpiry } from './grant/grant.js';
import { findGrant } from './grant/named-grant.js';
import type { Hold } from './hold/hold.js';

/**
 * An account's credits while one entry moves them. Every movement goes through here, so that allocations, base,
 * grants, holds and balance can't disagree; `finish` makes the entry. Only this object's user sees it change;
 * accounts, grants and holds are replaced, never written to.
 */
export class Change {
  private base: Minor;
  private balance: bigint;
  private held: bigint;
  /** By id, what this entry made or changed. */
  private readonly grants = new Map<string, Grant>();
  /** Ids of those that the account has not among its live ones. */
  private readonly added = new Set<string>();
  private readonly holds = new Map<string, Hold>();
  /** By grant (null: base), in the order of the first touch. */
  private readonly moved = new Map<string | null, Minor>();

  constructor(
    private readonly deciding: Deciding,
    private readonly account: Account,
    /** What the account holds, when that has been counted already. */
    private readonly before?: Balances,
  ) {
    this.base = account.base;
    this.balance = account.balance;
    this.held = account.held;
  }

  /** True when credits have been moved, though they may add up to nothing. */
  get hasMoved(): boolean {
    return this.allocations().length > 0;
  }

  /** What may be taken or reserved now: the available of what has been moved so far. */
  get available(): bigint {
    let lapsed = 0n;
    for (const grant of this.liveGrants()) {
      if (grant.status === 'open' && isPastExpiry(grant, this.deciding.at)) lapsed += freeOf(grant);
    }
    return this.balance - this.held - lapsed;
  }

  /** The base without what holds reserve of it. */
  get freeBase(): bigint {
    let reserved = 0n;
    for (const hold of this.openHolds()) {
      for (const { grantId, amount } of hold.reserved) if (grantId === null) reserved += amount;
    }
    return this.base - reserved;
  }

  /** A grant of the account as it is now, in whatever state; undefined when it has none, or it wasn't read. */
  grant(grantId: string): Grant | undefined {
    return this.grants.get(grantId) ?? findGrant(this.deciding, this.account, grantId);
  }

  /** Those with something left, ended ones with held credits and pending ones included, as they are now. */
  liveGrants(): readonly Grant[] {
    if (this.grants.size === 0) return this.account.grants;
    const live: Grant[] = [];
    for (const grant of this.account.grants) {
      const now = this.grants.get(grant.grantId) ?? grant;
      if (now.remaining > 0n) live.push(now);
    }
    for (const grantId of this.added) {
      const grant = this.grants.get(grantId);
      if (grant !== undefined && grant.remaining > 0n) live.push(grant);
    }
    return live;
  }

  openHolds(): readonly Hold[] {
    if (this.holds.size === 0) return this.account.holds;
    const kept = this.account.holds.filter(({ holdId }) => !this.holds.has(holdId));
    return [...kept, ...this.holds.values()].filter(({ status }) => status === 'open');
  }

  /** Records a new or changed grant, without moving credits: what it has left must be what it had, or pending. */
  putGrant(grant: Grant, changed: Partial<Grant> = {}): void {
    const { grantId } = grant;
    if (!this.grants.has(grantId) && !this.account.grants.some((live) => live.grantId === grantId)) {
      this.added.add(grantId);
    }
    this.grants.set(grantId, { ...grant, ...changed });
  }

  /**
   * Records a new or changed hold; the account's held and the grants' follow from what it reserves. What is captured
   * of it must have been moved before. What it no longer reserves of grants that ended meanwhile is lost with them.
   */
  putHold(hold: Hold, before?: Hold): void {
    const reserved = new Map<string | null, Minor>();
    for (const { grantId, amount } of before?.reserved ?? []) reserved.set(grantId, -amount);
    for (const { grantId, amount } of hold.reserved) reserved.set(grantId, (reserved.get(grantId) ?? 0n) + amount);
    for (const [grantId, amount] of reserved) {
      this.held += amount;
      if (grantId !== null && amount !== 0n) this.reserve(grantId, amount);
    }
    this.holds.set(hold.holdId, hold);
  }

  /** Gives to the base, or takes from it (negative); more than there is makes debt. */
  moveBase(amount: bigint): void {
    this.base += amount;
    this.record(null, amount);
  }

  /** Gives to a grant, or takes from it (negative), at most what it has left. */
  moveGrant(grant: Grant, amount: Minor): void {
    const remaining = grant.remaining + amount;
    const status = statusWith(grant.status, remaining);
    this.putGrant(grant, { remaining, status, dueAt: grantDueAt(grant, status) });
    this.record(grant.grantId, amount);
  }

  /** Opens a new or pending grant with its whole amount: repays debt first (not with credits that have lapsed). */
  openGrant(grant: Grant): void {
    const debt = this.base < 0n && !isPastExpiry(grant, this.deciding.at) ? -this.base : 0n;
    const repaid = debt < grant.amount ? debt : grant.amount;
    if (repaid > 0n) this.moveBase(repaid);
    this.moveGrant({ ...grant, status: 'open', remaining: 0n }, grant.amount - repaid);
  }

  /** Ends a grant: its free credits are gone, what holds reserve stays in it until they end. */
  endGrant(grant: Grant, status: 'expired' | 'voided'): void {
    this.putGrant(grant, { status, remaining: grant.held, dueAt: null });
    if (grant.status !== 'pending') this.record(grant.grantId, -freeOf(grant));
  }

  /** Takes an amount above 0 from grants in burn order, then from the base. */
  take(amount: Minor): void {
    const rest = this.drawn(amount, (grant, taken) => this.moveGrant(grant, -taken));
    if (rest > 0n) this.moveBase(-rest);
  }

  /** What a hold of an amount above 0 would reserve: from grants in burn order, then from the base. */
  reservable(amount: Minor): readonly Allocation[] {
    const reserved: Allocation[] = [];
    const rest = this.drawn(amount, ({ grantId }, taken) => reserved.push({ grantId, amount: taken }));
    if (rest > 0n) reserved.push({ grantId: null, amount: rest });
    return reserved;
  }

  /** The entry, or the rejection when a result is outside the signed 64-bit range. */
  finish(
    code: AppliedCode,
    requested: Minor | undefined,
    about: Omit<Changes, 'grants' | 'holds'> = {},
    changed: Partial<Account> = {},
  ): Applied | Rejected {
    const { account, deciding, base, balance, held } = this;
    const amount = balance - account.balance;
    if (!fitsMinor(balance) || !fitsMinor(base) || !fitsMinor(held) || !fitsMinor(amount)) {
      return overflow(deciding, balance);
    }
    const order = burnOrderOf(account, deciding.creditType);
    const next: Account = {
      ...account,
      ...changed,
      base,
      balance,
      held,
      grants: this.grants.size === 0 ? account.grants : inBurnOrder(this.liveGrants(), order),
      holds: this.openHolds(),
      version: account.version + 1n,
      updatedAt: deciding.at,
    };
    const changes: Changes = { ...about, grants: [...this.grants.values()], holds: [...this.holds.values()] };
    const { before = balancesOf(account, deciding.at) } = this;
    const entry = applied(deciding, code, next, before, requested, amount, this.allocations(), changes);
    return fitsMinor(entry.after.available) ? entry : overflow(deciding, entry.after.available);
  }

  private allocations(): readonly Allocation[] {
    const allocations: Allocation[] = [];
    for (const [grantId, amount] of this.moved) if (amount !== 0n) allocations.push({ grantId, amount });
    return allocations;
  }

  /** Tells, grant by grant in burn order, how much of an amount comes from where; returns what the grants don't have. */
  private drawn(amount: Minor, each: (grant: Grant, taken: Minor) => void): Minor {
    const { at, creditType } = this.deciding;
    let rest = amount;
    for (const grant of inBurnOrder(this.liveGrants(), burnOrderOf(this.account, creditType))) {
      if (rest === 0n) break;
      const free = freeOf(grant);
      if (free <= 0n || !isDrawable(grant, at)) continue;
      const taken = free < rest ? free : rest;
      each(grant, taken);
      rest -= taken;
    }
    return rest;
  }

  /** Reserves of a grant, or (negative) no longer. */
  private reserve(grantId: string, amount: Minor): void {
    const grant = this.grant(grantId);
    if (grant === undefined) throw new Error(`grant ${grantId} is reserved by a hold and missing from the account`);
    const next: Grant = { ...grant, held: grant.held + amount };
    this.putGrant(next);
    const lost = next.status === 'expired' || next.status === 'voided' ? freeOf(next) : 0n;
    if (lost > 0n) this.moveGrant(next, -lost);
  }

  private record(grantId: string | null, amount: bigint): void {
    this.balance += amount;
    this.moved.set(grantId, (this.moved.get(grantId) ?? 0n) + amount);
  }
}

/** Its status with this much left. */
function statusWith(status: Grant['status'], remaining: Minor): Grant['status'] {
  if (status === 'open' && remaining === 0n) return 'exhausted';
  return status === 'exhausted' && remaining > 0n ? 'open' : status;
}
