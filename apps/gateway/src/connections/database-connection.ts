import type { GatewayConfig } from '@app/config';
import type { HealthCheck } from '@app/observability';
import {
  AccountReader,
  ApiKeyStore,
  createDataSource,
  CreditTypeReader,
  EntryReader,
  GrantReader,
  HoldingsReader,
  HoldReader,
  ScheduleReader,
} from '@app/store';

import { untilDone } from './retry.js';

/** Postgres ends a statement of the gateway's role after 5 s; this is for a server or a network that says nothing at all. */
const ANSWER_TIMEOUT_MS = 7_000;

/** Everything that the gateway does with Postgres: read accounts and what belongs to them, the ledger, the catalogue and API keys. */
export class DatabaseConnection {
  readonly accounts: AccountReader;
  readonly entries: EntryReader;
  readonly grants: GrantReader;
  readonly holds: HoldReader;
  readonly holdings: HoldingsReader;
  readonly schedules: ScheduleReader;
  readonly creditTypes: CreditTypeReader;
  readonly keys: ApiKeyStore;
  private readonly dataSource: ReturnType<typeof createDataSource>;
  private readonly stopping = new AbortController();

  constructor(
    config: Pick<GatewayConfig, 'database'>,
    private readonly warn: (message: string, error?: unknown) => void,
  ) {
    this.dataSource = createDataSource({
      ...config.database,
      applicationName: 'creditbus-gateway',
      answerTimeoutMs: ANSWER_TIMEOUT_MS,
    });
    this.accounts = new AccountReader(this.dataSource);
    this.entries = new EntryReader(this.dataSource);
    this.grants = new GrantReader(this.dataSource);
    this.holds = new HoldReader(this.dataSource);
    this.holdings = new HoldingsReader(this.dataSource);
    this.schedules = new ScheduleReader(this.dataSource);
    this.creditTypes = new CreditTypeReader(this.dataSource);
    this.keys = new ApiKeyStore(this.dataSource);
  }

  get checks(): readonly HealthCheck[] {
    return [{ name: 'database', check: () => this.dataSource.query('select 1').then(() => undefined) }];
  }

  /** Connects in the background; after that the pool mends itself. */
  start(): void {
    void untilDone(
      this.stopping.signal,
      () => this.dataSource.initialize(),
      (error) => this.warn('Postgres cannot be reached; trying again', error),
    );
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
