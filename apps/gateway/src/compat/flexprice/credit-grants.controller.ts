import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Req,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import { Caller, SelfAuthenticated } from '../../auth/access.js';
import type { Principal } from '../../auth/principal.js';
import { CompatibleCalls } from '../adapter/compatible-calls.js';
import { FlexpriceApiKey } from './api-key.guard.js';
import type { CreditGrantJson } from './credit-grant-json.js';
import { CreditGrants } from './credit-grants.js';
import { DescribesFlexprice } from './documentation.js';
import { FlexpriceErrorClasses } from './errors.js';
import type { ListJson } from './list-json.js';
import { bodyBy, optionalBodyBy, queryBy } from './request-body.js';
import { createGrantBody, deleteGrantBody, listGrantsQuery, updateGrantBody } from './requests.js';

/** Credit grants, in the shapes of Flexprice. */
@ApiTags('flexprice')
@Controller('v1')
@SelfAuthenticated()
@UseGuards(FlexpriceApiKey)
@UseInterceptors(FlexpriceErrorClasses)
export class FlexpriceCreditGrantsController {
  constructor(
    private readonly calls: CompatibleCalls,
    private readonly grants: CreditGrants,
  ) {}

  @Post('creditgrants')
  @DescribesFlexprice('createCreditGrant')
  flexpriceCreateCreditGrant(
    @Caller() caller: Principal,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<CreditGrantJson> {
    return this.grants.create(caller, bodyBy(createGrantBody, body), this.calls.identify(request));
  }

  @Get('creditgrants')
  @DescribesFlexprice('listCreditGrants')
  flexpriceListCreditGrants(@Caller() caller: Principal, @Query() query: unknown): Promise<ListJson<CreditGrantJson>> {
    return this.grants.list(caller, queryBy(listGrantsQuery, query));
  }

  @Get('plans/:id/creditgrants')
  @DescribesFlexprice('getPlanCreditGrants')
  flexpriceListPlanCreditGrants(
    @Caller() caller: Principal,
    @Param('id') id: string,
  ): Promise<ListJson<CreditGrantJson>> {
    return this.grants.list(caller, queryBy(listGrantsQuery, { scope: 'PLAN', plan_ids: id }));
  }

  @Get('creditgrants/:id')
  @DescribesFlexprice('getCreditGrant')
  flexpriceGetCreditGrant(@Caller() caller: Principal, @Param('id') id: string): Promise<CreditGrantJson> {
    return this.grants.get(caller, id);
  }

  @Put('creditgrants/:id')
  @DescribesFlexprice('updateCreditGrant')
  flexpriceUpdateCreditGrant(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<CreditGrantJson> {
    return this.grants.update(caller, id, bodyBy(updateGrantBody, body), this.calls.identify(request));
  }

  @Delete('creditgrants/:id')
  @HttpCode(200)
  @DescribesFlexprice('deleteCreditGrant')
  async flexpriceDeleteCreditGrant(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<{ readonly message: string }> {
    const { effective_date } = optionalBodyBy(deleteGrantBody, body);
    await this.grants.end(caller, id, effective_date, this.calls.identify(request));
    return { message: 'credit grant deleted successfully' };
  }
}
