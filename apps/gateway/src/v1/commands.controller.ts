import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Outcome } from '@app/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Caller, NeedsScope } from '../auth/access.js';
import type { Principal } from '../auth/principal.js';
import { DescribesBatch, DescribesCommand, DescribesRead } from '../documentation/operations.js';
import { jsonBody } from '../http/json-body.js';
import { RecordedOutcomes } from '../reads/recorded-outcomes.js';
import { chosenCreditType } from '../reads/account-address.js';
import { type BatchAnswer, BatchPublisher } from './batch-publisher.js';
import { CommandPublisher } from './command-publisher.js';
import { CommandOf, type CommandRequest } from './command-request.js';
import { COMMAND_DTOS, ReverseEntryBodyDto } from './dto/index.js';
import { creditTypeQuery, queryOf } from './query.js';
import type { Accepted } from './write-answer.js';

/** Commands as such: any publisher's command, many at once, and what became of one. */
@ApiTags('commands')
@Controller('v1/commands')
export class CommandsController {
  constructor(
    private readonly publisher: CommandPublisher,
    private readonly batches: BatchPublisher,
    private readonly outcomes: RecordedOutcomes,
  ) {}

  @Post()
  @DescribesCommand({ summary: 'Publish a command', bodies: COMMAND_DTOS })
  @NeedsScope('credits:write', 'catalog:write')
  publishCommand(
    @Caller() caller: Principal,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    const creditType = chosenCreditType(creditTypeQuery(query), request.body.creditType);
    return this.publisher.publish(caller, request, { creditType }, reply);
  }

  @Post('batch')
  @DescribesBatch(COMMAND_DTOS)
  @HttpCode(202)
  @NeedsScope('credits:write', 'catalog:write')
  publishBatch(
    @Caller() caller: Principal,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<BatchAnswer> {
    queryOf(query, []);
    return this.batches.publish(caller, jsonBody(request.body, request.headers['content-type']), request);
  }

  @Post(':commandId/reversals')
  @DescribesCommand({
    summary: 'Give back what a command took, or take back what it gave',
    description:
      'All that has not been reversed yet, or an amount of it. 404 `ORIGINAL_NOT_FOUND`: the command is not recorded ' +
      '(yet); nothing was published.',
    bodies: { 'credit.reverse': ReverseEntryBodyDto },
    path: 'original',
    optionalBody: true,
  })
  @NeedsScope('credits:write')
  reverseCommand(
    @Caller() caller: Principal,
    @Param('commandId') id: string,
    @CommandOf({ optionalBody: true }) request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishAbout(
      caller,
      request,
      { type: 'credit.reverse', named: 'original', id, query },
      reply,
    );
  }

  @Get(':commandId')
  @DescribesRead({
    summary: 'Read what became of a command',
    description:
      'Applied and rejected alike. 404 `COMMAND_NOT_RECORDED`: not applied yet, never sent, or dead-lettered.',
    answers: ['Outcome'],
    path: 'original',
  })
  @NeedsScope('credits:read')
  getCommand(
    @Caller() caller: Principal,
    @Param('commandId') commandId: string,
    @Query() query: unknown,
  ): Promise<Outcome> {
    queryOf(query, []);
    return this.outcomes.find(caller, commandId);
  }
}
