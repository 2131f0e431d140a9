import { createHash } from 'node:crypto';

import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type CreditTypeView, CreditTypeReader } from '@app/store';
import type { FastifyRequest } from 'fastify';

import { Caller } from '../../auth/access.js';
import type { Principal } from '../../auth/principal.js';
import { Problem } from '../../http/problem.js';
import { databaseRead } from '../../reads/database-read.js';
import { afterEffect } from '../adapter/after-effect.js';
import { CompatibleCalls } from '../adapter/compatible-calls.js';
import { NeedsSchematicKey } from './access.js';
import { type Answer, SchematicAnswers } from './answers.js';
import { creditCount, creditUpdate, newCredit } from './credit-body.js';
import { putCommand } from './credit-command.js';
import { creditJson, creditName } from './credit-json.js';
import { CREDIT_BODY, CREDIT_FILTER, DescribesSchematic, NEW_CREDIT_BODY } from './documentation.js';
import { isProblem } from './errors.js';
import { bodyOf, queryOf } from './fields.js';
import { type Asked, RepeatedCommands } from './repeats.js';

const CREDIT_ID = /^[A-Za-z0-9_.-]{1,64}$/;

/** Updates of one credit at the same moment that one of them gives way to. */
const ATTEMPTS_MAX = 10;

/** Credits are credit types of the catalogue. */
@ApiTags('schematic')
@Controller('billing/credits')
@UseInterceptors(SchematicAnswers)
export class SchematicCreditsController {
  constructor(
    private readonly calls: CompatibleCalls,
    private readonly commands: RepeatedCommands,
    private readonly types: CreditTypeReader,
  ) {}

  @Get()
  @NeedsSchematicKey('credits:read')
  @DescribesSchematic({ summary: 'List credits', query: CREDIT_FILTER, isList: true })
  async schematicListCredits(@Caller() caller: Principal, @Query() query: unknown): Promise<Answer> {
    const params = queryOf(creditCount, query);
    const found = await this.found(caller, params);
    return { data: found.slice(params.offset, params.offset + params.limit).map(creditJson), params };
  }

  @Get('count')
  @NeedsSchematicKey('credits:read')
  @DescribesSchematic({ summary: 'Count credits', query: CREDIT_FILTER, isList: true })
  async schematicCountCredits(@Caller() caller: Principal, @Query() query: unknown): Promise<Answer> {
    const params = queryOf(creditCount, query);
    return { data: { count: (await this.found(caller, params)).length }, params };
  }

  @Get(':credit_id')
  @NeedsSchematicKey('credits:read')
  @DescribesSchematic({ summary: 'Read a credit', path: 'credit_id' })
  async schematicGetCredit(@Caller() caller: Principal, @Param('credit_id') id: string): Promise<Answer> {
    return { data: creditJson(await this.named(caller, id)), params: {} };
  }

  @Post()
  @NeedsSchematicKey('catalog:write')
  @DescribesSchematic({
    summary: 'Make a credit',
    description: 'Its amounts have 6 decimal places.',
    body: NEW_CREDIT_BODY,
    status: 201,
  })
  async schematicCreateCredit(
    @Caller() caller: Principal,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    const fields = putCommand(bodyOf(newCredit, body));
    const identity = this.calls.identify(request);
    // The same key makes the same credit.
    const creditType = `credit_${createHash('sha256').update(identity.id).digest('hex').slice(0, 32)}`;
    await this.calls.run(caller, fields, { creditType }, identity);
    return afterEffect(identity, async () => ({ data: creditJson(await this.named(caller, creditType)), params: {} }));
  }

  @Put(':credit_id')
  @NeedsSchematicKey('catalog:write')
  @DescribesSchematic({
    summary: 'Update a credit',
    description: 'What is left out keeps its value, null resets to the default.',
    path: 'credit_id',
    body: CREDIT_BODY,
  })
  async schematicUpdateCredit(
    @Caller() caller: Principal,
    @Param('credit_id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    const update = bodyOf(creditUpdate, body);
    const asked = this.commands.asked(request, update);
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const current = await this.named(caller, id);
      const fields = putCommand(update, current);
      if (await this.isPut(caller, this.commands.attempt(asked, attempt), fields, current.id)) {
        const read = () => this.named(caller, id);
        return { data: creditJson(await afterEffect(asked.identity, read)), params: {} };
      }
    }
    throw new Problem(409, 'VERSION_CONFLICT', 'the credit is being changed by many at the same moment; try again');
  }

  @Delete(':credit_id')
  @HttpCode(200)
  @NeedsSchematicKey('catalog:write')
  @DescribesSchematic({
    summary: 'Delete a credit',
    description: 'Softly: accounts and balances stay.',
    path: 'credit_id',
    writes: true,
  })
  async schematicDeleteCredit(
    @Caller() caller: Principal,
    @Param('credit_id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    if (!CREDIT_ID.test(id)) throw unknownCredit(id);
    const fields = { type: 'credit-type.delete' };
    await this.calls.run(caller, fields, { creditType: id }, this.calls.identify(request));
    return { data: { deleted: true }, params: {} };
  }

  /** False: somebody else changed the credit since it was read. */
  private async isPut(caller: Principal, asked: Asked, fields: object, creditType: string): Promise<boolean> {
    try {
      const earlier = await this.commands.earlier(caller, asked);
      if (!earlier) await this.commands.run(caller, asked, { ...fields }, { creditType });
      return true;
    } catch (error) {
      if (isProblem(error, 'VERSION_CONFLICT')) return false;
      throw error;
    }
  }

  private async named(caller: Principal, id: string): Promise<CreditTypeView> {
    if (!CREDIT_ID.test(id)) throw unknownCredit(id);
    const view = await databaseRead(() => this.types.find(caller.tenantId, id));
    if (view) return view;
    throw unknownCredit(id);
  }

  /** Newest first. */
  private async found(
    caller: Principal,
    { ids, name }: { readonly ids?: readonly string[]; readonly name?: string },
  ): Promise<CreditTypeView[]> {
    const all = await databaseRead(() => this.types.list(caller.tenantId));
    const wanted = name?.toLowerCase();
    return all
      .filter((type) => ids?.includes(type.id) ?? true)
      .filter((type) => wanted === undefined || creditName(type).toLowerCase().includes(wanted))
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  }
}

function unknownCredit(id: string): Problem {
  return new Problem(404, 'CREDIT_TYPE_NOT_FOUND', `there is no credit ${JSON.stringify(id.slice(0, 64))}`);
}
