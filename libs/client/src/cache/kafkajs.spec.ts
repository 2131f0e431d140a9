import type { Admin, Consumer } from 'kafkajs';
import { balanceOf, recordOf } from '../testing/cache-world.js';
import { BalanceCache } from './balance-cache.js';
import { followWithKafkaJs, type KafkaJsAdmin, type KafkaJsConsumer } from './kafkajs.js';

type Batch = Parameters<Parameters<KafkaJsConsumer['run']>[0]['eachBatch']>[0];

/** A consumer whose events the test sends. */
class FakeConsumer implements KafkaJsConsumer {
  readonly events = {
    GROUP_JOIN: 'consumer.group_join',
    REBALANCING: 'consumer.rebalancing',
    CRASH: 'consumer.crash',
    STOP: 'consumer.stop',
    DISCONNECT: 'consumer.disconnect',
  } as const;
  readonly done: unknown[] = [];
  readonly #listeners = new Map<string, (() => void)[]>();
  eachBatch: (batch: Batch) => Promise<void> = () => Promise.resolve();

  on(event: string, listener: () => void): () => void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return () => undefined;
  }
  subscribe(subscription: object): Promise<void> {
    this.done.push(subscription);
    return Promise.resolve();
  }
  run({ eachBatch }: Parameters<KafkaJsConsumer['run']>[0]): Promise<void> {
    this.eachBatch = eachBatch;
    return Promise.resolve();
  }
  seek(position: object): void {
    this.done.push(position);
  }
  async send(event: string): Promise<void> {
    for (const listener of this.#listeners.get(event) ?? []) listener();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }
}

describe('a cache that follows a kafkajs consumer', () => {
  const topic = 'credits.cache-invalidation.v1';
  let consumer: FakeConsumer;
  let cache: BalanceCache;
  beforeEach(() => {
    consumer = new FakeConsumer();
    cache = new BalanceCache({ tenantId: 'acme', read: ({ accountId }) => Promise.resolve(balanceOf(accountId, 1)) });
  });

  it('takes the clients of kafkajs as they are', () => {
    const asConsumer = (real: Consumer): KafkaJsConsumer => real;
    const asAdmin = (real: Admin): KafkaJsAdmin => real;
    expect([asConsumer, asAdmin]).toHaveLength(2);
  });

  it('goes online when the group was joined, at the end of the topic', async () => {
    const admin = {
      fetchTopicOffsets: () =>
        Promise.resolve([
          { partition: 0, high: '7' },
          { partition: 1, high: '0' },
        ]),
    };
    await followWithKafkaJs({ cache, consumer, admin });
    expect(cache.isOnline).toBe(false);
    await consumer.send('consumer.group_join');
    expect(cache.isOnline).toBe(true);
    expect(consumer.done).toEqual([
      { topics: [topic], fromBeginning: true },
      { topic, partition: 0, offset: '7' },
      { topic, partition: 1, offset: '0' },
    ]);
  });

  it.each(['consumer.rebalancing', 'consumer.crash', 'consumer.stop', 'consumer.disconnect'])(
    'goes offline at %s and online when the group is joined again',
    async (event) => {
      await followWithKafkaJs({ cache, consumer });
      await consumer.send('consumer.group_join');
      await cache.get('key_1');
      await consumer.send(event);
      expect({ isOnline: cache.isOnline, size: cache.size }).toEqual({ isOnline: false, size: 0 });
      await consumer.send('consumer.group_join');
      expect(cache.isOnline).toBe(true);
    },
  );

  it('stays offline when it went off while the end of the topic was looked up', async () => {
    let found: (offsets: never[]) => void = () => undefined;
    const admin = { fetchTopicOffsets: () => new Promise<never[]>((resolve) => (found = resolve)) };
    await followWithKafkaJs({ cache, consumer, admin });
    await consumer.send('consumer.group_join');
    await consumer.send('consumer.rebalancing');
    found([]);
    await consumer.send('nothing');
    expect(cache.isOnline).toBe(false);
  });

  it('reads everything that is kept when the end of the topic can not be looked up', async () => {
    const admin = { fetchTopicOffsets: () => Promise.reject(new Error('away')) };
    await followWithKafkaJs({ cache, consumer, admin, topic: 'mine' });
    await consumer.send('consumer.group_join');
    expect(cache.isOnline).toBe(true);
    expect(consumer.done).toEqual([{ topics: ['mine'], fromBeginning: true }]);
  });

  it('applies every record of a batch', async () => {
    await followWithKafkaJs({ cache, consumer });
    await consumer.send('consumer.group_join');
    await cache.get('key_1');
    await consumer.eachBatch({
      batch: { messages: [recordOf('key_1', 2), { value: 'x', key: 'y' }, recordOf('key_1', 3)] },
    });
    expect(cache.peek('key_1')).toEqual(balanceOf('key_1', 3));
  });
});
