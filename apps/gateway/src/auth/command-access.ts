import { Injectable } from '@nestjs/common';
import type { Command, CommandType } from '@app/domain';
import { AccountReader, type Scope } from '@app/store';

import { Problem } from '../http/problem.js';
import { databaseRead } from '../reads/database-read.js';
import { accountNotFound, outOfLimits } from '../reads/account-directory.js';
import { hasAccess, hasScope, type Principal } from './principal.js';

/** The scope that publishing a command about an account needs, where it is not `credits:write`. */
const SCOPE_OF: Readonly<Partial<Record<CommandType, Scope>>> = {
  'account.refill': 'admin',
  'grant.activate': 'admin',
  'grant.expire': 'admin',
  'schedule.apply': 'admin',
  'hold.expire': 'admin',
};

/** What has no account is about the catalogue: credit types, schedule templates. */
function scopeOf({ type, accountId }: Command): Scope {
  return accountId === '' ? 'catalog:write' : (SCOPE_OF[type] ?? 'credits:write');
}

/** Whether a key may publish a command: its scope, its account prefix, its group. */
@Injectable()
export class CommandAccess {
  constructor(private readonly accounts: AccountReader) {}

  /**
   * Only keys that are limited need the database: whether an account is in a group is a fact of its row, and so is who
   * has an external id. What they may not touch is refused before anything is published, also when they would open it.
   * The catalogue is every account's, so no limited key may change it.
   * @throws Problem 403; 404 when a group-limited key names an account that isn't there.
   */
  async check(caller: Principal, command: Command): Promise<void> {
    const scope = scopeOf(command);
    if (!hasScope(caller, scope)) {
      throw new Problem(403, 'FORBIDDEN', `the API key has not the scope ${scope} that ${command.type} needs`);
    }
    if (command.accountId === '') {
      if (caller.accountPrefix !== null || caller.group !== null) throw outOfLimits();
      return;
    }
    if (caller.accountPrefix !== null && !command.accountId.startsWith(caller.accountPrefix)) throw outOfLimits();
    if (caller.group !== null) await this.checkGroup(caller.group, command);
    if (caller.accountPrefix !== null || caller.group !== null) await this.checkExternalId(caller, command);
  }

  /**
   * Whether the outcome of a published command may be shown: not that of opening an account which somebody else opened
   * elsewhere in between, since it tells what that account holds. With Postgres away it may not.
   */
  async mayShow({ group }: Principal, { type, tenantId, accountId, creditType }: Command): Promise<boolean> {
    if (group === null || type !== 'account.open') return true;
    const view = await this.accounts.find(tenantId, { accountId, creditType }).catch(() => null);
    return view?.account.group === group;
  }

  private async checkGroup(group: string, command: Command): Promise<void> {
    const { tenantId, accountId, creditType } = command;
    if (command.type === 'account.open' && command.group !== group) throw outOfGroup(group);
    if (command.type === 'account.configure' && command.group !== undefined && command.group !== group) {
      throw outOfGroup(group);
    }
    const view = await databaseRead(() => this.accounts.find(tenantId, { accountId, creditType }));
    if (!view && command.type === 'account.open') return;
    if (!view) throw accountNotFound(accountId);
    if (view.account.group !== group) throw outOfLimits();
  }

  /** An external id that is another account's is refused before anything is published: a rejection has a row. */
  private async checkExternalId(caller: Principal, command: Command): Promise<void> {
    if (command.type !== 'account.open' && command.type !== 'account.configure') return;
    const { tenantId, accountId, creditType, externalId } = command;
    if (typeof externalId !== 'string') return;
    const holder = await databaseRead(() => this.accounts.find(tenantId, { externalId, creditType }));
    if (holder && holder.account.accountId !== accountId && !hasAccess(caller, holder.account)) throw outOfLimits();
  }
}

function outOfGroup(group: string): Problem {
  return new Problem(403, 'FORBIDDEN', `the API key is limited to accounts of the group ${JSON.stringify(group)}`);
}
