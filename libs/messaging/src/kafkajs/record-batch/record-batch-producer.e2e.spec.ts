import { randomUUID } from 'node:crypto';
import { Partitioners, type KafkaMessage } from 'kafkajs';
import { kafkaClient } from '../kafka-client.js';
import { ProduceRefused, ProduceTimeout } from './produce-failure.js';
import { RecordBatchProducer } from './record-batch-producer.js';

const kafka = kafkaClient({
  clientId: 'record-batch-producer-spec',
  brokers: (process.env.TEST_KAFKA_BROKERS ?? '').split(','),
});
const admin = kafka.admin();
const producer = new RecordBatchProducer(kafka, {
  maxBatchBytes: 2_000,
  deadlineMs: 3_000,
});

async function makeTopic(
  numPartitions: number,
  configEntries: { name: string; value: string }[] = [],
): Promise<string> {
  const topic = `record-batch-${randomUUID()}`;
  await admin.createTopics({
    topics: [{ topic, numPartitions, replicationFactor: 1, configEntries }],
  });
  return topic;
}

/** Everything on the topic, per partition, in offset order. */
async function readAll(topic: string): Promise<Map<number, KafkaMessage[]>> {
  const ends = await admin.fetchTopicOffsets(topic);
  const read = new Map(ends.map(({ partition }) => [partition, [] as KafkaMessage[]]));
  const consumer = kafka.consumer({ groupId: `spec-${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve) => {
    const done = (): boolean => ends.every(({ partition, high }) => (read.get(partition)?.length ?? 0) >= Number(high));
    if (done()) resolve();
    void consumer.run({
      eachMessage: ({ partition, message }) => {
        read.get(partition)?.push(message);
        if (done()) resolve();
        return Promise.resolve();
      },
    });
  });
  await consumer.disconnect();
  return read;
}

beforeAll(async () => {
  await admin.connect();
  await producer.connect();
});
afterAll(async () => {
  await producer.disconnect();
  await admin.disconnect();
});

describe('record batch producer on a real broker', () => {
  it('keeps key, value, headers and the order of calls within a partition, also when a send needs several batches', async () => {
    const topic = await makeTopic(1);
    const record = (n: number) => ({
      key: `k${n}`,
      value: `${n}:${'ü'.repeat(200)}`,
      headers: { h: `v${n}` },
    });
    const sends = Array.from({ length: 20 }, (_, call) =>
      producer.send([
        {
          topic,
          records: Array.from({ length: 10 }, (_, n) => record(call * 10 + n)),
        },
      ]),
    );
    await Promise.all(sends);
    const messages = (await readAll(topic)).get(0) ?? [];
    expect(messages.map(({ value }) => Number(value?.toString().split(':')[0]))).toEqual(
      Array.from({ length: 200 }, (_, n) => n),
    );
    expect(messages[7]).toMatchObject({
      key: Buffer.from('k7'),
      headers: { h: Buffer.from('v7') },
    });
  });

  it('writes a key to the partition that kafkajs would choose, and a given partition as given', async () => {
    const topic = await makeTopic(7);
    const keys = Array.from({ length: 50 }, (_, n) => `acme:key_${n}`);
    await producer.send([
      {
        topic,
        records: [...keys.map((key) => ({ key, value: key })), { value: 'six', partition: 6 }],
      },
    ]);
    const partitioner = Partitioners.DefaultPartitioner();
    const partitionMetadata = Array.from({ length: 7 }, (_, partitionId) => ({
      partitionId, leader: 1, partitionErrorCode: 0, replicas: [], isr: [],
    })); // prettier-ignore
    const read = await readAll(topic);
    for (const [partition, messages] of read) {
      for (const { key, value } of messages) {
        const expected =
          key === null
            ? 6
            : partitioner({
                topic,
                partitionMetadata,
                message: { key, value },
              });
        expect(partition).toBe(expected);
      }
    }
    expect([...read.values()].flat()).toHaveLength(51);
  });

  it('rejects the send whose record the broker refuses, and still delivers what was sent together with it', async () => {
    const topic = await makeTopic(1, [{ name: 'max.message.bytes', value: '5000' }]);
    const other = await makeTopic(1);
    const first = producer.send([{ topic: other, records: [{ value: 'first' }] }]);
    const refused = producer.send([{ topic, records: [{ value: 'x'.repeat(10_000) }] }]);
    const good = producer.send([{ topic: other, records: [{ value: 'good' }] }]);
    await expect(refused).rejects.toBeInstanceOf(ProduceRefused);
    await Promise.all([first, good]);
    const values = ((await readAll(other)).get(0) ?? []).map(({ value }) => value?.toString());
    expect(values).toEqual(expect.arrayContaining(['first', 'good']));
  });

  it('gives up at the deadline when the topic does not exist, and makes no topic', async () => {
    const topic = `missing-${randomUUID()}`;
    await expect(producer.send([{ topic, records: [{ value: 'x' }] }])).rejects.toBeInstanceOf(ProduceTimeout);
    expect(await admin.listTopics()).not.toContain(topic);
  });
});
