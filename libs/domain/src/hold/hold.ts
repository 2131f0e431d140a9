import type { Minor } from '../account.js';
import type { EpochMs, Metadata } from '../command.js';
import type { Allocation } from '../decision.js';

export type HoldStatus = 'open' | 'captured' | 'released' | 'expired';

/** Credits set aside for a purpose (domain rules, "Holds"). Immutable. Amounts in minor units. */
export interface Hold {
  /** Unique per tenant. */
  readonly holdId: string;
  readonly accountId: string;
  readonly creditType: string;
  readonly status: HoldStatus;
  /** What it was granted, extensions included; of an unlimited account what was asked for. */
  readonly amount: Minor;
  /** What was captured so far, overage included. */
  readonly captured: Minor;
  /** What it still reserves, all amounts above 0, in the order in which it is captured; empty when ended. */
  readonly reserved: readonly Allocation[];
  /** The last instant at which it may be captured, extended or released. */
  readonly expiresAt: EpochMs;
  /** Of a new hold. Absent: not read; no decision rests on it and none changes it. */
  readonly metadata?: Metadata | null;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
  /** When the scheduler has to expire it; null: never. */
  readonly dueAt: EpochMs | null;
}

/** What a hold still reserves: its part of the account's `held`. */
export function reservedOf(hold: Hold): Minor {
  let sum = 0n;
  for (const { amount } of hold.reserved) sum += amount;
  return sum;
}

/** What of the granted amount has not been captured; nothing once it ended. */
export function uncapturedOf(hold: Hold): Minor {
  if (hold.status !== 'open' || hold.captured >= hold.amount) return 0n;
  return hold.amount - hold.captured;
}
