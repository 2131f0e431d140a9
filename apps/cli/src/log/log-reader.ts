import type { FetchedBatch, LogConsumer, LogRecord, TopicPartition } from '@app/messaging';

import { Unreachable } from '../errors.js';

/** Offsets by topic, then partition. */
export type Offsets = ReadonlyMap<string, ReadonlyMap<number, bigint>>;

export type OnRecord = (topic: string, partition: number, record: LogRecord) => void;

/** Without any record for so long, while there must be more, the broker counts as gone. */
const SILENCE_MS_MAX = 30_000;
const LOOK_MS = 20;

/**
 * Reads topics from given offsets on, every partition in order, each record once: a rebalance or a reconnect goes
 * back to where this reader is. It is the only member of its group, which is of no use to anybody after it.
 */
export class LogReader {
  /** Next offset to be handed out, by `topic/partition`. */
  private readonly positions = new Map<string, bigint>();
  private lastRecordAtMs = Date.now();
  private failure: Error | undefined;

  constructor(
    private readonly consumer: LogConsumer,
    from: Offsets,
    private readonly onRecord: OnRecord,
  ) {
    for (const [topic, partitions] of from) {
      for (const [partition, offset] of partitions) this.positions.set(keyOf({ topic, partition }), offset);
    }
  }

  /** Joins and begins to read. */
  async start(): Promise<void> {
    const topics = new Set([...this.positions.keys()].map((key) => key.slice(0, key.lastIndexOf('/'))));
    await this.consumer.start([...topics], {
      assigned: (partitions) => partitions.forEach((at) => this.seek(at)),
      batch: (batch) => this.take(batch),
      crashed: (error, restarting) => {
        if (!restarting) this.failure = error;
      },
    });
  }

  /** Resolves when everything below these offsets has been handed out. @throws Unreachable */
  async reached(ends: Offsets): Promise<void> {
    this.lastRecordAtMs = Date.now();
    while (!this.isAt(ends)) {
      if (this.failure !== undefined)
        throw new Unreachable(`reading Kafka failed: ${this.failure.message}`, { cause: this.failure });
      if (Date.now() - this.lastRecordAtMs > SILENCE_MS_MAX) {
        throw new Unreachable(`Kafka gave no record for ${SILENCE_MS_MAX / 1000} s although there are more.`);
      }
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
  }

  stop(): Promise<void> {
    return this.consumer.stop();
  }

  private isAt(ends: Offsets): boolean {
    for (const [topic, partitions] of ends) {
      for (const [partition, end] of partitions) {
        if ((this.positions.get(keyOf({ topic, partition })) ?? end) < end) return false;
      }
    }
    return true;
  }

  private seek(at: TopicPartition): void {
    const position = this.positions.get(keyOf(at));
    if (position !== undefined) this.consumer.seek(at, position);
  }

  private async take(batch: FetchedBatch): Promise<void> {
    const key = keyOf(batch);
    const position = this.positions.get(key) ?? 0n;
    if (batch.isStale() || batch.fetchedFrom > position) {
      this.seek(batch);
      return;
    }
    for (const record of batch.records) {
      if (record.offset >= position) this.onRecord(batch.topic, batch.partition, record);
    }
    if (batch.nextOffset > position) this.positions.set(key, batch.nextOffset);
    this.lastRecordAtMs = Date.now();
    batch.resolve(batch.nextOffset);
    await batch.heartbeat();
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
