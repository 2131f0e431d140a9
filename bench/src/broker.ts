import { setTimeout as sleep } from 'node:timers/promises';
import { type Admin, Kafka, type KafkaMessage, Partitioners, type Producer, logLevel } from 'kafkajs';
import type { CommandRecord } from './workload.js';

/** Records per produce request when a topic is preloaded. */
const PRELOAD_BATCH = 5_000;

/** How long the broker may take to make topics. */
const TOPIC_CREATION_MS_MAX = 30_000;

/** The bench's own use of Kafka: making and filling topics before a run, counting during it, reading after it. */
export class Broker {
  private constructor(
    readonly brokers: readonly string[],
    private readonly kafka: Kafka,
    private readonly admin: Admin,
    private readonly producer: Producer,
  ) {}

  static async connect(brokers: readonly string[]): Promise<Broker> {
    const kafka = new Kafka({
      clientId: 'bench',
      brokers: [...brokers],
      logLevel: logLevel.NOTHING,
    });
    const admin = kafka.admin();
    const producer = kafka.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
    });
    await Promise.all([admin.connect(), producer.connect()]);
    return new Broker(brokers, kafka, admin, producer);
  }

  async close(): Promise<void> {
    await Promise.all([this.admin.disconnect(), this.producer.disconnect()]);
  }

  /** Port of the first broker, for finding its process. */
  get port(): number {
    return Number(this.brokers[0]?.split(':').at(-1));
  }

  /** Makes topics with append times, so that every time in the report is the broker's. */
  async createTopics(topics: readonly string[], partitions: number): Promise<void> {
    const configEntries = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }];
    await this.admin.createTopics({
      waitForLeaders: false,
      timeout: TOPIC_CREATION_MS_MAX,
      topics: topics.map((topic) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: 1,
        configEntries,
      })),
    });
    // kafkajs gives up waiting for leaders at the first "unknown topic", which is what a new topic is for a moment.
    for (const topic of topics) await this.untilServed(topic);
  }

  async deleteTopics(topics: readonly string[]): Promise<void> {
    await this.admin.deleteTopics({ topics: [...topics] });
  }

  async deleteGroup(groupId: string): Promise<void> {
    await this.admin.deleteGroups([groupId]);
  }

  /** Writes all records, acknowledged by every replica. */
  async preload(topic: string, records: Iterable<CommandRecord>): Promise<void> {
    let batch: CommandRecord[] = [];
    for (const record of records) {
      batch.push(record);
      if (batch.length < PRELOAD_BATCH) continue;
      await this.append(topic, batch);
      batch = [];
    }
    if (batch.length > 0) await this.append(topic, batch);
  }

  async append(topic: string, messages: CommandRecord[]): Promise<void> {
    await this.producer.send({ topic, acks: -1, messages });
  }

  /** How many records the topic holds. */
  async count(topic: string): Promise<number> {
    const offsets = await this.admin.fetchTopicOffsets(topic);
    return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  }

  /** Records of the topic that the group has not yet acknowledged. */
  async lag(groupId: string, topic: string): Promise<number> {
    const [ends, committed] = await Promise.all([
      this.admin.fetchTopicOffsets(topic),
      this.admin.fetchOffsets({ groupId, topics: [topic] }),
    ]);
    const positions = new Map(committed[0]?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    return ends.reduce((sum, { partition, high, low }) => {
      const position = positions.get(partition) ?? -1;
      return sum + Number(high) - (position < 0 ? Number(low) : position);
    }, 0);
  }

  /** Whether the group has members and all have their partitions. */
  async groupIsStable(groupId: string): Promise<boolean> {
    const { groups } = await this.admin.describeGroups([groupId]);
    return groups[0]?.state === 'Stable' && groups[0].members.length > 0;
  }

  private async untilServed(topic: string): Promise<void> {
    const deadlineMs = Date.now() + TOPIC_CREATION_MS_MAX;
    for (;;) {
      try {
        await this.count(topic);
        return;
      } catch (error) {
        if (Date.now() > deadlineMs) throw error;
        await sleep(50);
      }
    }
  }

  /** Hands over everything that the topics hold now. Order within a partition is the log's. */
  async readAll(
    topics: readonly string[],
    onRecord: (topic: string, partition: number, message: KafkaMessage) => void,
  ): Promise<void> {
    let missing = 0;
    for (const topic of topics) missing += await this.count(topic);
    if (missing === 0) return;
    const groupId = `bench-reader-${Date.now()}-${Math.floor(Math.random() * 1e6)}`;
    const consumer = this.kafka.consumer({
      groupId,
      allowAutoTopicCreation: false,
      maxBytesPerPartition: 4 * 1024 * 1024,
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        for (const message of batch.messages) onRecord(batch.topic, batch.partition, message);
        missing -= batch.messages.length;
        return Promise.resolve();
      },
    });
    while (missing > 0) await sleep(20);
    await consumer.disconnect();
    await this.deleteGroup(groupId);
  }
}
