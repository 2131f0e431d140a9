import type { Account } from './account.js';
import type { Balances } from './decision.js';

/** What an account holds before its first entry. */
export const NOTHING: Balances = {
  balance: 0n,
  held: 0n,
  available: 0n,
  unlimited: false,
};

/** What an account holds (domain rules, "Balance"). Of an unlimited one: what would be left if it were limited now. */
export function balancesOf(account: Account): Balances {
  return {
    balance: account.balance,
    held: account.held,
    available: account.balance - account.held,
    unlimited: account.unlimited,
  };
}
