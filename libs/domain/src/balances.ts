import type { Account, Minor } from './account.js';
import type { EpochMs } from './command.js';
import type { Balances } from './decision.js';
import { freeOf, isPastExpiry } from './grant/grant.js';

/** What an account holds before its first entry. */
export const NOTHING: Balances = { balance: 0n, held: 0n, available: 0n, unlimited: false };

/**
 * What an account holds at an instant (domain rules, "Balance"). Of an unlimited one: what would be left if it were
 * limited now.
 */
export function balancesOf(account: Account, at: EpochMs): Balances {
  const { balance, held, unlimited } = account;
  const lapsed = account.grants.length === 0 ? 0n : lapsedOf(account, at);
  return { balance, held, available: balance - held - lapsed, unlimited };
}

/** The free remains of open grants whose time is over while their expiry entry hasn't come. */
export function lapsedOf(account: Account, at: EpochMs): Minor {
  let lapsed = 0n;
  for (const grant of account.grants) {
    if (grant.status === 'open' && isPastExpiry(grant, at)) lapsed += freeOf(grant);
  }
  return lapsed;
}
