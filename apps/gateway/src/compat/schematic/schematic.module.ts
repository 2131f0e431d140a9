import { Module, type OnModuleInit } from '@nestjs/common';

import { ErrorShapes } from '../../http/error-shapes.js';
import { SchematicBalancesController } from './balances.controller.js';
import { Companies } from './companies.js';
import { CreditNames } from './credit-names.js';
import { SchematicCreditsController } from './credits.controller.js';
import { SCHEMATIC_PATHS, schematicErrorShape } from './errors.js';
import { SchematicGrantsController } from './grants.controller.js';
import { Leases } from './leases.js';
import { SchematicLeasesController } from './leases.controller.js';
import { SchematicLedgerController } from './ledger.controller.js';
import { RepeatedCommands } from './repeats.js';

/** Routes in the shapes of Schematic (docs/compat/schematic.md). */
@Module({
  controllers: [
    SchematicBalancesController,
    SchematicGrantsController,
    SchematicLeasesController,
    SchematicLedgerController,
    SchematicCreditsController,
  ],
  providers: [Companies, CreditNames, Leases, RepeatedCommands],
})
export class SchematicModule implements OnModuleInit {
  constructor(private readonly shapes: ErrorShapes) {}

  onModuleInit(): void {
    this.shapes.register(SCHEMATIC_PATHS, schematicErrorShape);
  }
}
