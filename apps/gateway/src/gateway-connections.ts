import type { HealthCheck } from '@app/observability';
import type {
  AccountReader,
  ApiKeyStore,
  CreditTypeReader,
  EntryReader,
  GrantReader,
  HoldingsReader,
  HoldReader,
  ScheduleReader,
} from '@app/store';

import type { CommandLog, OutcomeReplies } from './commands/command-log.js';

/** Everything outside the process that the gateway talks to. `main.ts` makes the real ones, tests make others. */
export interface GatewayConnections {
  readonly log: Pick<CommandLog, 'publish'>;
  readonly replies: Pick<OutcomeReplies, 'expect'>;
  readonly accounts: Pick<AccountReader, 'find' | 'list' | 'balanceAt'>;
  readonly entries: Pick<EntryReader, 'findByCommandId' | 'list' | 'movements'>;
  readonly grants: Pick<GrantReader, 'find' | 'list' | 'entries' | 'named'>;
  readonly holds: Pick<HoldReader, 'find' | 'list'>;
  readonly holdings: Pick<HoldingsReader, 'grants' | 'ends' | 'countGrants' | 'movements' | 'countMovements'>;
  readonly schedules: Pick<ScheduleReader, 'find' | 'list' | 'templates' | 'search'>;
  readonly creditTypes: Pick<CreditTypeReader, 'find' | 'list'>;
  readonly keys: Pick<ApiKeyStore, 'findByHash' | 'touch'>;
  readonly readiness: readonly HealthCheck[];
}
