import type { BurnOrder, EpochMs, Metadata } from './command.js';

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
}

export type AccountStatus = 'active' | 'frozen' | 'closed';

/** What decisions need to know of a credit type. */
export interface CreditType {
  readonly id: string;
  readonly scale: Scale;
  readonly burnOrder: BurnOrder;
}

/** The type that every tenant has without asking (domain rules, "Numbers"). */
export const BUILT_IN_CREDIT_TYPE: CreditType = {
  id: 'credits',
  scale: 0,
  burnOrder: 'priority',
};

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
  /** Base plus what remains in opened grants, held credits included. */
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
  /** What it was opened with (null: unlimited), so that opening it again can tell the same settings from others. */
  readonly initial: Minor | null;
  readonly metadata: Metadata | null;
  readonly createdAt: EpochMs;
  /** Time of the last applied entry; the next decision's `at` is never earlier. */
  readonly updatedAt: EpochMs;
}
