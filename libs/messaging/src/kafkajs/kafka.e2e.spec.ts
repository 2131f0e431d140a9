import { randomUUID } from 'node:crypto';
import { logContract } from '../contract/contract.suite.js';
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

function brokers(): string[] {
  return (process.env.TEST_KAFKA_BROKERS ?? '').split(',');
}
