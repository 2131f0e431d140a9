import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryBroker, MemoryLogAdmin, MemoryLogConsumer } from './in-memory/index.js';
import type { LogConsumerHandlers } from './log-consumer.js';
import type { Headers } from './ports.js';
import { ReplyListener } from './reply-listener.js';

const TOPIC = 'gateway.reply';

describe('reply listener', () => {
  let broker: MemoryBroker;
  let listeners: ReplyListener[];

  beforeEach(() => {
    broker = new MemoryBroker();
    broker.createTopic({ name: TOPIC, partitions: 3, configs: {} });
    listeners = [];
  });

  afterEach(async () => {
    await Promise.all(listeners.map((listener) => listener.stop()));
  });

  function make(groupId: string, waitersMax?: number) {
    const consumer = new MemoryLogConsumer(broker, groupId, { startFrom: 'latest' });
    const listener = new ReplyListener({ topic: TOPIC, consumer, admin: new MemoryLogAdmin(broker), waitersMax });
    listeners.push(listener);
    return { listener, consumer };
  }

  async function ready(groupId = 'gateway-1', waitersMax?: number) {
    const made = make(groupId, waitersMax);
    await made.listener.start();
    while (!made.listener.isReady) await sleep(1);
    return made;
  }

  /** What a worker does. */
  function answer(headers: Headers, value: string): void {
    const partition = Number(headers.kafka_replyPartition);
    const record = { value, partition, headers: { kafka_correlationId: headers.kafka_correlationId } };
    broker.send([{ topic: String(headers.kafka_replyTopic), records: [record] }]);
  }

  it('resolves with the reply that carries the correlation id', async () => {
    const { listener } = await ready();
    const [first, second] = [listener.expect(1_000)!, listener.expect(1_000, 'mine')!];
    expect(second.headers.kafka_correlationId).toBe('mine');
    answer(second.headers, 'two');
    answer(first.headers, 'one');
    expect(String(await first.value)).toBe('one');
    expect(String(await second.value)).toBe('two');
  });

  it('resolves with nothing when no reply came in time, or when cancelled', async () => {
    const { listener } = await ready();
    const late = listener.expect(10)!;
    const cancelled = listener.expect(60_000)!;
    cancelled.cancel();
    expect(await cancelled.value).toBeUndefined();
    expect(await late.value).toBeUndefined();
    answer(late.headers, 'too late');
    await sleep(30);
  });

  it('does not read replies from before its start', async () => {
    for (const partition of [0, 1, 2]) {
      broker.send([{ topic: TOPIC, records: [{ value: 'old', partition, headers: { kafka_correlationId: 'same' } }] }]);
    }
    const { listener } = await ready();
    expect(await listener.expect(50, 'same')!.value).toBeUndefined();
  });

  it('ignores replies of other processes and records without a correlation id', async () => {
    const { listener } = await ready('gateway-1');
    const mine = listener.expect(1_000)!;
    const partition = Number(mine.headers.kafka_replyPartition);
    broker.send([{ topic: TOPIC, records: [{ value: 'x', partition }] }]);
    answer({ ...mine.headers, kafka_correlationId: 'other' }, 'not mine');
    answer(mine.headers, 'mine');
    expect(String(await mine.value)).toBe('mine');
  });

  it('expects nothing before it listens, or when too many replies are waited for', async () => {
    expect(make('gateway-0').listener.expect(10)).toBeUndefined();
    const { listener } = await ready('gateway-1', 1);
    const only = listener.expect(1_000);
    expect(listener.expect(1_000)).toBeUndefined();
    only?.cancel();
    expect(listener.expect(10)).toBeDefined();
  });

  it('misses no reply that is sent while its group rebalances', async () => {
    const { listener, consumer } = await ready();
    const waiting = listener.expect(2_000)!;
    consumer.expire();
    answer(waiting.headers, 'meanwhile');
    expect(String(await waiting.value)).toBe('meanwhile');
  });

  it('tells when its client gave up, and expects nothing while it restarts', async () => {
    let handlers: LogConsumerHandlers | undefined;
    const fatal: string[] = [];
    const consumer = new MemoryLogConsumer(broker, 'gateway-9', { startFrom: 'latest' });
    const start = consumer.start.bind(consumer);
    consumer.start = (topics, given) => start(topics, (handlers = given));
    const onFatal = (error: Error) => void fatal.push(error.message);
    const listener = new ReplyListener({ topic: TOPIC, consumer, admin: new MemoryLogAdmin(broker), onFatal });
    listeners.push(listener);
    await listener.start();
    while (!listener.isReady) await sleep(1);
    handlers?.crashed(new Error('away'), true);
    expect(listener.expect(10)).toBeUndefined();
    expect(fatal).toEqual([]);
    handlers?.crashed(new Error('dead'), false);
    expect(fatal).toEqual(['dead']);
  });

  it('stop() ends all waiting and removes its group', async () => {
    const { listener } = await ready('gateway-1');
    const waiting = listener.expect(60_000)!;
    await listener.stop();
    expect(await waiting.value).toBeUndefined();
    expect(listener.expect(10)).toBeUndefined();
    expect(broker.group('gateway-1').offsets.size).toBe(0);
  });
});
