import type { EpochMs } from '@app/domain';
import type { DataSource } from 'typeorm';

import type { Page } from './page.js';
import type { AccountAddress, AccountListQuery, AccountView, BalanceAt } from './shapes.js';

/** Reads accounts of one tenant; another tenant's account reads like a missing one (P10). */
export class AccountReader {
  constructor(private readonly dataSource: DataSource) {}

  /** The account, or null when the tenant has none of that address. */
  find(tenantId: string, address: AccountAddress): Promise<AccountView | null> {
    throw new Error(`soon ${tenantId} ${JSON.stringify(address)} ${this.dataSource.name}`);
  }

  /** Accounts by account id, then credit type, in byte order. @throws InvalidCursor */
  list(tenantId: string, query: AccountListQuery): Promise<Page<AccountView>> {
    throw new Error(`soon ${tenantId} ${JSON.stringify(query)}`);
  }

  /** Balances after the entries with `recordedAt` ≤ `at`; null before the account was opened. @throws TimeInFuture */
  balanceAt(tenantId: string, account: { accountId: string; creditType: string }, at: EpochMs): Promise<BalanceAt | null> {
    throw new Error(`soon ${tenantId} ${account.accountId} ${at}`);
  }
}
