import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { AccountView } from '@app/store';
import { z } from 'zod';

import { Caller } from '../../auth/access.js';
import type { Principal } from '../../auth/principal.js';
import { NeedsSchematicKey } from './access.js';
import { amountJson, type Answer, SchematicAnswers } from './answers.js';
import { Companies } from './companies.js';
import { COMPANY, DescribesSchematic } from './documentation.js';
import { id, queryOf } from './fields.js';

const balanceQuery = z.object({ company_id: id });

/** What an unlimited account shows as remaining: the largest balance that any has. */
const UNLIMITED = 2n ** 63n - 1n;

/** Balances of a company, one per credit. */
@ApiTags('schematic')
@Controller('billing/credits/balance')
@UseInterceptors(SchematicAnswers)
export class SchematicBalancesController {
  constructor(private readonly companies: Companies) {}

  @Get()
  @NeedsSchematicKey('credits:read')
  @DescribesSchematic({ summary: 'Balances of a company', query: COMPANY })
  async schematicCompanyBalances(@Caller() caller: Principal, @Query() query: unknown): Promise<Answer> {
    const params = queryOf(balanceQuery, query);
    const credits = await this.companies.credits(caller, params.company_id);
    return { data: credits.map(balanceJson), params };
  }
}

function balanceJson({ account, available, scale }: AccountView): object {
  const reserved = account.unlimited ? 0n : account.held;
  const remaining = account.unlimited ? UNLIMITED : available;
  return {
    credit_id: account.creditType,
    remaining: amountJson(remaining, scale),
    reserved: amountJson(reserved, scale),
    settled: amountJson(remaining + reserved, scale),
    source: 'schematic',
  };
}
