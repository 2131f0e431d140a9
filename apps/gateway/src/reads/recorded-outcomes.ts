import { Injectable } from '@nestjs/common';
import { type Outcome, outcomeOf } from '@app/contracts';
import { EntryReader } from '@app/store';

import type { Principal } from '../auth/principal.js';
import { Problem } from '../http/problem.js';
import { AccountDirectory } from './account-directory.js';
import { databaseRead } from './database-read.js';
import { pathId } from './path-id.js';

/** What became of commands, from the ledger. */
@Injectable()
export class RecordedOutcomes {
  constructor(
    private readonly entries: EntryReader,
    private readonly accounts: AccountDirectory,
  ) {}

  /**
   * The stored outcome, applied or rejected.
   * @throws Problem 404 `COMMAND_NOT_RECORDED` with `Retry-After`: not applied yet, never sent, dead-lettered, or of an
   * account that the key is not let at.
   */
  async find(caller: Principal, commandId: string): Promise<Outcome> {
    const id = pathId(commandId, 'commandId', 'a command id');
    const entry = await databaseRead(() => this.entries.findByCommandId(caller.tenantId, id));
    if (!entry || !(await this.accounts.reaches(caller, entry))) {
      throw new Problem(404, 'COMMAND_NOT_RECORDED', 'no outcome of this command is recorded (yet)', {
        commandId,
        headers: { 'Retry-After': '1' },
      });
    }
    return outcomeOf(entry);
  }
}
