import { Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Outcome } from '@app/contracts';
import { GrantReader } from '@app/store';
import type { FastifyReply } from 'fastify';

import { Caller, NeedsScope } from '../auth/access.js';
import type { Principal } from '../auth/principal.js';
import { DescribesCommand, DescribesRead, PAGING } from '../documentation/operations.js';
import { databaseRead } from '../reads/database-read.js';
import { type GrantDetailJson, grantEntryJson, grantJson } from '../reads/grant-json.js';
import { listJson } from '../reads/list-json.js';
import { ObjectDirectory } from '../reads/object-directory.js';
import { CommandPublisher } from './command-publisher.js';
import { CommandOf, type CommandRequest } from './command-request.js';
import { UpdateGrantBodyDto, VoidGrantBodyDto } from './dto/index.js';
import { limitOf, queryOf } from './query.js';
import type { Accepted } from './write-answer.js';

/** Grants by their ids. They are made, and listed, below their account. */
@ApiTags('grants')
@Controller('v1/grants')
export class GrantsController {
  constructor(
    private readonly objects: ObjectDirectory,
    private readonly grants: GrantReader,
    private readonly publisher: CommandPublisher,
  ) {}

  @Get(':id')
  @DescribesRead({
    summary: 'Read a grant and what consumed it',
    description: '`entries`: the ledger entries that moved its credits, newest first, page by page.',
    answers: ['GrantDetail'],
    path: 'grant',
    query: PAGING,
  })
  @NeedsScope('credits:read')
  async getGrant(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<GrantDetailJson> {
    const { limit, cursor } = queryOf(query, ['limit', 'cursor']);
    const page = { limit: limitOf(limit), cursor };
    const view = await this.objects.grant(caller, id);
    const entries = await databaseRead(() => this.grants.entries(caller.tenantId, id, page));
    return {
      ...grantJson(view),
      entries: listJson(entries ?? { items: [], nextCursor: null }, (entry) => grantEntryJson(entry, id)),
    };
  }

  @Patch(':id')
  @DescribesCommand({
    summary: 'Change name, priority, expiry or metadata of a grant',
    description: 'Absent keeps, null clears, a value replaces. The amount never changes.',
    bodies: { 'grant.update': UpdateGrantBodyDto },
    path: 'grant',
  })
  @NeedsScope('credits:write')
  updateGrant(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishAbout(caller, request, { type: 'grant.update', named: 'grant', id, query }, reply);
  }

  @Post(':id/void')
  @DescribesCommand({
    summary: 'Drop what remains of a grant',
    description: 'Credits that a hold reserves stay with the hold until it ends.',
    bodies: { 'grant.void': VoidGrantBodyDto },
    path: 'grant',
    optionalBody: true,
  })
  @NeedsScope('credits:write')
  voidGrant(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @CommandOf({ optionalBody: true }) request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishAbout(caller, request, { type: 'grant.void', named: 'grant', id, query }, reply);
  }
}
