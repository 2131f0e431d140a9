import { Controller, Delete, Get, Param, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Outcome } from '@app/contracts';
import { CreditTypeReader } from '@app/store';
import type { FastifyReply } from 'fastify';

import { Caller, NeedsScope } from '../auth/access.js';
import type { Principal } from '../auth/principal.js';
import { DescribesCommand, DescribesRead, PAGING } from '../documentation/operations.js';
import { Problem } from '../http/problem.js';
import { type CreditTypeJson, creditTypeJson } from '../reads/credit-type-json.js';
import { databaseRead } from '../reads/database-read.js';
import { type ListJson, listJson } from '../reads/list-json.js';
import { pathId } from '../reads/path-id.js';
import { CommandPublisher } from './command-publisher.js';
import { CommandOf, type CommandRequest } from './command-request.js';
import { DeleteCreditTypeBodyDto, PutCreditTypeBodyDto } from './dto/index.js';
import { limitOf, queryOf } from './query.js';
import type { Accepted } from './write-answer.js';

/** The catalogue of what accounts may hold. */
@ApiTags('credit types')
@Controller('v1/credit-types')
export class CreditTypesController {
  constructor(
    private readonly types: CreditTypeReader,
    private readonly publisher: CommandPublisher,
  ) {}

  @Get()
  @DescribesRead({
    summary: 'List credit types',
    description: 'By id; the built-in `credits` is always among them.',
    answers: ['CreditTypeList'],
    query: PAGING,
  })
  @NeedsScope('credits:read')
  async listCreditTypes(@Caller() caller: Principal, @Query() query: unknown): Promise<ListJson<CreditTypeJson>> {
    const q = queryOf(query, ['limit', 'cursor']);
    const paging = { limit: limitOf(q.limit), cursor: q.cursor };
    const page = await databaseRead(() => this.types.page(caller.tenantId, paging));
    return listJson(page, creditTypeJson);
  }

  @Get(':id')
  @DescribesRead({ summary: 'Read a credit type', answers: ['CreditType'], path: 'creditType' })
  @NeedsScope('credits:read')
  async getCreditType(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<CreditTypeJson> {
    queryOf(query, []);
    const creditType = pathId(id, 'id', 'a credit type');
    const view = await databaseRead(() => this.types.find(caller.tenantId, creditType));
    if (view) return creditTypeJson(view);
    throw new Problem(
      404,
      'CREDIT_TYPE_NOT_FOUND',
      `there is no credit type ${JSON.stringify(creditType.slice(0, 64))}`,
    );
  }

  @Put(':id')
  @DescribesCommand({
    summary: 'Make or replace a credit type',
    description: 'As a whole: what is absent is cleared. The scale never changes. Restores a deleted one.',
    bodies: { 'credit-type.put': PutCreditTypeBodyDto },
    path: 'creditType',
  })
  @NeedsScope('catalog:write')
  putCreditType(
    @Caller() caller: Principal,
    @Param('id') creditType: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    queryOf(query, []);
    return this.publisher.publish(caller, request, { type: 'credit-type.put', creditType }, reply);
  }

  @Delete(':id')
  @DescribesCommand({
    summary: 'Delete a credit type',
    description: 'Publishers find it no more; accounts and balances stay, and a later put restores it.',
    bodies: { 'credit-type.delete': DeleteCreditTypeBodyDto },
    path: 'creditType',
    optionalBody: true,
  })
  @NeedsScope('catalog:write')
  deleteCreditType(
    @Caller() caller: Principal,
    @Param('id') creditType: string,
    @CommandOf({ optionalBody: true }) request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    queryOf(query, []);
    return this.publisher.publish(caller, request, { type: 'credit-type.delete', creditType }, reply);
  }
}
