import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { COMMAND_TYPES, type ShownSchedule } from '@app/contracts';
import { CAUSES } from '@app/domain';
import { AccountReader, EntryReader, GrantReader, HoldReader, ScheduleReader } from '@app/store';

import { Caller, NeedsScope } from '../auth/access.js';
import type { Principal } from '../auth/principal.js';
import { DescribesRead, PAGING } from '../documentation/operations.js';
import { Problem } from '../http/problem.js';
import { AccountDirectory } from '../reads/account-directory.js';
import {
  type AccountDetailJson,
  accountDetailJson,
  type AccountJson,
  accountJson,
  type BalanceAtJson,
  balanceAtJson,
} from '../reads/account-json.js';
import { databaseRead } from '../reads/database-read.js';
import { type EntryJson, entryJson } from '../reads/entry-json.js';
import { GRANT_STATUSES, type GrantJson, grantJson } from '../reads/grant-json.js';
import { HOLD_STATUSES, type HoldJson, holdJson } from '../reads/hold-json.js';
import { type ListJson, listJson } from '../reads/list-json.js';
import { SCHEDULE_STATUSES, scheduleJson } from '../reads/schedule-json.js';
import { choiceOf, creditTypeOf, limitOf, objectListQuery, queryOf, timeOf } from './query.js';

/** Accounts, their ledger and what belongs to them, read from the primary. */
@ApiTags('accounts')
@Controller('v1/accounts')
@NeedsScope('credits:read')
export class AccountsReadController {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly accounts: AccountReader,
    private readonly entries: EntryReader,
    private readonly grants: GrantReader,
    private readonly holds: HoldReader,
    private readonly schedules: ScheduleReader,
  ) {}

  @Get()
  @DescribesRead({
    summary: 'List accounts',
    description: 'By account id, then credit type.',
    answers: ['AccountList'],
    query: {
      prefix: 'Only accounts whose id begins with it.',
      creditType: 'Only accounts of this credit type; absent: of all.',
      ...PAGING,
    },
  })
  async listAccounts(@Caller() caller: Principal, @Query() query: unknown): Promise<ListJson<AccountJson>> {
    const { prefix, creditType, limit, cursor } = queryOf(query, ['prefix', 'creditType', 'limit', 'cursor']);
    const page = await databaseRead(() =>
      this.accounts.list(caller.tenantId, {
        prefix,
        creditType: creditTypeOf(creditType),
        group: caller.group ?? undefined,
        keyPrefix: caller.accountPrefix ?? undefined,
        limit: limitOf(limit),
        cursor,
      }),
    );
    return listJson(page, accountJson);
  }

  @Get(':id')
  @DescribesRead({
    summary: 'Read an account with its open grants and holds, or its balance at a time',
    answers: ['AccountDetail', 'BalanceAt'],
    path: 'account',
    query: { at: 'RFC 3339 time, not in the future: answers the balance after the entries recorded up to then.' },
  })
  async getAccount(
    @Caller() caller: Principal,
    @Param('id') name: string,
    @Query() query: unknown,
  ): Promise<AccountDetailJson | BalanceAtJson> {
    const { creditType, at } = queryOf(query, ['creditType', 'at']);
    const atMs = timeOf('at', at);
    const view = await this.directory.find(caller, name, creditTypeOf(creditType));
    if (atMs === undefined) return accountDetailJson(view);
    const past = await databaseRead(() => this.accounts.balanceAt(caller.tenantId, view.account, atMs));
    if (!past) throw new Problem(404, 'ACCOUNT_NOT_FOUND', `the account was not open yet at ${at}`);
    return balanceAtJson(view, past);
  }

  @Get(':id/entries')
  @DescribesRead({
    summary: 'List ledger entries of an account',
    description: 'Newest first.',
    answers: ['EntryList'],
    path: 'account',
    query: {
      from: 'RFC 3339 time, inclusive.',
      to: 'RFC 3339 time, exclusive.',
      cause: `One of ${CAUSES.join(', ')}.`,
      reason: 'As sent.',
      status: '`applied` (default) or `rejected`.',
      commandType: 'For example `credit.delta`.',
      ...PAGING,
    },
  })
  async listEntries(
    @Caller() caller: Principal,
    @Param('id') name: string,
    @Query() query: unknown,
  ): Promise<ListJson<EntryJson>> {
    const q = queryOf(query, [
      'creditType',
      'from',
      'to',
      'cause',
      'reason',
      'status',
      'commandType',
      'limit',
      'cursor',
    ]);
    const filters = {
      from: timeOf('from', q.from),
      to: timeOf('to', q.to),
      cause: choiceOf('cause', q.cause, CAUSES),
      reason: q.reason,
      status: choiceOf('status', q.status, ['applied', 'rejected']),
      commandType: choiceOf('commandType', q.commandType, COMMAND_TYPES),
      limit: limitOf(q.limit),
      cursor: q.cursor,
    };
    const { account } = await this.directory.find(caller, name, creditTypeOf(q.creditType));
    const page = await databaseRead(() => this.entries.list(caller.tenantId, account, filters));
    return listJson(page, entryJson);
  }

  @Get(':id/grants')
  @DescribesRead({
    summary: 'List grants of an account',
    description: 'Every status, newest first.',
    answers: ['GrantList'],
    path: 'account',
    query: objectFilters(GRANT_STATUSES),
  })
  async listGrants(
    @Caller() caller: Principal,
    @Param('id') name: string,
    @Query() query: unknown,
  ): Promise<ListJson<GrantJson>> {
    const { creditType, filters } = objectListQuery(query, GRANT_STATUSES);
    const { account } = await this.directory.find(caller, name, creditType);
    return listJson(await databaseRead(() => this.grants.list(caller.tenantId, account, filters)), grantJson);
  }

  @Get(':id/holds')
  @DescribesRead({
    summary: 'List holds of an account',
    description: 'Every status, newest first.',
    answers: ['HoldList'],
    path: 'account',
    query: objectFilters(HOLD_STATUSES),
  })
  async listHolds(
    @Caller() caller: Principal,
    @Param('id') name: string,
    @Query() query: unknown,
  ): Promise<ListJson<HoldJson>> {
    const { creditType, filters } = objectListQuery(query, HOLD_STATUSES);
    const { account } = await this.directory.find(caller, name, creditType);
    return listJson(await databaseRead(() => this.holds.list(caller.tenantId, account, filters)), holdJson);
  }

  @Get(':id/schedules')
  @DescribesRead({
    summary: 'List schedules of an account',
    description: 'Every status, newest first.',
    answers: ['ScheduleList'],
    path: 'account',
    query: objectFilters(SCHEDULE_STATUSES),
  })
  async listSchedules(
    @Caller() caller: Principal,
    @Param('id') name: string,
    @Query() query: unknown,
  ): Promise<ListJson<ShownSchedule>> {
    const { creditType, filters } = objectListQuery(query, SCHEDULE_STATUSES);
    const { account } = await this.directory.find(caller, name, creditType);
    return listJson(await databaseRead(() => this.schedules.list(caller.tenantId, account, filters)), scheduleJson);
  }
}

function objectFilters(statuses: readonly string[]): Record<string, string> {
  return {
    from: 'RFC 3339 time of creation, inclusive.',
    to: 'RFC 3339 time of creation, exclusive.',
    status: `One of ${statuses.join(', ')}; absent: every one.`,
    ...PAGING,
  };
}
