import type { BurnOrder, CreditPrice, EpochMs, GrantExpiry, Metadata } from './command.js';
import type { Grant } from './grant/grant.js';
import type { Hold } from './hold/hold.js';

/** Decimal places of a credit type, 0–9, fixed for ever. */
export type Scale = number;

/** An exact amount in minor units: the decimal value × 10^scale. Stored as a signed 64-bit integer. */
export type Minor = bigint;

/** Signed 64-bit bounds of every stored amount, in minor units. */
export const MINOR_MIN: Minor = -(2n ** 63n);
export const MINOR_MAX: Minor = 2n ** 63n - 1n;

/** Floor policy with its bound in minor units (domain rules, "Floor"). */
export type FloorPolicy = 'reject' | 'clamp' | 'allow' | { readonly downTo: Minor };

export interface Refill {
  readonly interval: 'daily' | 'monthly';
  readonly amount: Minor;
  /** 1–31, of monthly refills only. */
  readonly refillDay: number | null;
  /** IANA name: whose midnight and whose dates are meant. */
  readonly timeZone: string;
}

export type AccountStatus = 'active' | 'frozen' | 'closed';

/** How much of what remains is carried into the next period (domain rules, "Reset and rollover"). */
export interface Rollover {
  /** 0–100, whole. */
  readonly percent: number;
  /** null: no cap. */
  readonly cap: Minor | null;
}

/** What decisions about accounts need to know of a credit type. */
export interface CreditType {
  readonly id: string;
  readonly scale: Scale;
  readonly burnOrder: BurnOrder;
  /** Of grants and schedules that don't say; absent or null: they never expire. */
  readonly defaultExpiry?: GrantExpiry | null;
  /** Of resets and schedules that don't say; absent or null: nothing is carried. */
  readonly defaultRollover?: Rollover | null;
  /** Set: deleted. Publishers' commands find it no more; the scheduler's still run on the accounts that there are. */
  readonly deletedAt?: EpochMs | null;
}

/** The type that every tenant has without asking (domain rules, "Numbers"). */
export const BUILT_IN_CREDIT_TYPE: CreditType = { id: 'credits', scale: 0, burnOrder: 'priority' };

/** A credit type as the catalogue keeps it. */
export interface CreditTypeDefinition extends CreditType {
  readonly defaultExpiry: GrantExpiry | null;
  readonly defaultRollover: Rollover | null;
  readonly deletedAt: EpochMs | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly singularName: string | null;
  readonly pluralName: string | null;
  readonly icon: string | null;
  readonly prices: readonly CreditPrice[];
  readonly metadata: Metadata | null;
  /** Number of applied entries that made or changed it. */
  readonly version: bigint;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
}

/**
 * An account: a tenant's holder of one credit type, with everything that decisions about it rest on.
 * Immutable: `decide` returns a new one. All amounts in minor units of its credit type.
 */
export interface Account {
  readonly tenantId: string;
  readonly accountId: string;
  readonly creditType: string;
  readonly externalId: string | null;
  readonly group: string | null;
  readonly status: AccountStatus;
  readonly unlimited: boolean;
  /** Credits in no grant; negative is debt. 0 while unlimited. */
  readonly base: Minor;
  /** Base plus what remains in all of `grants` but pending ones, held credits included. */
  readonly balance: Minor;
  /** Reserved by open holds and not yet captured. */
  readonly held: Minor;
  /** Number of applied entries; grows by one with each. */
  readonly version: bigint;
  /** Lowest available that `reject` and `clamp` allow. */
  readonly floor: Minor;
  /** null: `reject`. */
  readonly onInsufficient: FloorPolicy | null;
  /** null: the credit type's. */
  readonly burnOrder: BurnOrder | null;
  readonly refill: Refill | null;
  /** The next date (of the refill's zone, `2026-11-20`) to be refilled; null: none. See `refillDueAt`. */
  readonly refillDueOn: string | null;
  /** The latest date that was refilled, or found with enough; null: none. Nothing up to it comes again by itself. */
  readonly refilledOn: string | null;
  /** What it was opened with (null: unlimited), so that opening it again can tell the same settings from others. */
  readonly initial: Minor | null;
  readonly metadata: Metadata | null;
  /** Every grant with something left: pending, open, and ended ones whose holds haven't. In any order. */
  readonly grants: readonly Grant[];
  /** Every open hold. In any order. */
  readonly holds: readonly Hold[];
  readonly createdAt: EpochMs;
  /** Time of the last applied entry; the next decision's `at` is never earlier. */
  readonly updatedAt: EpochMs;
}
