import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Outcome } from '@app/contracts';
import type { FastifyReply } from 'fastify';

import { Caller, NeedsScope } from '../auth/access.js';
import type { Principal } from '../auth/principal.js';
import { DescribesCommand, DescribesRead } from '../documentation/operations.js';
import { type HoldJson, holdJson } from '../reads/hold-json.js';
import { ObjectDirectory } from '../reads/object-directory.js';
import { CommandPublisher } from './command-publisher.js';
import { CommandOf, type CommandRequest } from './command-request.js';
import { CaptureHoldBodyDto, ExtendHoldBodyDto, ReleaseHoldBodyDto } from './dto/index.js';
import { queryOf } from './query.js';
import type { Accepted } from './write-answer.js';

/** Holds by their ids. They are made, and listed, below their account. */
@ApiTags('holds')
@Controller('v1/holds')
export class HoldsController {
  constructor(
    private readonly objects: ObjectDirectory,
    private readonly publisher: CommandPublisher,
  ) {}

  @Get(':id')
  @DescribesRead({ summary: 'Read a hold', answers: ['Hold'], path: 'hold' })
  @NeedsScope('credits:read')
  async getHold(@Caller() caller: Principal, @Param('id') id: string, @Query() query: unknown): Promise<HoldJson> {
    queryOf(query, []);
    return holdJson(await this.objects.hold(caller, id));
  }

  @Post(':id/capture')
  @DescribesCommand({
    summary: 'Use credits of a hold',
    description: 'Any number of times up to what is left; `final` releases the rest.',
    bodies: { 'hold.capture': CaptureHoldBodyDto },
    path: 'hold',
  })
  @NeedsScope('credits:write')
  captureHold(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishAbout(caller, request, { type: 'hold.capture', named: 'hold', id, query }, reply);
  }

  @Post(':id/extend')
  @DescribesCommand({
    summary: 'Add credits or time to a hold',
    bodies: { 'hold.extend': ExtendHoldBodyDto },
    path: 'hold',
  })
  @NeedsScope('credits:write')
  extendHold(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishAbout(caller, request, { type: 'hold.extend', named: 'hold', id, query }, reply);
  }

  @Post(':id/release')
  @DescribesCommand({
    summary: 'End a hold and give back what is left of it',
    bodies: { 'hold.release': ReleaseHoldBodyDto },
    path: 'hold',
    optionalBody: true,
  })
  @NeedsScope('credits:write')
  releaseHold(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @CommandOf({ optionalBody: true }) request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishAbout(caller, request, { type: 'hold.release', named: 'hold', id, query }, reply);
  }
}
