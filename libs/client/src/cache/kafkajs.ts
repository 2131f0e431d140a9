import type { BalanceCache } from './balance-cache.js';
import type { InvalidationRecord } from './record.js';

type ConsumerEvent =
  'consumer.group_join' | 'consumer.rebalancing' | 'consumer.crash' | 'consumer.stop' | 'consumer.disconnect';

/** What is used of a kafkajs consumer. This library does not depend on kafkajs: the consumer is handed in. */
export interface KafkaJsConsumer {
  readonly events: {
    readonly GROUP_JOIN: ConsumerEvent;
    readonly REBALANCING: ConsumerEvent;
    readonly CRASH: ConsumerEvent;
    readonly STOP: ConsumerEvent;
    readonly DISCONNECT: ConsumerEvent;
  };
  on(event: ConsumerEvent, listener: () => void): () => void;
  subscribe(subscription: { topics: string[]; fromBeginning: boolean }): Promise<void>;
  run(config: {
    eachBatch: (payload: { batch: { messages: readonly InvalidationRecord[] } }) => Promise<void>;
  }): Promise<void>;
  seek(position: { topic: string; partition: number; offset: string }): void;
}

/** What is used of a kafkajs admin client. */
export interface KafkaJsAdmin {
  fetchTopicOffsets(topic: string): Promise<{ partition: number; high: string }[]>;
}

export interface FollowOptions {
  readonly cache: BalanceCache;
  /** Connected, and in a consumer group of its own: a cache needs the records of all partitions. */
  readonly consumer: KafkaJsConsumer;
  /** Connected. With it, reading begins at the end of the topic; without, with all that is still kept there. */
  readonly admin?: KafkaJsAdmin | undefined;
  /** Default `credits.cache-invalidation.v1`. */
  readonly topic?: string | undefined;
}

/**
 * Feeds a cache from a kafkajs consumer, and takes it online and offline with it. `consumer.run` is called here;
 * disconnecting is left to the caller.
 *
 * The consumer subscribes from the beginning, so that its place is never after the present: whatever it skips was
 * published before the cache went online, and reads that begin after that know of it.
 */
export async function followWithKafkaJs(options: FollowOptions): Promise<void> {
  const { cache, consumer, admin, topic = 'credits.cache-invalidation.v1' } = options;
  const { events } = consumer;
  /** Counts joins and interruptions, so that a slow look-up of offsets can't take a cache online that has gone off. */
  let turn = 0;
  const goOffline = (): void => {
    turn += 1;
    cache.offline();
  };
  const goOnline = async (): Promise<void> => {
    goOffline();
    const mine = turn;
    const ends = await endsOf(admin, topic);
    if (mine !== turn) return;
    for (const { partition, high } of ends) consumer.seek({ topic, partition, offset: high });
    cache.online();
  };
  consumer.on(events.GROUP_JOIN, () => void goOnline());
  consumer.on(events.REBALANCING, goOffline);
  consumer.on(events.CRASH, goOffline);
  consumer.on(events.STOP, goOffline);
  consumer.on(events.DISCONNECT, goOffline);
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachBatch: async ({ batch }) => {
      for (const message of batch.messages) cache.apply(message);
    },
  });
}

/** Where the topic ends now. Without them nothing is skipped, which only takes longer. */
async function endsOf(admin: KafkaJsAdmin | undefined, topic: string): Promise<{ partition: number; high: string }[]> {
  try {
    return (await admin?.fetchTopicOffsets(topic)) ?? [];
  } catch {
    return [];
  }
}
