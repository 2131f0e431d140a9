import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { FetchedBatch, LogConsumer, LogConsumerHandlers, Membership } from '../log-consumer.js';
import type { LogRecord, TopicPartition } from '../ports.js';
import { OffsetCommits } from './offset-commits.js';
import { separateClient } from './kafka-client.js';

/** Settings of a `KafkaLogConsumer`. Times in milliseconds, sizes in bytes. */
export interface KafkaLogConsumerOptions {
  /** The group goes on without a member that is silent for this long. */
  readonly sessionTimeoutMs: number;
  /** How long a rebalance waits for members to finish their chunks. */
  readonly rebalanceTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** How many partitions are worked on at once. */
  readonly partitionsConcurrently: number;
  /** Most bytes of one partition in one fetch; kafkajs fetches anew only after all of the last fetch was worked off. */
  readonly maxBytesPerPartition: number;
  /** Most bytes in one fetch of one broker: bounds memory. */
  readonly maxBytesPerFetch: number;
  /** How long the broker holds a fetch back when there is nothing; records that arrive are sent at once. */
  readonly maxWaitMs: number;
  /** Where a group without an offset begins. `latest` only for streams whose past is of no interest (replies). */
  readonly startFrom: 'earliest' | 'latest';
  /** False: the group gets no offsets, and every start is a first one. */
  readonly commits: boolean;
  /** Longest time that a resolved offset waits to be committed. */
  readonly commitIntervalMs: number;
}

export const KAFKA_LOG_CONSUMER_DEFAULTS: KafkaLogConsumerOptions = {
  sessionTimeoutMs: 30_000,
  rebalanceTimeoutMs: 60_000,
  heartbeatIntervalMs: 1_000,
  partitionsConcurrently: 4,
  maxBytesPerPartition: 512 * 1024,
  maxBytesPerFetch: 4 * 1024 * 1024,
  maxWaitMs: 200,
  startFrom: 'earliest',
  commits: true,
  commitIntervalMs: 250,
};

/** kafkajs's answers to a heartbeat that mean that the group went on without this member. */
const LOST = new Set(['ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID']);
/** Those after which it joins anew as soon as the callbacks have returned. */
const REBALANCING = new Set(['REBALANCE_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP']);

/**
 * `LogConsumer` on a kafkajs consumer. Nothing is ever thrown into kafkajs: it would stop for good on a TypeError,
 * and rebalance the group for ever on a message that always fails. After a callback it sends a heartbeat itself and
 * joins anew when that says so.
 */
export class KafkaLogConsumer implements LogConsumer {
  private readonly options: KafkaLogConsumerOptions;
  private readonly consumer: Consumer;
  private readonly commits: OffsetCommits | undefined;
  private handlers: LogConsumerHandlers | undefined;
  /** Grows with every assignment. */
  private generation = 0;
  private activityAtMs = 0;
  private heartbeatAtMs = 0;
  /** When the last heartbeat request that was answered at all was sent. */
  private heartbeatSentAtMs = 0;
  private joinSentAtMs = 0;

  constructor(
    kafka: Kafka,
    readonly groupId: string,
    options: Partial<KafkaLogConsumerOptions> = {},
  ) {
    this.options = { ...KAFKA_LOG_CONSUMER_DEFAULTS, ...options };
    this.consumer = separateClient(kafka).consumer({
      groupId,
      sessionTimeout: this.options.sessionTimeoutMs,
      rebalanceTimeout: this.options.rebalanceTimeoutMs,
      heartbeatInterval: this.options.heartbeatIntervalMs,
      maxBytesPerPartition: this.options.maxBytesPerPartition,
      maxBytes: this.options.maxBytesPerFetch,
      maxWaitTimeInMs: this.options.maxWaitMs,
      minBytes: 1,
      allowAutoTopicCreation: false,
    });
    this.commits = this.options.commits ? new OffsetCommits(this.options.commitIntervalMs) : undefined;
    this.listen();
  }

  async start(topics: readonly string[], handlers: LogConsumerHandlers): Promise<void> {
    this.handlers = handlers;
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [...topics], fromBeginning: this.options.startFrom === 'earliest' });
    await this.consumer.run({
      // Offsets are committed by `OffsetCommits`: kafkajs would wait for a commit after every batch.
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.options.partitionsConcurrently,
      eachBatch: (payload) => this.onBatch(payload),
    });
  }

  async stop(): Promise<void> {
    await this.commits?.stop();
    await this.consumer.disconnect();
  }

  seek({ topic, partition }: TopicPartition, offset: bigint): void {
    this.whileRunning(() => this.consumer.seek({ topic, partition, offset: offset.toString() }));
  }

  pause({ topic, partition }: TopicPartition): void {
    this.whileRunning(() => this.consumer.pause([{ topic, partitions: [partition] }]));
  }

  resume({ topic, partition }: TopicPartition): void {
    this.whileRunning(() => this.consumer.resume([{ topic, partitions: [partition] }]));
  }

  lastHeartbeatAtMs(): number {
    return this.heartbeatAtMs;
  }

  lastActivityAtMs(): number {
    return this.activityAtMs;
  }

  /** Between a crash and kafkajs's restart there is nothing to move or pause; the next assignment starts afresh. */
  private whileRunning(action: () => void): void {
    try {
      action();
    } catch {
      // What was missed is made up for by `assigned`.
    }
  }

  private listen(): void {
    const { consumer } = this;
    const { events } = consumer;
    const alive = () => {
      this.activityAtMs = Date.now();
    };
    consumer.on(events.CONNECT, alive);
    consumer.on(events.FETCH, alive);
    consumer.on(events.REBALANCING, alive);
    // A broker that doesn't answer is an outage: the client has noticed, and goes on trying.
    consumer.on(events.REQUEST_TIMEOUT, alive);
    // Not when the answer came but when the request was sent: in between this process may have been stopped.
    consumer.on(events.REQUEST, ({ payload }) => {
      if (payload.apiName === 'Heartbeat') this.heartbeatSentAtMs = payload.sentAt;
      else if (payload.apiName === 'SyncGroup') this.joinSentAtMs = payload.sentAt;
    });
    consumer.on(events.HEARTBEAT, () => {
      this.heartbeatAtMs = Math.max(this.heartbeatAtMs, this.heartbeatSentAtMs);
      alive();
    });
    consumer.on(events.GROUP_JOIN, ({ payload }) => {
      this.generation++;
      this.heartbeatAtMs = Math.max(this.heartbeatAtMs, this.joinSentAtMs);
      alive();
      const assigned = Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) =>
        partitions.map((partition) => ({ topic, partition })),
      );
      this.handlers?.assigned(assigned);
    });
    consumer.on(events.CRASH, ({ payload }) => {
      this.generation++;
      alive();
      this.handlers?.crashed(payload.error, payload.restart);
    });
  }

  private async onBatch(payload: EachBatchPayload): Promise<void> {
    const { generation } = this;
    await this.handlers?.batch(this.fetched(payload, () => this.generation === generation));
    await this.commits?.afterBatch(payload);
  }

  private fetched(payload: EachBatchPayload, isCurrent: () => boolean): FetchedBatch {
    const { batch } = payload;
    return {
      topic: batch.topic,
      partition: batch.partition,
      fetchedFrom: fetchedFrom(batch),
      nextOffset: BigInt(batch.lastOffset()) + 1n,
      logEnd: BigInt(batch.highWatermark),
      records: batch.messages.map(logRecord),
      resolve: (nextOffset) => payload.resolveOffset((nextOffset - 1n).toString()),
      isStale: () => !isCurrent() || payload.isStale() || !payload.isRunning(),
      heartbeat: () => heartbeat(payload, isCurrent),
    };
  }
}

/** The offset that kafkajs asked the broker for: there at run time, missing in its types. */
function fetchedFrom(batch: EachBatchPayload['batch']): bigint {
  const offset: unknown = Reflect.get(batch, 'fetchedOffset');
  if (typeof offset !== 'string') throw new Error('kafkajs 2.2.4 is required: its batch has no fetchedOffset');
  return BigInt(offset);
}

function logRecord(message: KafkaMessage): LogRecord {
  return {
    offset: BigInt(message.offset),
    timestampMs: Number(message.timestamp),
    key: message.key,
    value: message.value,
    headers: message.headers ?? {},
  };
}

async function heartbeat(payload: EachBatchPayload, isCurrent: () => boolean): Promise<Membership> {
  if (!isCurrent()) return 'lost';
  try {
    await payload.heartbeat();
    return isCurrent() ? 'member' : 'lost';
  } catch (error) {
    const type = String(error instanceof Error ? Reflect.get(error, 'type') : undefined);
    if (LOST.has(type)) return 'lost';
    return REBALANCING.has(type) ? 'rebalancing' : 'unknown';
  }
}
