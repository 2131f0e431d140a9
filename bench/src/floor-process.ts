import { setTimeout as sleep } from 'node:timers/promises';
import { type Consumer, Kafka, type Message, Partitioners, type Producer, logLevel } from 'kafkajs';
import { Pool } from 'pg';
import { type FloorChunk, FloorTables } from './floor-tables.js';

/*
 * The floor: the same ledger rows, account updates and events that the worker wrote, written again with no logic.
 * Rows and events are taken from a finished run before anything is timed; then each partition's chunks go, one after
 * the other, through one transaction and one produce request, as the worker's do, all partitions at the same time.
 */

interface FloorSettings {
  readonly brokers: string[];
  readonly sourceUrl: string;
  readonly targetUrl: string;
  /** Topics of the finished run, and to which each is copied. */
  readonly sourceTopics: readonly [balance: string, invalidation: string];
  readonly targetTopics: readonly [balance: string, invalidation: string];
  readonly partitions: number;
  readonly chunkRecords: number;
}

/** Events of one partition of both topics, in order. Balance events lie on the partition of their command. */
interface PartitionEvents {
  readonly balance: Message[];
  readonly invalidation: Message[];
}

async function main(settings: FloorSettings): Promise<void> {
  const kafka = new Kafka({ clientId: 'floor', brokers: settings.brokers, logLevel: logLevel.ERROR });
  const source = await FloorTables.read(settings.sourceUrl, settings.chunkRecords);
  const events = await readEvents(kafka, settings);
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  const pool = new Pool({ connectionString: settings.targetUrl, max: settings.partitions });
  await producer.connect();

  await Promise.all(
    [...source.partitions].map(([partition, chunks]) =>
      writePartition(settings, source, pool, producer, chunks, events[partition] ?? { balance: [], invalidation: [] }),
    ),
  );
  await producer.disconnect();
  await pool.end();
  // Like the worker, it stays until it is stopped, so that its memory can be read.
  process.once('SIGTERM', () => process.exit(0));
  await sleep(2 ** 31 - 1);
}

async function writePartition(
  settings: FloorSettings,
  source: FloorTables,
  pool: Pool,
  producer: Producer,
  chunks: readonly FloorChunk[],
  events: PartitionEvents,
): Promise<void> {
  const [balance, invalidation] = settings.targetTopics;
  let balanceAt = 0;
  let invalidationAt = 0;
  for (const [index, chunk] of chunks.entries()) {
    await source.write(pool, chunk);
    const balanceTo = balanceAt + chunk.entries;
    // The same share of the invalidations with each chunk, whatever the finished run's chunks were.
    const invalidationTo = Math.round(((index + 1) / chunks.length) * events.invalidation.length);
    await producer.sendBatch({
      acks: -1,
      topicMessages: [
        { topic: balance, messages: events.balance.slice(balanceAt, balanceTo) },
        { topic: invalidation, messages: events.invalidation.slice(invalidationAt, invalidationTo) },
      ],
    });
    balanceAt = balanceTo;
    invalidationAt = invalidationTo;
  }
}

/** Both topics of the finished run, whole, by partition. */
async function readEvents(kafka: Kafka, settings: FloorSettings): Promise<PartitionEvents[]> {
  const [balanceTopic] = settings.sourceTopics;
  const byPartition = Array.from({ length: settings.partitions }, (): PartitionEvents => ({
    balance: [],
    invalidation: [],
  }));
  const admin = kafka.admin();
  await admin.connect();
  let missing = 0;
  for (const topic of settings.sourceTopics) {
    for (const { high } of await admin.fetchTopicOffsets(topic)) missing += Number(high);
  }
  await admin.disconnect();
  const consumer: Consumer = kafka.consumer({ groupId: `floor-${process.pid}`, allowAutoTopicCreation: false });
  await consumer.connect();
  await consumer.subscribe({ topics: [...settings.sourceTopics], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: ({ batch }) => {
      const partition = byPartition[batch.partition];
      for (const { key, value, headers } of batch.messages) {
        const message: Message = { key, value, ...(headers === undefined ? {} : { headers }) };
        if (batch.topic === balanceTopic) partition?.balance.push(message);
        else partition?.invalidation.push(message);
      }
      missing -= batch.messages.length;
      return Promise.resolve();
    },
  });
  while (missing > 0) await sleep(20);
  await consumer.disconnect();
  return byPartition;
}

function settingsFrom(env: NodeJS.ProcessEnv): FloorSettings {
  return JSON.parse(env.FLOOR_SETTINGS ?? '') as FloorSettings;
}

void main(settingsFrom(process.env));
