import type { Minor } from '../account.js';
import type { CostBasis, EpochMs, GrantKind, Metadata } from '../command.js';

/**
 * `pending`: not yet effective, counts nowhere. `open`: may be drawn until it expires. `exhausted`: nothing
 * remains; a reversal may fill it again. `expired` and `voided`: ended; what remains is held and lost with its hold.
 */
export type GrantStatus = 'pending' | 'open' | 'exhausted' | 'expired' | 'voided';

/** What is said of a grant, up to the size of its command: no decision rests on it. */
export interface GrantTexts {
  readonly name: string | null;
  readonly costBasis: CostBasis | null;
  readonly metadata: Metadata | null;
}

/** A lot of credits with its own order and life time (domain rules, "Grants"). Immutable. Amounts in minor units. */
export interface Grant {
  /** Unique per tenant. */
  readonly grantId: string;
  readonly accountId: string;
  readonly creditType: string;
  readonly kind: GrantKind;
  readonly status: GrantStatus;
  readonly amount: Minor;
  /** What is left, held credits included. Of a pending grant the amount, though it counts nowhere yet. */
  readonly remaining: Minor;
  /** What open holds reserve of the remaining. */
  readonly held: Minor;
  /** Lower is drawn first; null last. */
  readonly priority: number | null;
  readonly effectiveAt: EpochMs;
  /** The last instant at which it may be drawn; null: never expires. */
  readonly expiresAt: EpochMs | null;
  /** When its schedule carries or ends it, in place of an expiry entry of its own; null: nothing does. */
  readonly rollsAt: EpochMs | null;
  /** The grant that these credits come from (rollover, adjustment). */
  readonly sourceGrantId: string | null;
  readonly scheduleId: string | null;
  /**
   * Of a new grant, and of one that a command names to change them. Absent: not read, and as they are stored; a
   * decision about one account must not cost what is said of its thousand grants.
   */
  readonly texts?: GrantTexts;
  /** Version of the entry that made it: the order of creation, which equal times would hide. */
  readonly createdVersion: bigint;
  /** Its position, from 0, among what that entry made: a reset's grants in the order given, what is carried last. */
  readonly createdIndex: number;
  /** When the scheduler has to do something for it (activate or expire); null: never. */
  readonly dueAt: EpochMs | null;
}

/** What may be drawn of it or dropped from it: what no hold reserves. */
export function freeOf(grant: Grant): Minor {
  return grant.remaining - grant.held;
}

/** True when its time is over at the given instant, whether or not its expiry entry has come. */
export function isPastExpiry(grant: Grant, at: EpochMs): boolean {
  return grant.expiresAt !== null && at > grant.expiresAt;
}

/** True when credits may be drawn from it at the given instant, should there be any. */
export function isDrawable(grant: Grant, at: EpochMs): boolean {
  return grant.status === 'open' && !isPastExpiry(grant, at);
}

/** True when nothing can come back to it: ended by its entry, or by time. */
export function hasEnded(grant: Grant, at: EpochMs): boolean {
  return grant.status === 'expired' || grant.status === 'voided' || isPastExpiry(grant, at);
}

/** When the scheduler has to act on a grant with this status; null: never. */
export function grantDueAt(
  grant: Pick<Grant, 'status' | 'effectiveAt' | 'expiresAt' | 'rollsAt'>,
  status = grant.status,
): EpochMs | null {
  if (status === 'pending') return grant.effectiveAt;
  if (status !== 'open' || grant.expiresAt === null) return null;
  return grant.rollsAt !== null && grant.rollsAt <= grant.expiresAt ? null : grant.expiresAt;
}
