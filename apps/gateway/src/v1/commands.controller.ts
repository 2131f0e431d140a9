import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Outcome } from '@app/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Caller, NeedsScope } from '../auth/access.js';
import type { Principal } from '../auth/principal.js';
import { jsonBody } from '../http/json-body.js';
import { RecordedOutcomes } from '../reads/recorded-outcomes.js';
import { chosenCreditType } from '../reads/account-address.js';
import { type BatchAnswer, BatchPublisher } from './batch-publisher.js';
import { CommandPublisher } from './command-publisher.js';
import { CommandOf, type CommandRequest } from './command-request.js';
import { creditTypeQuery, queryOf } from './query.js';
import type { Accepted } from './write-answer.js';

/** Commands as such: any publisher's command, many at once, and what became of one. */
@Controller('v1/commands')
export class CommandsController {
  constructor(
    private readonly publisher: CommandPublisher,
    private readonly batches: BatchPublisher,
    private readonly outcomes: RecordedOutcomes,
  ) {}

  @Post()
  @NeedsScope('credits:write')
  publish(
    @Caller() caller: Principal,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    const creditType = chosenCreditType(creditTypeQuery(query), request.body['creditType']);
    return this.publisher.publish(caller, request, { creditType }, reply);
  }

  @Post('batch')
  @HttpCode(202)
  @NeedsScope('credits:write')
  publishBatch(@Caller() caller: Principal, @Query() query: unknown, @Req() request: FastifyRequest): Promise<BatchAnswer> {
    queryOf(query, []);
    return this.batches.publish(caller, jsonBody(request.body, request.headers['content-type']), request);
  }

  @Get(':commandId')
  @NeedsScope('credits:read')
  outcome(@Caller() caller: Principal, @Param('commandId') commandId: string, @Query() query: unknown): Promise<Outcome> {
    queryOf(query, []);
    return this.outcomes.find(caller, commandId);
  }
}
