import { Injectable } from '@nestjs/common';
import { isLengthWithin, LIMITS, type Outcome, outcomeOf } from '@app/contracts';
import type { LedgerEntry } from '@app/domain';
import { AccountReader, EntryReader } from '@app/store';

import { hasAccess, type Principal } from '../auth/principal.js';
import { invalidField, Problem } from '../http/problem.js';
import { databaseRead } from './database-read.js';

/** What became of commands, from the ledger. */
@Injectable()
export class RecordedOutcomes {
  constructor(
    private readonly entries: EntryReader,
    private readonly accounts: AccountReader,
  ) {}

  /**
   * The stored outcome, applied or rejected.
   * @throws Problem 404 `COMMAND_NOT_RECORDED` with `Retry-After`: not applied yet, never sent, dead-lettered, or of an
   * account that the key is not let at.
   */
  async find(caller: Principal, commandId: string): Promise<Outcome> {
    if (!isLengthWithin(commandId, 1, LIMITS.idCharactersMax) || commandId.includes('\0')) {
      throw invalidField('{commandId}', `a command id has 1–${LIMITS.idCharactersMax} characters without U+0000`);
    }
    const entry = await databaseRead(() => this.entries.findByCommandId(caller.tenantId, commandId));
    if (!entry || !(await this.mayRead(caller, entry))) {
      throw new Problem(404, 'COMMAND_NOT_RECORDED', 'no outcome of this command is recorded (yet)', {
        commandId,
        headers: { 'Retry-After': '1' },
      });
    }
    return outcomeOf(entry);
  }

  private async mayRead(caller: Principal, { tenantId, accountId, creditType }: LedgerEntry): Promise<boolean> {
    if (!hasAccess({ ...caller, group: null }, { accountId, group: null })) return false;
    if (caller.group === null) return true;
    const view = await databaseRead(() => this.accounts.find(tenantId, { accountId, creditType }));
    return view !== null && hasAccess(caller, view.account);
  }
}
