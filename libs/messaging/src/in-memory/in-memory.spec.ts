import { randomUUID } from 'node:crypto';
import { logContract } from '../contract/contract.suite.js';
import { MemoryBroker, MemoryLogAdmin, MemoryLogConsumer, MemoryLogProducer } from './index.js';

logContract('the in-memory log', async () => {
  const broker = new MemoryBroker();
  return Promise.resolve({
    admin: new MemoryLogAdmin(broker),
    producer: new MemoryLogProducer(broker),
    createTopic: (partitions: number) => {
      const name = `topic-${randomUUID()}`;
      broker.createTopic({ name, partitions, configs: {} });
      return Promise.resolve(name);
    },
    consumer: (groupId: string) => new MemoryLogConsumer(broker, groupId),
    deleteRecordsBefore: (topic: string, partition: number, offset: bigint) =>
      Promise.resolve(broker.partition({ topic, partition }).deleteBefore(offset)),
    close: () => Promise.resolve(),
  });
});
