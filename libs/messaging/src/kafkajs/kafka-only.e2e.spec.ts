import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from 'kafkajs';
import { BatchConsumer } from '../batch-consumer/index.js';
import { RecordingLedger } from '../contract/recording-ledger.js';
import { ReplyListener } from '../reply-listener.js';
import { KafkaLogAdmin, KafkaLogConsumer, kafkaClient, RecordBatchProducer } from './index.js';

const kafka = kafkaClient({ brokers: (process.env.TEST_KAFKA_BROKERS ?? '').split(','), clientId: 'kafka-only' });
const admin = new KafkaLogAdmin(kafka);
const producer = new RecordBatchProducer(kafka);

beforeAll(async () => {
  await Promise.all([admin.connect(), producer.connect()]);
});

afterAll(async () => {
  await Promise.all([producer.disconnect(), admin.disconnect()]);
});

async function makeTopic(partitions: number): Promise<string> {
  const name = `kafka-only-${randomUUID()}`;
  await admin.createTopics([{ name, partitions, configs: {} }]);
  return name;
}

describe('transactional publishers', () => {
  it('have what they committed applied, what they aborted not, and their markers stop nothing', async () => {
    const topic = await makeTopic(1);
    const transactional = kafka.producer({ transactionalId: topic, maxInFlightRequests: 1, idempotent: true });
    await transactional.connect();
    const send = async (value: string, end: (transaction: Transaction) => Promise<void>) => {
      const transaction = await transactional.transaction();
      await transaction.send({ topic, messages: [{ value }] });
      await end(transaction);
    };
    const commit = (transaction: Transaction) => transaction.commit();
    const abort = (transaction: Transaction) => transaction.abort();
    await send('a', commit);
    await send('b', abort);
    const ledger = new RecordingLedger();
    const consumer = new BatchConsumer({
      topics: [topic],
      consumer: new KafkaLogConsumer(kafka, `group-${randomUUID()}`, { heartbeatIntervalMs: 100 }),
      admin,
      positions: ledger.positions,
      processor: ledger,
      options: { compareIntervalMs: 100 },
      onFatal: (error) => {
        throw error;
      },
    });
    await consumer.start();
    await eventually(() => expect(ledger.publishedOn(topic, 0)).toEqual(['a']));
    // Alone in a fetch: kafkajs passes over it without calling back.
    await send('c', abort);
    await sleep(500);
    await send('d', commit);
    await eventually(() => expect(ledger.publishedOn(topic, 0)).toEqual(['a', 'd']));
    await sleep(300);
    expect(ledger.publishedOn(topic, 0)).toEqual(['a', 'd']);
    expect(consumer.stoppedPartitions).toEqual([]);
    await consumer.stop();
    await transactional.disconnect();
  });
});

describe('reply listener', () => {
  it('receives replies on a partition of its own, from the end of the topic, and leaves no group behind', async () => {
    const topic = await makeTopic(3);
    const old = [0, 1, 2].map((partition) => ({ value: 'old', partition, headers: { kafka_correlationId: 'mine' } }));
    await producer.send([{ topic, records: old }]);
    const groupId = `replies-${randomUUID()}`;
    const consumer = new KafkaLogConsumer(kafka, groupId, { startFrom: 'latest', commits: false });
    const listener = new ReplyListener({ topic, consumer, admin });
    await listener.start();
    await eventually(() => expect(listener.isReady).toBe(true));
    const reply = listener.expect(5_000, 'mine')!;
    const { kafka_replyPartition: partition, kafka_correlationId: id } = reply.headers;
    await producer.send([
      { topic, records: [{ value: 'outcome', partition: Number(partition), headers: { kafka_correlationId: id } }] },
    ]);
    expect(String(await reply.value)).toBe('outcome');
    await listener.stop();
    expect([...(await admin.groupOffsets(groupId, topic)).values()]).toEqual([null, null, null]);
  });
});

async function eventually(assertion: () => void): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      return assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(20);
    }
  }
}
