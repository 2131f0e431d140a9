import { Module, type OnModuleInit } from '@nestjs/common';

import { ErrorShapes } from '../../http/error-shapes.js';
import { FlexpriceCreditGrantsController } from './credit-grants.controller.js';
import { CreditGrants } from './credit-grants.js';
import { flexpriceErrorShape } from './errors.js';
import { FlexpriceAccounts } from './flexprice-accounts.js';
import { WalletTransactions } from './wallet-transactions.js';
import { FlexpriceWalletsController } from './wallets.controller.js';
import { Wallets } from './wallets.js';

/** Flexprice's paths below `/v1`, unknown ones under them too; all others there are native. */
const PATHS = /^\/v1\/(?:(?:creditgrants|wallets)(?:\/|$)|plans\/[^/]+\/creditgrants\/?$)/;

/** Routes in the shapes of Flexprice (docs/compat/flexprice.md). */
@Module({
  controllers: [FlexpriceCreditGrantsController, FlexpriceWalletsController],
  providers: [CreditGrants, FlexpriceAccounts, Wallets, WalletTransactions],
})
export class FlexpriceModule implements OnModuleInit {
  constructor(private readonly shapes: ErrorShapes) {}

  onModuleInit(): void {
    this.shapes.register(PATHS, flexpriceErrorShape);
  }
}
