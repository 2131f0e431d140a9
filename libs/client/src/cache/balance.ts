import type { AppliedOutcome, Balances } from '../types.js';

/** An account: (tenant, account id, credit type). */
export interface AccountName {
  /** The account id: not its external id, not its system id. */
  readonly accountId: string;
  /** Default `credits`. */
  readonly creditType?: string | undefined;
}

/** What an account held at a version. Amounts and the version are decimal strings; null: unlimited. */
export interface Balance extends Readonly<Balances> {
  readonly accountId: string;
  readonly creditType: string;
  /** 1, 2, 3 … of the account; compare as `BigInt(version)`. */
  readonly version: string;
}

/** Data of `credits.cache-invalidation.v1`: the newest version of an account, and what it holds. */
export interface CacheInvalidation extends Balance {
  readonly tenantId: string;
}

/** Reads what an account holds now. Where it says whose the account is, the cache refuses another tenant's. */
export type ReadBalance = (
  account: Required<AccountName>,
) => Promise<Balance & Partial<Pick<CacheInvalidation, 'tenantId'>>>;

/** The invalidation that the outcome of an own command stands for; undefined of the catalogue, which has no balance. */
export function invalidationOf(outcome: AppliedOutcome): CacheInvalidation | undefined {
  const { tenantId, accountId, creditType, version, after } = outcome;
  if (accountId === undefined || version === undefined || after === undefined) return undefined;
  return { tenantId, accountId, creditType, version, ...after };
}
