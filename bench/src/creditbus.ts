import { createDataSource, migrate } from '@app/store';
import { type Topics, topicNames } from '@app/contracts';
import type { LedgerFacts } from './check.js';
import { ContenderProcess } from './contender-process.js';
import { type Contender, type ContenderName, type RunNames, compiled } from './contender.js';
import type { Postgres } from './postgres.js';
import { readLedger } from './creditbus-ledger.js';
import { TENANT_ID, type Workload } from './workload.js';

/** As `npm run start:worker` and `start:gateway` start them. */
const NODE_ARGS = ['--enable-source-maps', '--max-semi-space-size=32'];

/** Settings of the worker in a run. */
export interface CreditbusOptions {
  readonly brokers: readonly string[];
  /** Folder for a CPU profile of each run; undefined: none. */
  readonly profileFolder: string | undefined;
}

/** Migrates a new database and makes the bench's tenant. */
export async function createCreditbusDatabase(postgres: Postgres, database: string): Promise<void> {
  const dataSource = createDataSource({ url: await postgres.create(database), applicationName: 'bench' });
  await dataSource.initialize();
  await migrate(dataSource);
  await dataSource.destroy();
  await postgres.query(database, 'INSERT INTO tenants (tenant_id, name) VALUES ($1, $1)', [TENANT_ID]);
}

/** The worker as it is built, with its defaults. */
export class Creditbus implements Contender {
  constructor(
    readonly name: ContenderName,
    readonly workload: Workload,
    readonly commandsTopic: string,
    readonly template: string,
    private readonly options: CreditbusOptions,
  ) {}

  topics(id: string) {
    const { balanceChanged, cacheInvalidation, commandRejected, catalogChanged, deadLetter, reply } =
      this.topicNames(id);
    return {
      balance: balanceChanged,
      invalidation: cacheInvalidation,
      others: [commandRejected, catalogChanged, deadLetter, reply],
    };
  }

  groupId(id: string): string {
    return `bench-${id}`;
  }

  start(run: RunNames): ContenderProcess {
    const env = { ...this.environment(run), CONSUMER_GROUP: this.groupId(run.id), WORKER_PORT: '0' };
    return ContenderProcess.start(compiled('apps/worker/src/main.js'), this.nodeArguments(run.id), env, run.logFile);
  }

  /** A gateway beside the worker, on the same topics and database. */
  startGateway(run: RunNames, port: number): ContenderProcess {
    const env = { ...this.environment(run), GATEWAY_PORT: String(port) };
    const args = this.nodeArguments(`${run.id}.gateway`);
    return ContenderProcess.start(compiled('apps/gateway/src/main.js'), args, env, run.logFile);
  }

  private nodeArguments(profile: string): readonly string[] {
    const { profileFolder } = this.options;
    if (profileFolder === undefined) return NODE_ARGS;
    return [...NODE_ARGS, '--cpu-prof', `--cpu-prof-dir=${profileFolder}`, `--cpu-prof-name=${profile}.cpuprofile`];
  }

  /** What worker and gateway of a run have in common. */
  private environment(run: RunNames): NodeJS.ProcessEnv {
    const topics = this.topicNames(run.id);
    return {
      KAFKA_BROKERS: this.options.brokers.join(','),
      DATABASE_URL: run.databaseUrl,
      LOG_LEVEL: 'warn',
      TOPIC_COMMANDS: topics.commands,
      TOPIC_BALANCE_CHANGED: topics.balanceChanged,
      TOPIC_COMMAND_REJECTED: topics.commandRejected,
      TOPIC_CACHE_INVALIDATION: topics.cacheInvalidation,
      TOPIC_CATALOG_CHANGED: topics.catalogChanged,
      TOPIC_DEAD_LETTER: topics.deadLetter,
      TOPIC_REPLY: topics.reply,
    };
  }

  ledgerFacts(postgres: Postgres, database: string): Promise<LedgerFacts> {
    return readLedger(postgres, database, 'credit.delta');
  }

  private topicNames(id: string): Topics {
    return topicNames({ prefix: `bench.${id}.`, names: { commands: this.commandsTopic, reply: `bench.${id}.reply` } });
  }
}
