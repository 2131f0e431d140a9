import { Injectable } from '@nestjs/common';
import { AccountReader, type AccountView, CreditTypeReader } from '@app/store';

import { hasAccess, type Principal } from '../../auth/principal.js';
import { Problem } from '../../http/problem.js';
import { outOfLimits } from '../../reads/account-directory.js';
import { databaseRead } from '../../reads/database-read.js';
import { pathId } from '../../reads/path-id.js';
import { type CommandIdentity, CompatibleCalls } from '../adapter/compatible-calls.js';
import { CREDIT_DECIMALS } from './fields.js';
import { FLEXPRICE_CREDIT_TYPE } from './vocabulary.js';

/** Accounts of the credit type `flexprice`: subscriptions and wallets. */
@Injectable()
export class FlexpriceAccounts {
  constructor(
    private readonly calls: CompatibleCalls,
    private readonly accounts: AccountReader,
    private readonly creditTypes: CreditTypeReader,
  ) {}

  /** null: the tenant has none of that id. @throws Problem 403 when the key is limited to others */
  async find(caller: Principal, id: string): Promise<AccountView | null> {
    const accountId = pathId(id, 'id', 'an id');
    const address = { accountId, creditType: FLEXPRICE_CREDIT_TYPE };
    const view = await databaseRead(() => this.accounts.find(caller.tenantId, address));
    if (view && !hasAccess(caller, view.account)) throw outOfLimits();
    return view;
  }

  /** Opens the account of a subscription, unless it is there. */
  async openSubscription(caller: Principal, subscriptionId: string): Promise<void> {
    if (await this.find(caller, subscriptionId)) return;
    const fields = { type: 'account.open', ...this.groupFor(caller) };
    const given = { accountId: subscriptionId, creditType: FLEXPRICE_CREDIT_TYPE };
    try {
      await this.calls.run(caller, fields, given, this.beforehand());
    } catch (error) {
      // Somebody else opened it meanwhile, with other settings.
      if (!(error instanceof Problem && error.code === 'ACCOUNT_EXISTS')) throw error;
    }
  }

  /** A key that is limited to a group opens accounts in it. */
  groupFor({ group }: Principal): { readonly group?: string } {
    return group === null ? {} : { group };
  }

  /** Makes the credit type with the tenant's first wallet or grant. @throws Problem 403 when the key may not */
  async ensureCreditType(caller: Principal): Promise<void> {
    if (await databaseRead(() => this.creditTypes.find(caller.tenantId, FLEXPRICE_CREDIT_TYPE))) return;
    const fields = { type: 'credit-type.put', scale: CREDIT_DECIMALS, name: 'Flexprice credits' };
    try {
      await this.calls.run(caller, fields, { creditType: FLEXPRICE_CREDIT_TYPE }, this.beforehand());
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'FORBIDDEN')) throw error;
      const detail = `the credit type ${FLEXPRICE_CREDIT_TYPE} is not there yet: make it, or send the first request with a key that has the scope catalog:write`;
      throw new Problem(403, 'FORBIDDEN', detail, { cause: error });
    }
  }

  /** Of a command that comes before that of the request, and changes nothing when the request comes again. */
  private beforehand(): CommandIdentity {
    return { ...this.calls.identify({ headers: {}, raw: { rawHeaders: [] } }), repeatable: true };
  }
}
