import { Injectable } from '@nestjs/common';
import type { Command, CommandType } from '@app/domain';
import { AccountReader, type Scope } from '@app/store';

import { Problem } from '../http/problem.js';
import { databaseRead } from '../reads/database-read.js';
import { accountNotFound, outOfLimits } from '../reads/account-directory.js';
import { hasScope, type Principal } from './principal.js';

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
   * Only keys that are limited to a group need the database: whether an account is in it is a fact of its row. The
   * catalogue is every account's, so no limited key may change it.
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
    if (caller.group !== null) await this.checkGroup(caller, caller.group, command);
  }

  private async checkGroup(caller: Principal, group: string, command: Command): Promise<void> {
    const { tenantId, accountId, creditType } = command;
    if (command.type === 'account.open') {
      if (command.group !== group) throw outOfGroup(group);
      return;
    }
    if (command.type === 'account.configure' && command.group !== undefined && command.group !== group) {
      throw outOfGroup(group);
    }
    const view = await databaseRead(() => this.accounts.find(tenantId, { accountId, creditType }));
    if (!view) throw accountNotFound(accountId);
    if (view.account.group !== group) throw outOfLimits();
  }
}

function outOfGroup(group: string): Problem {
  return new Problem(403, 'FORBIDDEN', `the API key is limited to accounts of the group ${JSON.stringify(group)}`);
}
