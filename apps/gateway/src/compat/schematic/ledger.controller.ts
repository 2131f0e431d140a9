import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { instantOf } from '@app/contracts';
import { HoldingsReader, type MovementFilter } from '@app/store';
import { z } from 'zod';

import { Caller } from '../../auth/access.js';
import type { Principal } from '../../auth/principal.js';
import { databaseRead } from '../../reads/database-read.js';
import { NeedsSchematicKey } from './access.js';
import { type Answer, SchematicAnswers } from './answers.js';
import { Companies } from './companies.js';
import { CreditNames } from './credit-names.js';
import { DescribesSchematic, LEDGER_FILTER } from './documentation.js';
import { id, instant, oneOf, paging, queryOf } from './fields.js';
import { causesOf, EVENT_TYPES, ledgerRowJson } from './ledger-json.js';

const ledgerQuery = z.object({
  company_id: id,
  billing_credit_id: id.optional(),
  event_type: oneOf(...EVENT_TYPES).optional(),
  feature_id: id.optional(),
  start_time: instant.optional(),
  end_time: instant.optional(),
  ...paging,
});
type LedgerQuery = z.output<typeof ledgerQuery>;

/** The entries of a company that moved credits, newest first. */
@ApiTags('schematic')
@Controller('v2/billing/credits/ledger')
@UseInterceptors(SchematicAnswers)
export class SchematicLedgerController {
  constructor(
    private readonly companies: Companies,
    private readonly holdings: HoldingsReader,
    private readonly names: CreditNames,
  ) {}

  @Get()
  @NeedsSchematicKey('credits:read')
  @DescribesSchematic({ summary: 'Ledger of a company', query: LEDGER_FILTER, isList: true })
  async schematicListLedger(@Caller() caller: Principal, @Query() query: unknown): Promise<Answer> {
    const params = queryOf(ledgerQuery, query);
    const accounts = await this.accounts(caller, params);
    const page = { ...filterOf(params), limit: params.limit, offset: params.offset };
    const entries = await databaseRead(() => this.holdings.movements(caller.tenantId, accounts, page));
    const credits = entries.map(({ creditType }) => creditType);
    const names = await this.names.of(caller, credits);
    return { data: entries.map((entry) => ledgerRowJson(entry, names.get(entry.creditType))), params };
  }

  @Get('count')
  @NeedsSchematicKey('credits:read')
  @DescribesSchematic({ summary: 'Count rows of the ledger of a company', query: LEDGER_FILTER, isList: true })
  async schematicCountLedger(@Caller() caller: Principal, @Query() query: unknown): Promise<Answer> {
    const params = queryOf(ledgerQuery, query);
    const accounts = await this.accounts(caller, params);
    const count = await databaseRead(() => this.holdings.countMovements(caller.tenantId, accounts, filterOf(params)));
    return { data: { count }, params };
  }

  /** Features are unknown here, so that no row is of one. */
  private async accounts(
    caller: Principal,
    { company_id: companyId, billing_credit_id: creditId, feature_id: featureId }: LedgerQuery,
  ): Promise<{ accountId: string; creditType: string }[]> {
    if (featureId !== undefined) return [];
    const credits = (await this.companies.credits(caller, companyId)).map(({ account }) => account);
    return creditId === undefined ? credits : credits.filter(({ creditType }) => creditType === creditId);
  }
}

function filterOf({ event_type: eventType, start_time: start, end_time: end }: LedgerQuery): MovementFilter {
  return {
    causes: causesOf(eventType),
    from: start === undefined ? undefined : instantOf(start),
    to: end === undefined ? undefined : instantOf(end),
  };
}
