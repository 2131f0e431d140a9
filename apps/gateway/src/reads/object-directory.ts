import { Injectable } from '@nestjs/common';
import {
  EntryReader,
  GrantReader,
  type GrantView,
  HoldReader,
  type HoldView,
  ScheduleReader,
  type ScheduleView,
} from '@app/store';

import type { Principal } from '../auth/principal.js';
import { Problem, type ProblemCode } from '../http/problem.js';
import { AccountDirectory } from './account-directory.js';
import { databaseRead } from './database-read.js';
import { pathId } from './path-id.js';

/** What a path may name besides an account: each belongs to one. */
export type NamedObject = 'grant' | 'hold' | 'schedule' | 'original';

/** The account that something belongs to. `accountId` is empty for what is of the catalogue. */
export interface Owner {
  readonly accountId: string;
  readonly creditType: string;
}

/**
 * Finds grants, holds, schedules and commands by their ids, within the tenant and the limits of the caller's key:
 * what the key is not let at is answered like a missing one.
 */
@Injectable()
export class ObjectDirectory {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly grants: GrantReader,
    private readonly holds: HoldReader,
    private readonly schedules: ScheduleReader,
    private readonly entries: EntryReader,
  ) {}

  /** @throws Problem 404 `GRANT_NOT_FOUND` */
  async grant(caller: Principal, id: string): Promise<GrantView> {
    const grantId = pathId(id, 'id', 'a grant id');
    const view = await databaseRead(() => this.grants.find(caller.tenantId, grantId));
    if (view && (await this.accounts.reaches(caller, view.grant))) return view;
    throw notRecorded('GRANT_NOT_FOUND', 'grant', id);
  }

  /** @throws Problem 404 `HOLD_NOT_FOUND` */
  async hold(caller: Principal, id: string): Promise<HoldView> {
    const holdId = pathId(id, 'id', 'a hold id');
    const view = await databaseRead(() => this.holds.find(caller.tenantId, holdId));
    if (view && (await this.accounts.reaches(caller, view.hold))) return view;
    throw notRecorded('HOLD_NOT_FOUND', 'hold', id);
  }

  /** A schedule or template. @throws Problem 404 `SCHEDULE_NOT_FOUND` */
  async schedule(caller: Principal, id: string): Promise<ScheduleView> {
    const scheduleId = pathId(id, 'id', 'a schedule id');
    const view = await databaseRead(() => this.schedules.find(caller.tenantId, scheduleId));
    if (view && (await this.accounts.reaches(caller, view.schedule))) return view;
    throw notRecorded('SCHEDULE_NOT_FOUND', 'schedule', id);
  }

  /** The account of what the path names. @throws Problem 404 by its code when it isn't recorded (yet) */
  async ownerOf(caller: Principal, named: NamedObject, id: string): Promise<Owner> {
    switch (named) {
      case 'grant':
        return (await this.grant(caller, id)).grant;
      case 'hold':
        return (await this.hold(caller, id)).hold;
      case 'schedule':
        return (await this.schedule(caller, id)).schedule;
      case 'original':
        return this.ownerOfOriginal(caller, id);
    }
  }

  /** A command about the catalogue has no account, so none of its credits could be given back. */
  private async ownerOfOriginal(caller: Principal, id: string): Promise<Owner> {
    const commandId = pathId(id, 'commandId', 'a command id');
    const entry = await databaseRead(() => this.entries.findByCommandId(caller.tenantId, commandId));
    if (entry && entry.accountId !== '' && (await this.accounts.reaches(caller, entry))) return entry;
    throw notRecorded('ORIGINAL_NOT_FOUND', 'entry of the command', id);
  }
}

function notRecorded(code: ProblemCode, what: string, id: string): Problem {
  return new Problem(404, code, `there is no ${what} ${JSON.stringify(id.slice(0, 100))} (yet)`);
}
