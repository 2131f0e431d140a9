import { Body, Controller, Get, Param, Post, Put, Query, Req, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Outcome } from '@app/contracts';
import { type GrantOrder, type GrantView, HoldingsReader } from '@app/store';
import type { FastifyRequest } from 'fastify';

import { Caller } from '../../auth/access.js';
import type { Principal } from '../../auth/principal.js';
import { uuidV7 } from '../../commands/uuid-v7.js';
import { databaseRead } from '../../reads/database-read.js';
import { ObjectDirectory } from '../../reads/object-directory.js';
import { afterEffect } from '../adapter/after-effect.js';
import { CompatibleCalls } from '../adapter/compatible-calls.js';
import { NeedsSchematicKey } from './access.js';
import { type Answer, SchematicAnswers } from './answers.js';
import { Companies } from './companies.js';
import { CreditNames } from './credit-names.js';
import { COMPANY_GRANTS, DescribesSchematic, NEW_GRANT_BODY, ZERO_OUT_BODY } from './documentation.js';
import { isProblem } from './errors.js';
import { bodyOf, queryOf } from './fields.js';
import { companyGrants, newGrant, zeroOut } from './grant-body.js';
import { grantCommand } from './grant-command.js';
import { grantJson } from './grant-json.js';
import { RepeatedCommands } from './repeats.js';

const ORDERS: Readonly<Record<string, GrantOrder>> = {
  created_at: 'createdAt',
  expires_at: 'expiresAt',
  quantity: 'amount',
  quantity_remaining: 'remaining',
};

/** Grants of companies. A company's credit is an account; its first grant opens it. */
@ApiTags('schematic')
@Controller('billing/credits/grants')
@UseInterceptors(SchematicAnswers)
export class SchematicGrantsController {
  constructor(
    private readonly calls: CompatibleCalls,
    private readonly commands: RepeatedCommands,
    private readonly companies: Companies,
    private readonly objects: ObjectDirectory,
    private readonly holdings: HoldingsReader,
    private readonly names: CreditNames,
  ) {}

  @Post('company')
  @NeedsSchematicKey('credits:write')
  @DescribesSchematic({
    summary: 'Grant credits to a company',
    description: 'The first grant of a credit opens the account of the company and the credit.',
    body: NEW_GRANT_BODY,
    status: 201,
  })
  async schematicGrantToCompany(
    @Caller() caller: Principal,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    const grant = bodyOf(newGrant, body);
    const asked = this.commands.asked(request, grant);
    const given = { accountId: grant.company_id, creditType: grant.credit_id };
    const earlier = await this.commands.earlier(caller, asked);
    const fields = grantCommand(grant, Date.now());
    if (!earlier) await this.open(caller, given);
    const outcome = earlier ?? (await this.commands.run(caller, asked, fields, given));
    return afterEffect(asked.identity, () => this.answer(caller, outcome));
  }

  @Get('company/list')
  @NeedsSchematicKey('credits:read')
  @DescribesSchematic({ summary: 'List grants of a company', query: COMPANY_GRANTS, isList: true })
  async schematicListCompanyGrants(@Caller() caller: Principal, @Query() query: unknown): Promise<Answer> {
    const params = queryOf(companyGrants, query);
    const { limit, offset, order = 'created_at', dir = 'desc' } = params;
    const accounts = (await this.companies.credits(caller, params.company_id)).map(({ account }) => account);
    const direction = dir === 'asc' ? 'ASC' : 'DESC';
    const page = { limit, offset, order: ORDERS[order] ?? 'createdAt', direction } as const;
    const grants = await databaseRead(() => this.holdings.grants(caller.tenantId, accounts, page));
    return { data: await this.shown(caller, grants), params };
  }

  @Get('company/count')
  @NeedsSchematicKey('credits:read')
  @DescribesSchematic({ summary: 'Count grants of a company', query: COMPANY_GRANTS, isList: true })
  async schematicCountCompanyGrants(@Caller() caller: Principal, @Query() query: unknown): Promise<Answer> {
    const params = queryOf(companyGrants, query);
    const accounts = (await this.companies.credits(caller, params.company_id)).map(({ account }) => account);
    const count = await databaseRead(() => this.holdings.countGrants(caller.tenantId, accounts));
    return { data: { count }, params };
  }

  @Put(':grant_id/zero-out')
  @NeedsSchematicKey('credits:write')
  @DescribesSchematic({
    summary: 'Zero out a grant',
    description: 'Drops what remains of it; what holds reserve stays with them.',
    path: 'grant_id',
    body: ZERO_OUT_BODY,
  })
  async schematicZeroOutGrant(
    @Caller() caller: Principal,
    @Param('grant_id') grantId: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    const { reason } = bodyOf(zeroOut, body);
    const { accountId, creditType } = (await this.objects.grant(caller, grantId)).grant;
    const identity = this.calls.identify(request);
    const fields = { type: 'grant.void', reason: reason ?? 'manual' };
    const outcome = await this.calls.run(caller, fields, { accountId, creditType, grantId }, identity);
    return afterEffect(identity, () => this.answer(caller, outcome));
  }

  /** Opening an account again changes nothing, so that any number of first grants may do it. */
  private async open(caller: Principal, given: { accountId: string; creditType: string }): Promise<void> {
    if (await this.companies.credit(caller, given.accountId, given.creditType)) return;
    const fields = { type: 'account.open', ...(caller.group !== null && { group: caller.group }) };
    const identity = { id: uuidV7(), repeatable: true, traceparent: undefined };
    await this.calls.run(caller, fields, given, identity).catch((error: unknown) => {
      if (!isProblem(error, 'ACCOUNT_EXISTS')) throw error;
    });
  }

  private async answer(caller: Principal, { grantId = '' }: Outcome): Promise<Answer> {
    const [data = {}] = await this.shown(caller, [await this.objects.grant(caller, grantId)]);
    return { data, params: {} };
  }

  /** With what their credits are called, and how they ended. */
  private async shown(caller: Principal, views: readonly GrantView[]): Promise<object[]> {
    const grants = views.map(({ grant }) => grant);
    const credits = grants.map(({ creditType }) => creditType);
    const names = await this.names.of(caller, credits);
    const ends = await databaseRead(() => this.holdings.ends(caller.tenantId, grants));
    return views.map((view) => grantJson(view, names.get(view.grant.creditType), ends.get(view.grant.grantId)));
  }
}
