import { randomUUID } from 'node:crypto';
import { accountRecordKey, type Topics } from '@app/contracts';
import {
  ensureTopics,
  kafkaClient,
  KafkaLogAdmin,
  type Headers,
  type OutgoingRecord,
  RecordBatchProducer,
  topicDefinitions,
} from '@app/messaging';
import {
  type AppProcess,
  eventually,
  openTestDatabase,
  type OpenTestDatabase,
  spawnApp,
  type SpawnAppOptions,
  testKafkaBrokers,
  testTopics,
  uniqueName,
} from '@app/testing';
import { Client } from 'pg';

export interface DeploymentOptions {
  readonly partitions?: number;
  /** Default: those of the test run. */
  readonly brokers?: string;
  /** Superuser's URL of another server than the test run's. */
  readonly postgresUrl?: string;
  /** Environment of every worker. */
  readonly env?: Readonly<Record<string, string>>;
}

export type CommandFields = Readonly<Record<string, unknown>> & { readonly type: string };

export interface LedgerRow {
  readonly account_id: string;
  readonly command_id: string;
  readonly code: string;
  readonly applied: string | null;
  readonly version: string | null;
  readonly after_balance: string | null;
}

const PARTITIONS = 4;
const RETENTION_MS = 24 * 3_600_000;

/** Topics, database, tenant and workers of a test's own, on the servers of the test run or on private ones. */
export class Deployment {
  readonly tenantId = 'acme';
  readonly group = uniqueName('workers');
  readonly workers: AppProcess[] = [];

  private constructor(
    readonly brokers: string,
    readonly topics: Topics,
    private readonly prefix: string,
    readonly database: OpenTestDatabase,
    readonly admin: KafkaLogAdmin,
    readonly producer: RecordBatchProducer,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async start(options: DeploymentOptions = {}): Promise<Deployment> {
    const { prefix, topics } = testTopics();
    const deployment = await Deployment.connected(options, prefix, topics);
    await deployment.createTopics(options.partitions);
    return deployment;
  }

  /** Another deployment on the same topics, with a database and a group of its own: it reads the same log. */
  twin(options: Omit<DeploymentOptions, 'brokers' | 'partitions'> = {}): Promise<Deployment> {
    return Deployment.connected({ env: this.env, ...options, brokers: this.brokers }, this.prefix, this.topics);
  }

  private static async connected(options: DeploymentOptions, prefix: string, topics: Topics): Promise<Deployment> {
    const brokers = options.brokers ?? testKafkaBrokers();
    const kafka = kafkaClient({ brokers: brokers.split(','), clientId: 'test' });
    const admin = new KafkaLogAdmin(kafka);
    const producer = new RecordBatchProducer(kafka, { maxBatchBytes: 900_000, deadlineMs: 120_000 });
    await Promise.all([admin.connect(), producer.connect()]);
    const database = await openTestDatabase(options.postgresUrl);
    const deployment = new Deployment(brokers, topics, prefix, database, admin, producer, options.env ?? {});
    await deployment.sql(`insert into tenants (tenant_id, name) values ($1, $1)`, [deployment.tenantId]);
    return deployment;
  }

  /** Makes those that are missing. */
  async createTopics(partitions = PARTITIONS): Promise<void> {
    const retention = {
      commandsRetentionMs: RETENTION_MS,
      eventsRetentionMs: RETENTION_MS,
      deadLetterRetentionMs: RETENTION_MS,
    };
    await ensureTopics(this.admin, topicDefinitions(this.topics, { partitions, ...retention }));
  }

  /** Environment by which an app of this deployment is started. */
  appEnv(env: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      KAFKA_BROKERS: this.brokers,
      TOPIC_PREFIX: this.prefix,
      CONSUMER_GROUP: this.group,
      CONSUMER_COMPARE_INTERVAL_MS: '1000',
      ...this.env,
      ...env,
    };
  }

  async startWorker(env: Readonly<Record<string, string>> = {}, options?: SpawnAppOptions): Promise<AppProcess> {
    const worker = await spawnApp('worker', { ...this.appEnv(env), DATABASE_URL: this.database.workerUrl }, options);
    this.workers.push(worker);
    return worker;
  }

  /**
   * Publishes commands as plain JSON; id, tenant and account are filled in, the key is the right one.
   * @param partition where the key would not lead to
   */
  async publish(commands: readonly CommandFields[], headers?: Headers, partition?: number): Promise<void> {
    const records = commands.map((fields): OutgoingRecord => {
      const command = { id: randomUUID(), tenantId: this.tenantId, accountId: 'key_1', ...fields };
      return {
        key: accountRecordKey(command.tenantId, command.accountId),
        value: JSON.stringify(command),
        ...(headers !== undefined && { headers }),
        ...(partition !== undefined && { partition }),
      };
    });
    await this.send(records);
  }

  async send(records: readonly OutgoingRecord[], topic = this.topics.commands): Promise<void> {
    await this.producer.send([{ topic, records }]);
  }

  /** Waits until the workers have applied everything that is on the log now. */
  async settled(timeoutMs = 60_000): Promise<void> {
    const ranges = await this.admin.logRanges(this.topics.commands);
    await eventually(async () => {
      const rows = await this.sql<{ partition: number; next_offset: string | null }>(
        'select partition, next_offset from progress where topic = $1',
        [this.topics.commands],
      );
      const reached = new Map(rows.map((row) => [row.partition, BigInt(row.next_offset ?? 0)]));
      for (const [partition, { start, end }] of ranges) {
        if (end > start && (reached.get(partition) ?? 0n) < end) {
          const said = this.workers.flatMap(({ logLines }) => logLines.slice(-10)).join('\n');
          throw new Error(`partition ${partition} is at ${reached.get(partition)}, its log ends at ${end}\n${said}`);
        }
      }
    }, timeoutMs);
  }

  /** Rows of the ledger with the ids as they were sent, by account and version. */
  ledger(): Promise<LedgerRow[]> {
    return this.sql<LedgerRow>(
      `select coalesce(a.account_id, l.account_id) as account_id, coalesce(l.command_id, l.command_key::text) as command_id,
              l.code, l.applied, l.version, l.after_balance
         from ledger_entries l left join accounts a using (tenant_id, account_key)
        order by 1, l.version nulls last, 2`,
    );
  }

  /**
   * Violations of I1 (Σ applied = balance), I2 (base and grants are the balance, holds are what is held) and I4
   * (versions are 1..n); empty when all is well.
   */
  violations(): Promise<Record<string, unknown>[]> {
    return this.sql(
      `select a.account_id, a.balance, a.base, a.held, a.version, l.*, g.*, h.*
         from accounts a
         cross join lateral (
           select coalesce(sum(applied), 0) as applied, count(*) as entries, max(version) as newest from ledger_entries
            where tenant_id = a.tenant_id and account_key = a.account_key and version is not null) l
         cross join lateral (
           select coalesce(sum(remaining), 0) as remaining from grants
            where tenant_id = a.tenant_id and account_key = a.account_key and status <> 'pending') g
         cross join lateral (
           select coalesce(sum(reserved), 0) as reserved from holds
            where tenant_id = a.tenant_id and account_key = a.account_key) h
        where a.balance <> l.applied or a.balance <> a.base + g.remaining or a.held <> h.reserved
           or a.version <> l.entries or a.version <> l.newest`,
    );
  }

  /** Everything that the workers wrote, column by column: what an undisturbed twin must have too. */
  async contents(): Promise<Record<'entries' | 'accounts' | 'objects' | 'positions', string[]>> {
    const rows = async (text: string): Promise<string[]> =>
      (await this.sql<{ row: string }>(text)).map(({ row }) => row);
    return {
      entries: await rows('select row_to_json(e)::text as row from ledger_entries e order by tenant_id, command_key'),
      accounts: await rows('select row_to_json(a)::text as row from accounts a order by tenant_id, account_key'),
      objects: [
        ...(await rows('select row_to_json(g)::text as row from grants g order by tenant_id, grant_id')),
        ...(await rows('select row_to_json(h)::text as row from holds h order by tenant_id, hold_id')),
        ...(await rows('select row_to_json(s)::text as row from schedules s order by tenant_id, schedule_id')),
        ...(await rows('select row_to_json(c)::text as row from credit_types c order by 1')),
      ],
      positions: await rows(`select partition || ' next ' || next_offset as row from progress order by partition`),
    };
  }

  async balances(): Promise<Map<string, string>> {
    const rows = await this.sql<{ account_id: string; balance: string }>('select account_id, balance from accounts');
    return new Map(rows.map(({ account_id, balance }) => [account_id, balance]));
  }

  async sql<T extends object = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T[]> {
    const client = new Client({ connectionString: this.database.url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<T>(text, values);
      return rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.filter(({ alive }) => alive).map((worker) => worker.stop()));
    await Promise.all([this.admin.disconnect(), this.producer.disconnect()]);
    await this.database.drop();
  }
}
