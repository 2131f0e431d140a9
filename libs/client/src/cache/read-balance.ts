import type { Creditbus } from '../creditbus.js';
import type { CallOptions } from '../http/transport.js';
import type { ReadBalance } from './balance.js';

/** Reads balances for a cache from the gateway, which reads from the primary database. */
export function readBalancesOf(creditbus: Pick<Creditbus, 'accounts'>, options?: CallOptions): ReadBalance {
  return async ({ accountId, creditType }) => {
    const account = await creditbus.accounts.get(accountId, { creditType }, options);
    const { balance, held, available, unlimited, version } = account;
    return {
      accountId: account.accountId,
      creditType: account.creditType,
      version,
      balance,
      held,
      available,
      unlimited,
    };
  };
}
