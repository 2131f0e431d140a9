import { cliDatabaseConfig, cliKafkaConfig, type Environment } from '@app/config';
import { consumerLag, kafkaClient, KafkaLogAdmin, type OutgoingRecord, RecordBatchProducer } from '@app/messaging';
import { createDataSource, LedgerSnapshot, TenantStore } from '@app/store';
import type { DataSource } from 'typeorm';

import type { Brokers } from '../admin/kafka.js';
import type { LogReader } from '../log/log-reader.js';
import { logReader, offsetsOf, rangesOf } from '../log/read-topics.js';
import { EventRecord } from './event-record.js';
import { verify, type Verdict } from './verification.js';
import type { Killable } from './worker-process.js';
import { makeWorkload, type Workload } from './workload.js';

export interface DemoOptions {
  readonly accounts: number;
  readonly commands: number;
  readonly seed: number;
}

/** What the demo works on. */
export interface DemoSurroundings {
  /** As for the CLI: KAFKA_BROKERS, and DATABASE_URL of the schema's owner. */
  readonly env: Environment;
  readonly worker: Killable;
  /** Hears what happens, a line at a time. */
  readonly say: (line: string) => void;
}

export interface DemoResult {
  readonly tenantId: string;
  readonly workload: Workload;
  readonly events: EventRecord;
  readonly verdicts: readonly Verdict[];
  /** From the first of the commands to the last one applied and published, crash and restart included, ms. */
  readonly durationMs: number;
}

const RECORDS_PER_SEND = 500;
const BURST_RECORDS = 5_000;
const LOOK_MS = 20;
/** Without any progress for so long, something is wrong. */
const STANDSTILL_MS_MAX = 90_000;

/**
 * The demonstration: commands straight onto the log, the worker killed in the middle of them, everything verified
 * from both ends. It works in a tenant of its own, beside whatever else the stack is doing.
 */
export class Demo {
  private readonly tenantId = `demo-${Date.now().toString(36)}`;

  private constructor(
    private readonly options: DemoOptions,
    private readonly worker: Killable,
    private readonly say: (line: string) => void,
    private readonly dataSource: DataSource,
    private readonly brokers: Brokers,
    private readonly producer: RecordBatchProducer,
  ) {}

  static async run({ env, worker, say }: DemoSurroundings, options: DemoOptions): Promise<DemoResult> {
    const settings = cliKafkaConfig(env);
    const { database } = cliDatabaseConfig(env);
    const client = kafkaClient({ ...settings.kafka, clientId: 'creditbus-demo' });
    const admin = new KafkaLogAdmin(client);
    const producer = new RecordBatchProducer(client);
    const dataSource = createDataSource({ ...database, applicationName: 'creditbus-demo', poolSize: 2 });
    await Promise.all([admin.connect(), producer.connect(), dataSource.initialize()]);
    try {
      return await new Demo(options, worker, say, dataSource, { admin, settings, client }, producer).run();
    } finally {
      await Promise.allSettled([admin.disconnect(), producer.disconnect(), dataSource.destroy()]);
    }
  }

  private async run(): Promise<DemoResult> {
    const { tenantId, options, say } = this;
    const workload = makeWorkload({ tenantId, ...options });
    await new TenantStore(this.dataSource).create(tenantId, 'npm run demo');
    const { topics } = this.brokers.settings;
    const events = new EventRecord(topics, tenantId);
    const outcomes = [topics.balanceChanged, topics.commandRejected, topics.deadLetter];
    const from = offsetsOf(await rangesOf(this.brokers, outcomes), 'end');
    const reader = logReader(this.brokers, from, (topic, _partition, record) => events.add(topic, record));
    try {
      await reader.start();
      say(`tenant ${tenantId}: opening ${options.accounts} accounts`);
      await this.publish(workload.opens);
      await this.untilSeen(events, workload.opens.length);
      const durationMs = await this.publishAndCrash(workload, events);
      await this.readToTheEnd(reader, outcomes);
      say('verifying');
      const verdicts = await LedgerSnapshot.read(
        this.dataSource,
        (snapshot) => verify(workload, events, snapshot),
        tenantId,
      );
      return { tenantId, workload, events, verdicts, durationMs };
    } finally {
      await reader.stop();
    }
  }

  /** Publishes everything; in the middle, with commands waiting, the worker is killed. Returns the duration in ms. */
  private async publishAndCrash({ records, opens }: Workload, events: EventRecord): Promise<number> {
    const startedAt = performance.now();
    const half = Math.ceil(records.length / 2);
    this.say(`publishing ${records.length} commands to ${this.brokers.settings.topics.commands}`);
    await this.publish(records.slice(0, half));
    await this.untilSeen(events, opens.length + Math.floor(half / 4));
    const { pid } = this.worker;
    // At once, so that the worker has work in its hands when it dies, however fast it is.
    const burst = half + Math.min(BURST_RECORDS, records.length - half);
    await this.producer.send([{ topic: this.brokers.settings.topics.commands, records: records.slice(half, burst) }]);
    const waiting = await this.lag();
    this.worker.kill();
    this.say(`killed the worker (process ${pid}, SIGKILL) with ${waiting} commands waiting`);
    await this.publish(records.slice(burst));
    await this.worker.restarted(pid);
    this.say(
      `the worker is back as process ${this.worker.pid}; it gets its partitions when the session of the dead one ends`,
    );
    await this.untilApplied();
    return performance.now() - startedAt;
  }

  /** In order, so that records of one account keep theirs. */
  private async publish(records: readonly OutgoingRecord[]): Promise<void> {
    const topic = this.brokers.settings.topics.commands;
    for (let at = 0; at < records.length; at += RECORDS_PER_SEND) {
      await this.producer.send([{ topic, records: records.slice(at, at + RECORDS_PER_SEND) }]);
    }
  }

  private async untilSeen(events: EventRecord, count: number): Promise<void> {
    await untilAdvanced(() => Promise.resolve(BigInt(Math.max(0, count - events.timesSeen.size))));
  }

  /** Offsets move only after the events are acknowledged: no lag means that all events are on their topics. */
  private async untilApplied(): Promise<void> {
    await untilAdvanced(() => this.lag());
  }

  private async lag(): Promise<bigint> {
    const { admin, settings } = this.brokers;
    const lags = await consumerLag(admin, settings.consumerGroup, settings.topics.commands);
    return [...lags.values()].reduce((sum, lag) => sum + lag, 0n);
  }

  private async readToTheEnd(reader: LogReader, topics: readonly string[]): Promise<void> {
    await reader.reached(offsetsOf(await rangesOf(this.brokers, topics), 'end'));
  }
}

/** Waits until nothing is left. @throws Error when what is left does not become less for too long */
async function untilAdvanced(left: () => Promise<bigint>): Promise<void> {
  let least = await left();
  let movedAt = Date.now();
  while (least > 0n) {
    if (Date.now() - movedAt > STANDSTILL_MS_MAX) {
      throw new Error(
        `nothing was applied for ${STANDSTILL_MS_MAX / 1000} s with ${least} to go; see .creditbus/logs/worker.log`,
      );
    }
    await new Promise((done) => setTimeout(done, LOOK_MS));
    const now = await left();
    if (now < least) movedAt = Date.now();
    least = now;
  }
}
