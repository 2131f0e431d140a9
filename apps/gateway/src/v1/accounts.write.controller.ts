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
import { ConfigureAccountBodyDto, DeltaBodyDto, OpenAccountBodyDto, SetBalanceBodyDto } from './dto/index.js';
import { creditTypeQuery } from './query.js';
import type { Accepted } from './write-answer.js';

/** Accounts and their balances, written: each request is one command. */
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
    ofAccount: true,
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
  @DescribesCommand({ summary: 'Add or take credits', bodies: { 'credit.delta': DeltaBodyDto }, ofAccount: true })
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
    ofAccount: true,
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
}
