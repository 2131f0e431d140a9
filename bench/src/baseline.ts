import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../baseline/src/data-source-options.js';
import type { LedgerFacts } from './check.js';
import { ContenderProcess } from './contender-process.js';
import { type Contender, type RunNames, compiled } from './contender.js';
import type { Postgres } from './postgres.js';
import { INITIAL_CREDITS, TENANT_ID, type Workload } from './workload.js';

const TEMPLATE = 'bench_baseline';

/** Makes the baseline's schema and opens its accounts. */
export async function prepareBaseline(postgres: Postgres, accounts: number): Promise<void> {
  const url = await postgres.create(TEMPLATE);
  const dataSource = new DataSource(dataSourceOptions(url, 1));
  await dataSource.initialize();
  await dataSource.synchronize();
  await dataSource.query(
    `INSERT INTO account ("tenantId", "accountId", balance, version)
     SELECT $1, 'key_' || lpad(i::text, 6, '0'), $2, 1 FROM generate_series(0, $3::int - 1) AS i`,
    [TENANT_ID, INITIAL_CREDITS, accounts],
  );
  await dataSource.destroy();
  await postgres.vacuum(TEMPLATE);
}

/** The Nest baseline; `partitionsConsumedConcurrently` = 1 is its default form. */
export class Baseline implements Contender {
  readonly template = TEMPLATE;

  constructor(
    readonly name: 'baseline' | 'baseline-concurrent',
    readonly workload: Workload,
    readonly commandsTopic: string,
    private readonly kafkaBrokers: readonly string[],
    private readonly partitionsConsumedConcurrently: number,
  ) {}

  topics(id: string) {
    return {
      balance: `bench.${id}.balance-changed`,
      invalidation: `bench.${id}.cache-invalidation`,
      others: [],
    };
  }

  start(run: RunNames): ContenderProcess {
    const env = {
      KAFKA_BROKERS: this.kafkaBrokers.join(','),
      DATABASE_URL: run.databaseUrl,
      BASELINE_COMMANDS_TOPIC: this.commandsTopic,
      BASELINE_BALANCE_CHANGED_TOPIC: run.balanceTopic,
      BASELINE_CACHE_INVALIDATION_TOPIC: run.invalidationTopic,
      BASELINE_GROUP_ID: `bench-${run.id}`,
      BASELINE_PARTITIONS_CONCURRENTLY: String(this.partitionsConsumedConcurrently),
    };
    return ContenderProcess.start(compiled('bench/baseline/src/main.js'), [], env, run.logFile);
  }

  /** Nest appends a suffix of its own to the group's name. */
  groupId(id: string): string {
    return `bench-${id}-server`;
  }

  async ledgerFacts(postgres: Postgres, database: string): Promise<LedgerFacts> {
    const [sums] = await postgres.query<{ entries: string; applied: string }>(
      database,
      `SELECT count(*) AS entries, coalesce(sum(applied), 0) AS applied FROM ledger_entry WHERE status = 'applied'`,
    );
    const accounts = await postgres.query<{
      accountId: string;
      version: string;
      wrong: boolean;
    }>(
      database,
      `SELECT a."accountId", a.version,
              a.balance <> $1 + coalesce(e.applied, 0) OR a.version <> 1 + coalesce(e.entries, 0)
                OR (e.entries > 0 AND (e.lowest <> 2 OR e.highest <> a.version OR e.distinct_versions <> e.entries)) AS wrong
       FROM account a LEFT JOIN (
         SELECT "tenantId", "accountId", sum(applied) AS applied, count(*) AS entries, min(version) AS lowest,
                max(version) AS highest, count(DISTINCT version) AS distinct_versions
         FROM ledger_entry WHERE status = 'applied' GROUP BY 1, 2) e USING ("tenantId", "accountId")`,
      [INITIAL_CREDITS],
    );
    return {
      entries: Number(sums?.entries),
      applied: BigInt(sums?.applied ?? '0'),
      wrongAccounts: accounts.filter(({ wrong }) => wrong).length,
      versions: new Map(accounts.map(({ accountId, version }) => [accountId, Number(version)])),
    };
  }
}
