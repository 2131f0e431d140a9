import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { COMMAND_TYPES, entryId, type Outcome, outcomeOf } from '@app/contracts';
import { CAUSES } from '@app/domain';
import { AccountReader, EntryReader, type Page } from '@app/store';

import { Caller, NeedsScope } from '../auth/access.js';
import type { Principal } from '../auth/principal.js';
import { DescribesRead, PAGING } from '../documentation/operations.js';
import { Problem } from '../http/problem.js';
import { AccountDirectory } from '../reads/account-directory.js';
import { type AccountJson, accountJson, type BalanceAtJson, balanceAtJson } from '../reads/account-json.js';
import { databaseRead } from '../reads/database-read.js';
import { choiceOf, creditTypeOf, limitOf, queryOf, timeOf } from './query.js';

/** One page of a list. */
export interface ListJson<T> {
  readonly data: readonly T[];
  /** To be sent as `cursor` with the same filters; null: the last page. */
  readonly nextCursor: string | null;
}

/** A ledger entry: the outcome of a command with the id of its line. */
export type EntryJson = { readonly entryId: string } & Outcome;

/** Accounts and their ledger, read from the primary. */
@ApiTags('accounts')
@Controller('v1/accounts')
@NeedsScope('credits:read')
export class AccountsReadController {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly accounts: AccountReader,
    private readonly entries: EntryReader,
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
    summary: 'Read an account, or its balance at a time',
    answers: ['Account', 'BalanceAt'],
    ofAccount: true,
    query: { at: 'RFC 3339 time, not in the future: answers the balance after the entries recorded up to then.' },
  })
  async getAccount(
    @Caller() caller: Principal,
    @Param('id') name: string,
    @Query() query: unknown,
  ): Promise<AccountJson | BalanceAtJson> {
    const { creditType, at } = queryOf(query, ['creditType', 'at']);
    const atMs = timeOf('at', at);
    const view = await this.directory.find(caller, name, creditTypeOf(creditType));
    if (atMs === undefined) return accountJson(view);
    const past = await databaseRead(() => this.accounts.balanceAt(caller.tenantId, view.account, atMs));
    if (!past) throw new Problem(404, 'ACCOUNT_NOT_FOUND', `the account was not open yet at ${at}`);
    return balanceAtJson(view, past);
  }

  @Get(':id/entries')
  @DescribesRead({
    summary: 'List ledger entries of an account',
    description: 'Newest first.',
    answers: ['EntryList'],
    ofAccount: true,
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
    return listJson(page, (entry) => ({ entryId: entryId(entry.tenantId, entry.commandId), ...outcomeOf(entry) }));
  }
}

function listJson<T, J>(page: Page<T>, json: (item: T) => J): ListJson<J> {
  return { data: page.items.map(json), nextCursor: page.nextCursor };
}
