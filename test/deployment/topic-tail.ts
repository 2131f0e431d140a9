import { kafkaClient, KafkaLogConsumer, type LogRecord } from '@app/messaging';
import { eventually, uniqueName } from '@app/testing';

/** A record of a topic, as a consumer with a group of its own reads it. */
export interface TailedRecord extends LogRecord {
  readonly topic: string;
  readonly partition: number;
  /** The value parsed as JSON; undefined when it isn't JSON. */
  readonly json: unknown;
}

/** Reads topics from their beginning, for ever, and keeps everything. */
export class TopicTail {
  readonly records: TailedRecord[] = [];

  private constructor(private readonly consumer: KafkaLogConsumer) {}

  static async start(brokers: string, topics: readonly string[]): Promise<TopicTail> {
    const kafka = kafkaClient({ brokers: brokers.split(','), clientId: 'test-tail' });
    const consumer = new KafkaLogConsumer(kafka, uniqueName('tail'), { sessionTimeoutMs: 10_000 });
    const tail = new TopicTail(consumer);
    const seen = new Map<string, bigint>();
    await consumer.start(topics, {
      assigned: () => undefined,
      crashed: () => undefined,
      batch: async (batch) => {
        const at = `${batch.topic}/${batch.partition}`;
        for (const record of batch.records) {
          if (record.offset < (seen.get(at) ?? 0n)) continue;
          tail.records.push({ ...record, topic: batch.topic, partition: batch.partition, json: parsed(record.value) });
          seen.set(at, record.offset + 1n);
        }
        batch.resolve(batch.nextOffset);
        await batch.heartbeat();
      },
    });
    return tail;
  }

  of(topic: string): TailedRecord[] {
    return this.records.filter((record) => record.topic === topic);
  }

  /** Waits until the condition holds for the records of a topic, and answers them. */
  waitFor(topic: string, isEnough: (records: TailedRecord[]) => boolean, timeoutMs = 30_000): Promise<TailedRecord[]> {
    return eventually(() => {
      const records = this.of(topic);
      if (!isEnough(records)) throw new Error(`${topic} has ${records.length} records, not yet what was waited for`);
      return records;
    }, timeoutMs);
  }

  stop(): Promise<void> {
    return this.consumer.stop();
  }
}

function parsed(value: Buffer | null): unknown {
  try {
    return value === null ? undefined : JSON.parse(value.toString());
  } catch {
    return undefined;
  }
}
