import { Controller, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Outcome } from '@app/contracts';
import type { FastifyReply } from 'fastify';

import { DescribesCommand } from '../documentation/operations.js';
import { Caller, NeedsScope } from '../auth/access.js';
import type { Principal } from '../auth/principal.js';
import { chosenCreditType } from '../reads/account-address.js';
import { CommandPublisher } from './command-publisher.js';
import { CommandOf, type CommandRequest } from './command-request.js';
import {
  ConfigureAccountBodyDto,
  CreateGrantBodyDto,
  CreateHoldBodyDto,
  CreateScheduleBodyDto,
  DeltaBodyDto,
  OpenAccountBodyDto,
  RefillAccountBodyDto,
  ResetAccountBodyDto,
  SetBalanceBodyDto,
} from './dto/index.js';
import { creditTypeQuery } from './query.js';
import type { Accepted } from './write-answer.js';

/** Accounts, their balances and what is made in them: each request is one command. */
@ApiTags('accounts')
@Controller('v1/accounts')
@NeedsScope('credits:write')
export class AccountsWriteController {
  constructor(private readonly publisher: CommandPublisher) {}

  @Post()
  @DescribesCommand({ summary: 'Open an account', bodies: { 'account.open': OpenAccountBodyDto } })
  openAccount(
    @Caller() caller: Principal,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    const creditType = chosenCreditType(creditTypeQuery(query), request.body.creditType);
    return this.publisher.publish(caller, request, { type: 'account.open', creditType }, reply);
  }

  @Patch(':id')
  @DescribesCommand({
    summary: 'Change settings of an account',
    description: 'Absent keeps, null clears, a value replaces.',
    bodies: { 'account.configure': ConfigureAccountBodyDto },
    path: 'account',
  })
  configureAccount(
    @Caller() caller: Principal,
    @Param('id') account: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishFor(caller, request, { type: 'account.configure', account, query }, reply);
  }

  @Post(':id/deltas')
  @DescribesCommand({ summary: 'Add or take credits', bodies: { 'credit.delta': DeltaBodyDto }, path: 'account' })
  applyDelta(
    @Caller() caller: Principal,
    @Param('id') account: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishFor(caller, request, { type: 'credit.delta', account, query }, reply);
  }

  @Put(':id/balance')
  @DescribesCommand({
    summary: 'Set what is available',
    description: 'null is unlimited; 0 is nothing.',
    bodies: { 'credit.set': SetBalanceBodyDto },
    path: 'account',
  })
  setBalance(
    @Caller() caller: Principal,
    @Param('id') account: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishFor(caller, request, { type: 'credit.set', account, query }, reply);
  }

  @Post(':id/refills')
  @NeedsScope('admin')
  @DescribesCommand({
    summary: 'Run the refill of a date',
    description:
      'What the scheduler does by itself. The id is derived from account and date, whatever key is sent, so that a date ' +
      'is refilled once.',
    bodies: { 'account.refill': RefillAccountBodyDto },
    path: 'account',
    derivedId: true,
  })
  refillAccount(
    @Caller() caller: Principal,
    @Param('id') account: string,
    @CommandOf({ derivedId: true }) request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishFor(caller, request, { type: 'account.refill', account, query }, reply);
  }

  @Post(':id/resets')
  @DescribesCommand({
    summary: 'Begin a period',
    description: "One entry: what is left of the old period is carried or dropped, the new one's credits are there.",
    bodies: { 'account.reset': ResetAccountBodyDto },
    path: 'account',
  })
  resetAccount(
    @Caller() caller: Principal,
    @Param('id') account: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishFor(caller, request, { type: 'account.reset', account, query }, reply);
  }

  @Post(':id/grants')
  @DescribesCommand({
    summary: 'Grant credits',
    bodies: { 'grant.create': CreateGrantBodyDto },
    path: 'account',
  })
  createGrant(
    @Caller() caller: Principal,
    @Param('id') account: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishFor(caller, request, { type: 'grant.create', account, query }, reply);
  }

  @Post(':id/schedules')
  @DescribesCommand({
    summary: 'Make a source of grants',
    bodies: { 'schedule.create': CreateScheduleBodyDto },
    path: 'account',
  })
  createSchedule(
    @Caller() caller: Principal,
    @Param('id') account: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishFor(caller, request, { type: 'schedule.create', account, query }, reply);
  }

  @Post(':id/holds')
  @DescribesCommand({
    summary: 'Set credits aside',
    bodies: { 'hold.create': CreateHoldBodyDto },
    path: 'account',
  })
  createHold(
    @Caller() caller: Principal,
    @Param('id') account: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishFor(caller, request, { type: 'hold.create', account, query }, reply);
  }
}
