import { Injectable } from '@nestjs/common';
import { AccountReader, type AccountView, PAGE_LIMIT_MAX } from '@app/store';

import { hasAccess, type Principal } from '../../auth/principal.js';
import { outOfLimits } from '../../reads/account-directory.js';
import { databaseRead } from '../../reads/database-read.js';

/** A company's credits: the accounts with its id, one per credit. */
@Injectable()
export class Companies {
  constructor(private readonly accounts: AccountReader) {}

  /** What the company has of one credit. @throws Problem 403 when the key is limited to other accounts */
  async credit(caller: Principal, companyId: string, creditId: string): Promise<AccountView | null> {
    const address = { accountId: companyId, creditType: creditId };
    const view = await databaseRead(() => this.accounts.find(caller.tenantId, address));
    if (view && !hasAccess(caller, view.account)) throw outOfLimits();
    return view;
  }

  /** All that the key is let at, by credit; nothing for a company that was never given any. */
  async credits(caller: Principal, companyId: string): Promise<readonly AccountView[]> {
    const found: AccountView[] = [];
    let cursor: string | undefined;
    do {
      const query = { accountId: companyId, limit: PAGE_LIMIT_MAX, cursor };
      const page = await databaseRead(() => this.accounts.list(caller.tenantId, query));
      found.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found.filter(({ account }) => hasAccess(caller, account));
  }
}
