import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerConfig } from '@app/config';
import { decodeCommand } from '@app/contracts';
import { decide } from '@app/domain';
import {
  BatchConsumer,
  type ClientLog,
  type ConsumerObserver,
  kafkaClient,
  KafkaLogAdmin,
  KafkaLogConsumer,
  RecordBatchProducer,
  verifyTopics,
} from '@app/messaging';
import {
  type ConnectionOptions,
  createDataSource,
  createLedgerPool,
  type Decide,
  DueWork,
  migrationsPending,
  PostgresLedger,
  PostgresPositions,
  SchedulerLease,
} from '@app/store';
import { CommandProcessor } from './consumer/command-processor.js';
import { OutcomePublisher } from './consumer/outcome-publisher.js';
import type { PipelineObserver } from './consumer/pipeline-observer.js';
import { ReplySender } from './consumer/reply-sender.js';
import { CommandLag } from './scheduler/command-lag.js';
import { COMMAND_LAG_MS_MAX, Scheduler } from './scheduler/scheduler.js';
import type { SchedulerObserver } from './scheduler/scheduler-observer.js';

/** Replies are best effort: what can't be delivered within this time is forgotten. */
const REPLY_DEADLINE_MS = 2_000;
const EVENTS_DEADLINE_MS = 15_000;
/** The scheduler tries again by itself; a page that is published late may have been applied in vain. */
const DUE_COMMANDS_DEADLINE_MS = 5_000;
const START_RETRY_MS = 1_000;
/** `max.message.bytes` counts the record's framing too; what a dead letter must stay below it. */
const RECORD_FRAMING_BYTES = 1_024;
/** Kafka's default for topics. */
const MESSAGE_BYTES_MAX_DEFAULT = 1_048_588;

export interface WorkerObservers {
  readonly consumer: ConsumerObserver;
  readonly pipeline: PipelineObserver;
  readonly scheduler: SchedulerObserver;
  readonly clientLog: ClientLog;
  readonly warn: (message: string, error?: unknown) => void;
  /** The worker can't go on: the process must end with a code, so that something starts it again. */
  readonly onFatal: (error: Error) => void;
}

/** Something that waiting won't mend; the message has the line that does. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

/**
 * The worker's parts, put together: Kafka in, Postgres, Kafka out (overview, "The idea that keeps it simple").
 * `start` waits while Postgres or Kafka is away (P8); `stop` finishes the chunks in hand.
 */
export class CommandWorker {
  private readonly kafka;
  private readonly admin;
  private readonly pool;
  private readonly dataSource;
  private readonly producer;
  private readonly replies;
  /** Of the scheduler: apart from the events, so that a million due items hold none of them back. */
  private readonly dueCommands;
  private readonly scheduler;
  private consumer: BatchConsumer | undefined;
  private readonly stopping = new AbortController();

  /** @param decideWith the rules of credits; another one only in tests. */
  constructor(
    private readonly config: WorkerConfig,
    private readonly observers: WorkerObservers,
    private readonly decideWith: Decide = decide,
  ) {
    this.kafka = kafkaClient(config.kafka, observers.clientLog);
    this.admin = new KafkaLogAdmin(this.kafka);
    const connection = { ...config.database, applicationName: 'creditbus-worker' };
    this.pool = createLedgerPool(connection, (error) => observers.warn('a Postgres connection broke', error));
    this.dataSource = createDataSource({ ...connection, poolSize: 1 });
    this.producer = new RecordBatchProducer(this.kafka, { deadlineMs: EVENTS_DEADLINE_MS });
    this.replies = config.consumer.repliesEnabled ? this.makeReplySender() : undefined;
    this.dueCommands = new RecordBatchProducer(this.kafka, { deadlineMs: DUE_COMMANDS_DEADLINE_MS });
    this.scheduler = config.scheduler.enabled ? this.makeScheduler(connection) : undefined;
  }

  /** Undefined until `start` found everything in order. */
  get batchConsumer(): BatchConsumer | undefined {
    return this.consumer;
  }

  /** @throws when Postgres does not answer. */
  async pingDatabase(): Promise<void> {
    await this.pool.query('select 1');
  }

  /** @throws when Kafka does not answer. */
  async pingBroker(): Promise<void> {
    await this.admin.logRanges(this.config.topics.commands);
  }

  /** @throws StartRefused when topics or schema are not as the worker needs them. */
  async start(): Promise<void> {
    await this.untilDone('Kafka', () => this.admin.connect());
    const deadLetterBytesMax = await this.untilDone('Kafka', () => this.checkTopics());
    await this.untilDone('Postgres', () => this.checkSchema());
    await this.untilDone('Kafka', () => this.producer.connect());
    if (this.stopping.signal.aborted) return;
    this.consumer = this.makeConsumer(deadLetterBytesMax);
    await this.consumer.start();
    if (this.scheduler === undefined) return;
    await this.untilDone('Kafka', () => this.dueCommands.connect());
    this.scheduler.start();
  }

  /** False when the chunks in hand were not finished within the deadline; they are delivered again. */
  async stop(): Promise<boolean> {
    this.stopping.abort();
    const [drained = true] = await Promise.all([this.consumer?.stop(), this.scheduler?.stop()]);
    const producers = [this.producer, this.dueCommands].map((producer) => producer.disconnect());
    await Promise.allSettled([this.replies?.close(), ...producers, this.admin.disconnect()]);
    await Promise.allSettled([this.pool.end(), this.dataSource.isInitialized ? this.dataSource.destroy() : undefined]);
    return drained;
  }

  private makeReplySender(): ReplySender {
    return new ReplySender(
      () => new RecordBatchProducer(this.kafka, { deadlineMs: REPLY_DEADLINE_MS }),
      this.config.topics,
      (count) => this.observers.pipeline.repliesMissed(count),
    );
  }

  private makeScheduler(connection: ConnectionOptions): Scheduler {
    const { topics, scheduler } = this.config;
    const { scheduler: observer } = this.observers;
    const positions = new PostgresPositions(this.pool);
    return new Scheduler(
      {
        lease: new SchedulerLease(connection, (error) => observer.failed(error)),
        source: new DueWork(this.pool),
        lag: new CommandLag(this.admin, positions, topics.commands, COMMAND_LAG_MS_MAX),
        publish: (records) => this.dueCommands.send([{ topic: topics.commands, records }]),
        observer,
      },
      scheduler,
    );
  }

  private makeConsumer(deadLetterBytesMax: number): BatchConsumer {
    const { topics, consumer } = this.config;
    const group = consumer.groupId;
    const publisher = new OutcomePublisher(this.producer, { topics, group, deadLetterBytesMax });
    const { adjustmentDays } = this.config.rules;
    // Only a reversal may make an adjustment grant: no other command pays for the copy.
    const decideAsConfigured: Decide = (state, command, at) =>
      this.decideWith(command.type === 'credit.reverse' ? { ...state, adjustmentDays } : state, command, at);
    const ledger = new PostgresLedger(this.pool, decideAsConfigured);
    return new BatchConsumer({
      topics: [topics.commands],
      consumer: new KafkaLogConsumer(this.kafka, group, consumer.reader),
      admin: this.admin,
      positions: new PostgresPositions(this.pool),
      processor: new CommandProcessor(decodeCommand, ledger, publisher, this.replies, this.observers.pipeline),
      options: { ...consumer.batches, stopDeadlineMs: this.config.shutdownDeadlineMs },
      observer: this.observers.consumer,
      onFatal: this.observers.onFatal,
    });
  }

  /** Returns the most bytes of a dead letter. */
  private async checkTopics(): Promise<number> {
    const { topics } = this.config;
    for (const { severity, message, fix } of await verifyTopics(this.admin, topics)) {
      if (severity === 'error') throw new StartRefused(`${message} Run: ${fix}`);
      this.observers.warn(`${message} Run: ${fix}`);
    }
    const { deadLetter } = topics;
    const described = await this.admin.describeTopics([deadLetter]);
    const bytesMax = Number(described.get(deadLetter)?.configs['max.message.bytes'] ?? MESSAGE_BYTES_MAX_DEFAULT);
    return bytesMax - RECORD_FRAMING_BYTES;
  }

  private async checkSchema(): Promise<void> {
    if (!this.dataSource.isInitialized) await this.dataSource.initialize();
    const pending = await migrationsPending(this.dataSource);
    await this.dataSource.destroy();
    if (pending.length > 0)
      throw new StartRefused(`migrations are pending: ${pending.join(', ')}. Run: creditbus migrate`);
  }

  private async untilDone<T>(what: string, attempt: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof StartRefused || this.stopping.signal.aborted) throw error;
        this.observers.warn(`${what} is not available yet; trying again`, error);
        await sleep(START_RETRY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }
}
