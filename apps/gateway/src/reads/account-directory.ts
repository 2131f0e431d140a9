import { Injectable } from '@nestjs/common';
import { AccountReader, type AccountView } from '@app/store';

import { hasAccess, type Principal } from '../auth/principal.js';
import { invalidField, Problem } from '../http/problem.js';
import { accountAddress } from './account-address.js';
import { databaseRead } from './database-read.js';

/** An account as a command names it. `creditType` is absent when the request left it to the default. */
export interface NamedAccount {
  readonly accountId: string;
  readonly creditType?: string;
}

/** Finds accounts by what requests call them, within the tenant and the limits of the caller's key. */
@Injectable()
export class AccountDirectory {
  constructor(private readonly accounts: AccountReader) {}

  /** @throws Problem 404 when the tenant has no such account, 403 when the key is limited to others. */
  async find(caller: Principal, name: string, creditType?: string): Promise<AccountView> {
    const address = accountAddress(name, creditType);
    let view = await this.read(caller, address);
    if (!view && 'systemId' in address)
      view = await this.read(caller, { accountId: name, creditType: creditType ?? 'credits' });
    if (!view) throw accountNotFound(name);
    if ('systemId' in address && creditType !== undefined && creditType !== view.account.creditType) {
      throw invalidField('creditType', `the account is one of creditType ${JSON.stringify(view.account.creditType)}`);
    }
    if (!hasAccess(caller, view.account)) throw outOfLimits();
    return view;
  }

  /**
   * The account that a command shall name. A plain account id is taken as it is, so that publishing needs no
   * database; the other two forms are looked up.
   * @throws Problem 404 when nothing has that external or system id.
   */
  async nameForCommand(caller: Principal, name: string, creditType?: string): Promise<NamedAccount> {
    const address = accountAddress(name, creditType);
    if ('accountId' in address) return { accountId: address.accountId, creditType };
    const { account } = await this.find(caller, name, creditType);
    return { accountId: account.accountId, creditType: account.creditType };
  }

  /**
   * Whether the limits of the key let it read what belongs to this account; what is of the catalogue (an empty
   * account id) is everybody's.
   */
  async reaches(
    caller: Principal,
    names: { readonly accountId: string; readonly creditType: string },
  ): Promise<boolean> {
    const { accountId, creditType } = names;
    if (accountId === '') return true;
    if (!hasAccess({ ...caller, group: null }, { accountId, group: null })) return false;
    if (caller.group === null) return true;
    const view = await this.read(caller, { accountId, creditType });
    return view !== null && hasAccess(caller, view.account);
  }

  private read(caller: Principal, address: ReturnType<typeof accountAddress>): Promise<AccountView | null> {
    return databaseRead(() => this.accounts.find(caller.tenantId, address));
  }
}

export function outOfLimits(): Problem {
  return new Problem(403, 'FORBIDDEN', 'the API key is limited to other accounts');
}

export function accountNotFound(name: string): Problem {
  return new Problem(404, 'ACCOUNT_NOT_FOUND', `there is no account ${JSON.stringify(name.slice(0, 100))}`);
}
