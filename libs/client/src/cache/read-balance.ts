import type { Creditbus } from '../creditbus.js';
import type { CallOptions } from '../http/transport.js';
import type { ReadBalance } from './balance.js';

/**
 * Reads balances for a cache from the gateway, which reads from the primary database. The first read also asks for the
 * account's newest entry, which names the tenant of the API key: a cache of another one would never hear of a change.
 */
export function readBalancesOf(creditbus: Pick<Creditbus, 'accounts'>, options?: CallOptions): ReadBalance {
  let tenantId: string | undefined;
  return async ({ accountId, creditType }) => {
    const account = await creditbus.accounts.get(accountId, { creditType }, options);
    tenantId ??= (await creditbus.accounts.entries(accountId, { creditType, limit: 1 }, options).first()).data[0]
      ?.tenantId;
    const { balance, held, available, unlimited, version } = account;
    return {
      ...(tenantId !== undefined && { tenantId }),
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
