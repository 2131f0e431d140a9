import { randomUUID } from 'node:crypto';
import { logContract } from '../contract/contract.suite.js';
import type { FetchedBatch } from '../log-consumer.js';
import { KafkaLogAdmin, KafkaLogConsumer, RecordBatchProducer, kafkaClient } from './index.js';

logContract('Kafka', async () => {
  const kafka = kafkaClient({ brokers: brokers(), clientId: 'contract' });
  const admin = new KafkaLogAdmin(kafka);
  const producer = new RecordBatchProducer(kafka, { deadlineMs: 3_000 });
  const records = kafka.admin();
  await Promise.all([admin.connect(), producer.connect(), records.connect()]);
  return {
    admin,
    producer,
    createTopic: async (partitions: number) => {
      const name = `contract-${randomUUID()}`;
      await admin.createTopics([{ name, partitions, configs: { 'message.timestamp.type': 'LogAppendTime' } }]);
      return name;
    },
    consumer: (groupId: string) =>
      new KafkaLogConsumer(kafka, groupId, { sessionTimeoutMs: 6_000, heartbeatIntervalMs: 100, maxWaitMs: 100 }),
    deleteRecordsBefore: async (topic: string, partition: number, offset: bigint) => {
      // Without this kafkajs deletes nothing: it doesn't know the topic's leaders yet.
      await records.fetchTopicOffsets(topic);
      await records.deleteTopicRecords({ topic, partitions: [{ partition, offset: offset.toString() }] });
    },
    close: async () => {
      await Promise.all([admin.disconnect(), producer.disconnect(), records.disconnect()]);
    },
  };
});

describe('records that publishers compressed', () => {
  it.each(['gzip', 'snappy', 'lz4', 'zstd'])('%s, by Kafka’s own Java codec, are read', async (compression) => {
    const kafka = kafkaClient({ brokers: brokers(), clientId: 'compression' });
    const admin = new KafkaLogAdmin(kafka);
    const producer = new RecordBatchProducer(kafka);
    const consumer = new KafkaLogConsumer(kafka, `group-${randomUUID()}`);
    await Promise.all([admin.connect(), producer.connect()]);
    const topic = `compressed-${randomUUID()}`;
    // The broker compresses anew what arrives uncompressed.
    await admin.createTopics([{ name: topic, partitions: 1, configs: { 'compression.type': compression } }]);
    const values = Array.from({ length: 3_000 }, (_, index) => `${index}:${'balance '.repeat(index % 20)}`);
    await producer.send([{ topic, records: values.map((value) => ({ key: 'k', value, headers: { h: value } })) }]);
    const read: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const handlers = {
        assigned: () => undefined,
        batch: (batch: FetchedBatch) => {
          read.push(...batch.records.map(({ value }) => String(value)));
          batch.resolve(batch.nextOffset);
          if (read.length >= values.length) resolve();
          return Promise.resolve();
        },
        crashed: reject,
      };
      consumer.start([topic], handlers).catch(reject);
    });
    expect(read).toEqual(values);
    await consumer.stop();
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  });
});

function brokers(): string[] {
  return (process.env.TEST_KAFKA_BROKERS ?? '').split(',');
}
