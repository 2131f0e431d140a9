import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import { Caller, SelfAuthenticated } from '../../auth/access.js';
import type { Principal } from '../../auth/principal.js';
import { CompatibleCalls } from '../adapter/compatible-calls.js';
import { FlexpriceApiKey } from './api-key.guard.js';
import { DescribesFlexprice } from './documentation.js';
import { FlexpriceErrorClasses } from './errors.js';
import type { ListJson } from './list-json.js';
import { bodyBy, queryBy } from './request-body.js';
import { createWalletBody, debitBody, debitBodyUnderHeader, topUpBody, transactionsQuery } from './requests.js';
import type { TransactionJson } from './transaction-json.js';
import type { WalletBalanceJson, WalletJson } from './wallet-json.js';
import { WalletTransactions } from './wallet-transactions.js';
import { type TopUpJson, Wallets } from './wallets.js';

/** Wallets, in the shapes of Flexprice. */
@ApiTags('flexprice')
@Controller('v1/wallets')
@SelfAuthenticated()
@UseGuards(FlexpriceApiKey)
@UseInterceptors(FlexpriceErrorClasses)
export class FlexpriceWalletsController {
  constructor(
    private readonly calls: CompatibleCalls,
    private readonly wallets: Wallets,
    private readonly transactions: WalletTransactions,
  ) {}

  @Post()
  @HttpCode(200)
  @DescribesFlexprice('createWallet')
  flexpriceCreateWallet(
    @Caller() caller: Principal,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<WalletJson> {
    return this.wallets.create(caller, bodyBy(createWalletBody, body), this.calls.identify(request));
  }

  @Get(':id')
  @DescribesFlexprice('getWallet')
  flexpriceGetWallet(@Caller() caller: Principal, @Param('id') id: string): Promise<WalletJson> {
    return this.wallets.get(caller, id);
  }

  @Get(':id/balance/real-time')
  @DescribesFlexprice('getWalletBalance')
  flexpriceGetWalletBalance(@Caller() caller: Principal, @Param('id') id: string): Promise<WalletBalanceJson> {
    return this.wallets.balance(caller, id);
  }

  @Get(':id/transactions')
  @DescribesFlexprice('getWalletTransactions')
  async flexpriceListWalletTransactions(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<ListJson<TransactionJson>> {
    const filter = queryBy(transactionsQuery, query);
    const { terms } = await this.wallets.find(caller, id);
    return this.transactions.list(caller, id, terms, filter);
  }

  @Post(':id/top-up')
  @HttpCode(200)
  @DescribesFlexprice('topUpWallet')
  flexpriceTopUpWallet(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<TopUpJson> {
    const topUp = bodyBy(topUpBody, body);
    return this.wallets.topUp(caller, id, topUp, this.calls.identify(request, topUp.idempotency_key));
  }

  @Post(':id/debit')
  @HttpCode(200)
  @DescribesFlexprice('debitWallet')
  flexpriceDebitWallet(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<WalletJson> {
    const isKeyed = request.headers['idempotency-key'] !== undefined;
    const debit = bodyBy(isKeyed ? debitBodyUnderHeader : debitBody, body);
    return this.wallets.debit(caller, id, debit, this.calls.identify(request, debit.idempotency_key));
  }

  @Post(':id/terminate')
  @HttpCode(200)
  @DescribesFlexprice('terminateWallet')
  flexpriceTerminateWallet(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<WalletJson> {
    return this.wallets.terminate(caller, id, this.calls.identify(request));
  }
}
