import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import {
  AccountReader,
  ApiKeyStore,
  CreditTypeReader,
  EntryReader,
  GrantReader,
  HoldingsReader,
  HoldReader,
  ScheduleReader,
} from '@app/store';

import { AuthGuard } from './auth/auth.guard.js';
import { Authenticator } from './auth/authenticator.js';
import { CommandAccess } from './auth/command-access.js';
import { KeyRateLimit } from './auth/key-rate-limit.js';
import { KeyUses } from './auth/key-uses.js';
import { CompatibleCalls } from './compat/adapter/compatible-calls.js';
import { CommandLog, OutcomeReplies } from './commands/command-log.js';
import { CommandIntake } from './commands/command-intake.js';
import { Commands } from './commands/commands.js';
import type { GatewayConnections } from './gateway-connections.js';
import { GATEWAY_OPTIONS, type GatewayOptions } from './gateway-options.js';
import { HealthController, READINESS_CHECKS } from './health/health.controller.js';
import { ErrorShapes } from './http/error-shapes.js';
import { ProblemFilter } from './http/problem.filter.js';
import { Metrics } from './metrics/metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { AccountDirectory } from './reads/account-directory.js';
import { ObjectDirectory } from './reads/object-directory.js';
import { RecordedOutcomes } from './reads/recorded-outcomes.js';
import { AccountsReadController } from './v1/accounts.read.controller.js';
import { AccountsWriteController } from './v1/accounts.write.controller.js';
import { BatchPublisher } from './v1/batch-publisher.js';
import { CommandPublisher } from './v1/command-publisher.js';
import { CommandsController } from './v1/commands.controller.js';
import { CreditTypesController } from './v1/credit-types.controller.js';
import { GrantsController } from './v1/grants.controller.js';
import { HoldsController } from './v1/holds.controller.js';
import { SchedulesController } from './v1/schedules.controller.js';

/**
 * The core and the native routes. Other route groups are modules of their own, given to `with`: what is exported here
 * is all they need (authenticate, take a command in, submit it, read, register the shape of their errors).
 */
@Module({})
export class GatewayModule {
  static with(
    connections: GatewayConnections,
    options: GatewayOptions,
    routeGroups: readonly Type[] = [],
  ): DynamicModule {
    const metricsHere = options.metricsEnabled && options.adminPort === undefined;
    return {
      module: GatewayModule,
      global: true,
      imports: [...routeGroups],
      controllers: [
        CommandsController,
        AccountsWriteController,
        AccountsReadController,
        GrantsController,
        HoldsController,
        SchedulesController,
        CreditTypesController,
        HealthController,
        ...(metricsHere ? [MetricsController] : []),
      ],
      providers: [
        { provide: GATEWAY_OPTIONS, useValue: options },
        { provide: CommandLog, useValue: connections.log },
        { provide: OutcomeReplies, useValue: connections.replies },
        { provide: AccountReader, useValue: connections.accounts },
        { provide: EntryReader, useValue: connections.entries },
        { provide: GrantReader, useValue: connections.grants },
        { provide: HoldReader, useValue: connections.holds },
        { provide: HoldingsReader, useValue: connections.holdings },
        { provide: ScheduleReader, useValue: connections.schedules },
        { provide: CreditTypeReader, useValue: connections.creditTypes },
        { provide: ApiKeyStore, useValue: connections.keys },
        { provide: READINESS_CHECKS, useValue: connections.readiness },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        AccountDirectory,
        Authenticator,
        BatchPublisher,
        CommandAccess,
        CommandIntake,
        CommandPublisher,
        Commands,
        CompatibleCalls,
        ErrorShapes,
        KeyRateLimit,
        KeyUses,
        Metrics,
        ObjectDirectory,
        RecordedOutcomes,
      ],
      exports: [
        AccountDirectory,
        AccountReader,
        Authenticator,
        CommandIntake,
        Commands,
        CompatibleCalls,
        CreditTypeReader,
        EntryReader,
        ErrorShapes,
        GATEWAY_OPTIONS,
        GrantReader,
        HoldingsReader,
        HoldReader,
        KeyRateLimit,
        ObjectDirectory,
        ScheduleReader,
      ],
    };
  }
}
