import { randomUUID } from 'node:crypto';
import type { LogAdmin } from './log-admin.js';
import type { FetchedBatch, LogConsumer } from './log-consumer.js';
import type { Headers, LogRecord, TopicPartition } from './ports.js';

/** A reply that is being waited for. */
export interface AwaitedReply {
  /** What the command's record must carry for the worker to answer here. */
  readonly headers: Headers;
  /** The reply's value; undefined when none came in time, or it was cancelled. Never rejects. */
  readonly value: Promise<Buffer | undefined>;
  /** Gives up waiting. */
  cancel(): void;
}

export interface ReplyListenerParts {
  readonly topic: string;
  /** In a group of its own, starting from the latest, without commits. */
  readonly consumer: LogConsumer;
  /** Connected by whoever made it. */
  readonly admin: LogAdmin;
  /** Replies waited for at a time. Default 10,000. */
  readonly waitersMax?: number;
  readonly warning?: (message: string, error?: unknown) => void;
  /** The client gave up for good; no replies will come any more. */
  readonly onFatal?: (error: Error) => void;
}

const CORRELATION_ID = 'kafka_correlationId';
const RETRY_MS = 500;

/**
 * Receives replies for this process (contracts, "Request/reply", with Nest's headers). kafkajs has no `assign()`,
 * so the listener is alone in a group of its own; of the topic's partitions it reads one, chosen by chance, and asks
 * for its replies there, so that many gateways share the topic instead of each reading all of it. It begins at the
 * end of the log: replies from before its start are nobody's.
 */
export class ReplyListener {
  private readonly waiters = new Map<string, (value: Buffer | undefined) => void>();
  private readonly waitersMax: number;
  private partition: number | undefined;
  /** Where to go on after a rebalance. */
  private position: bigint | undefined;
  private listening = false;
  /** Grows with every assignment. */
  private assignment = 0;
  private stopped = false;

  constructor(private readonly parts: ReplyListenerParts) {
    this.waitersMax = parts.waitersMax ?? 10_000;
  }

  /** True while a reply that is sent now would be received. */
  get isReady(): boolean {
    return this.listening;
  }

  /** Resolves when the group is being joined; rejects when the broker can't be reached, and may be called again. */
  start(): Promise<void> {
    return this.parts.consumer.start([this.parts.topic], {
      assigned: (partitions) => this.onAssigned(partitions),
      batch: (batch) => Promise.resolve(this.onBatch(batch)),
      crashed: (error, restarting) => {
        this.listening = false;
        if (!restarting && !this.stopped) this.parts.onFatal?.(error);
      },
    });
  }

  /** Undefined: replies can't be received now, or too many are waited for already. */
  expect(waitMs: number, correlationId: string = randomUUID()): AwaitedReply | undefined {
    if (!this.listening || this.waiters.size >= this.waitersMax) return undefined;
    let settle: (value: Buffer | undefined) => void = () => undefined;
    const value = new Promise<Buffer | undefined>((resolve) => {
      settle = (received) => {
        clearTimeout(timer);
        this.waiters.delete(correlationId);
        resolve(received);
      };
    });
    const timer = setTimeout(() => settle(undefined), waitMs);
    this.waiters.set(correlationId, settle);
    const headers = {
      [CORRELATION_ID]: correlationId,
      kafka_replyTopic: this.parts.topic,
      kafka_replyPartition: String(this.partition),
    };
    return { headers, value, cancel: () => settle(undefined) };
  }

  /** Answers all waiters with undefined, leaves the group and deletes it as well as it can. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.listening = false;
    for (const settle of [...this.waiters.values()]) settle(undefined);
    try {
      await this.parts.consumer.stop();
      await this.parts.admin.deleteGroup(this.parts.consumer.groupId);
    } catch (error) {
      this.parts.warning?.('The reply group was not deleted; Kafka forgets it by itself.', error);
    }
  }

  private onAssigned(partitions: readonly TopicPartition[]): void {
    this.listening = false;
    const assignment = ++this.assignment;
    for (const at of partitions) this.parts.consumer.pause(at);
    const kept = partitions.find(({ partition }) => partition === this.partition);
    const chosen = kept ?? partitions[Math.floor(Math.random() * partitions.length)];
    if (kept === undefined) this.position = undefined;
    if (chosen !== undefined) void this.listenAt(chosen, assignment);
  }

  private async listenAt(at: TopicPartition, assignment: number): Promise<void> {
    const isCurrent = () => assignment === this.assignment && !this.stopped;
    while (isCurrent()) {
      try {
        const range = (await this.parts.admin.logRanges(at.topic)).get(at.partition);
        if (range === undefined) throw new Error(`${at.topic}/${at.partition} is not there`);
        if (!isCurrent()) return;
        const { start, end } = range;
        const before = this.position ?? end;
        this.position = before >= start && before <= end ? before : end;
        this.partition = at.partition;
        this.parts.consumer.seek(at, this.position);
        this.parts.consumer.resume(at);
        this.listening = true;
        return;
      } catch (error) {
        this.parts.warning?.('The end of the reply topic could not be read; trying again.', error);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      }
    }
  }

  private onBatch(batch: FetchedBatch): void {
    if (batch.isStale() || batch.partition !== this.partition) return;
    for (const record of batch.records) {
      const id = correlationIdOf(record);
      if (id !== undefined) this.waiters.get(id)?.(record.value ?? Buffer.alloc(0));
    }
    this.position = batch.nextOffset;
    batch.resolve(batch.nextOffset);
  }
}

function correlationIdOf({ headers }: LogRecord): string | undefined {
  const value = headers[CORRELATION_ID];
  const first = Array.isArray(value) ? (value as readonly unknown[])[0] : value;
  return typeof first === 'string' || Buffer.isBuffer(first) ? first.toString() : undefined;
}
