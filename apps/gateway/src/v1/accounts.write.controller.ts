import { Controller, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import type { Outcome } from '@app/contracts';
import type { FastifyReply } from 'fastify';

import { Caller, NeedsScope } from '../auth/access.js';
import type { Principal } from '../auth/principal.js';
import { chosenCreditType } from '../reads/account-address.js';
import { CommandPublisher } from './command-publisher.js';
import { CommandOf, type CommandRequest } from './command-request.js';
import { creditTypeQuery } from './query.js';
import type { Accepted } from './write-answer.js';

/** Accounts and their balances, written: each request is one command. */
@Controller('v1/accounts')
@NeedsScope('credits:write')
export class AccountsWriteController {
  constructor(private readonly publisher: CommandPublisher) {}

  @Post()
  open(
    @Caller() caller: Principal,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    const creditType = chosenCreditType(creditTypeQuery(query), request.body['creditType']);
    return this.publisher.publish(caller, request, { type: 'account.open', creditType }, reply);
  }

  @Patch(':id')
  configure(
    @Caller() caller: Principal,
    @Param('id') account: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishFor(caller, request, { type: 'account.configure', account, query }, reply);
  }

  @Post(':id/deltas')
  delta(
    @Caller() caller: Principal,
    @Param('id') account: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishFor(caller, request, { type: 'credit.delta', account, query }, reply);
  }

  @Put(':id/balance')
  set(
    @Caller() caller: Principal,
    @Param('id') account: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishFor(caller, request, { type: 'credit.set', account, query }, reply);
  }
}
