import { setTimeout as sleep } from 'node:timers/promises';
import { RecordingLedger } from '../contract/recording-ledger.js';
import { MemoryBroker, MemoryLogAdmin, MemoryLogConsumer } from '../in-memory/index.js';
import type { LogConsumerHandlers } from '../log-consumer.js';
import { MembershipLost } from '../ports.js';
import { BatchConsumer, type BatchConsumerOptions, type ConsumerObserver } from './index.js';

const TOPIC = 'commands';
const QUICK: Partial<BatchConsumerOptions> = {
  sessionTimeoutMs: 1_000,
  heartbeatIntervalMs: 10,
  compareIntervalMs: 50,
  backoffInitialMs: 2,
  backoffMaxMs: 10,
  retryInPlaceMs: 30,
  pauseMaxMs: 50,
  stopDeadlineMs: 500,
};

describe('batch consumer', () => {
  let broker: MemoryBroker;
  let ledger: RecordingLedger;
  let started: BatchConsumer[];

  beforeEach(() => {
    broker = new MemoryBroker({ rebalanceTimeoutMs: 300 });
    broker.createTopic({ name: TOPIC, partitions: 1, configs: {} });
    ledger = new RecordingLedger();
    started = [];
  });

  afterEach(async () => {
    broker.comeBack();
    await Promise.all(started.map((consumer) => consumer.stop()));
  });

  function make(
    options: Partial<BatchConsumerOptions> = {},
    observer: ConsumerObserver = {},
    client = new MemoryLogConsumer(broker, 'workers'),
    onFatal: (error: Error) => void = () => undefined,
  ) {
    const consumer = new BatchConsumer({
      topics: [TOPIC],
      consumer: client,
      admin: new MemoryLogAdmin(broker),
      positions: ledger.positions,
      processor: ledger,
      options: { ...QUICK, ...options },
      observer,
      onFatal,
    });
    started.push(consumer);
    return { consumer, client };
  }

  function send(...values: string[]): void {
    broker.send([{ topic: TOPIC, records: values.map((value) => ({ value, partition: 0 })) }]);
  }

  const applied = () => ledger.appliedOn(TOPIC, 0);
  const published = () => ledger.publishedOn(TOPIC, 0);

  describe('membership', () => {
    it('a worker that the group has given up publishes nothing and lets its successor send the events', async () => {
      const { consumer: zombie, client } = make();
      const gate = deferred();
      let firstChunk = true;
      ledger.beforePublish = async () => {
        if (!firstChunk) return;
        firstChunk = false;
        await gate.promise;
      };
      send('a');
      await zombie.start();
      await eventually(() => expect(applied()).toEqual(['a']));
      client.expire();
      const { consumer: successor } = make();
      await successor.start();
      await eventually(() => expect(published()).toEqual(['a']));
      gate.resolve();
      await sleep(50);
      expect(published()).toEqual(['a']);
      expect(applied()).toEqual(['a']);
    });

    it('a worker that was away while its successor went on applies nothing of what it had in hand', async () => {
      const { consumer: zombie, client } = make();
      const gate = deferred();
      ledger.beforeApply = () => gate.promise;
      send('a');
      await zombie.start();
      await eventually(() => expect(ledger.chunks).toHaveLength(1));
      client.expire();
      ledger.beforeApply = () => undefined;
      const { consumer: successor } = make();
      await successor.start();
      send('b');
      await eventually(() => expect(published()).toEqual(['a', 'b']));
      gate.resolve();
      await sleep(50);
      expect(applied()).toEqual(['a', 'b']);
      expect(published()).toEqual(['a', 'b']);
    });

    it('events may only be sent while the last heartbeat is younger than the session timeout', async () => {
      const may: boolean[] = [];
      let nowMs = 1_000_000;
      broker = new MemoryBroker({ nowMs: () => nowMs });
      broker.createTopic({ name: TOPIC, partitions: 1, configs: {} });
      const consumer = new BatchConsumer({
        topics: [TOPIC],
        consumer: new MemoryLogConsumer(broker, 'workers'),
        admin: new MemoryLogAdmin(broker),
        positions: ledger.positions,
        processor: {
          process: (_chunk, signal) => {
            may.push(signal.mayPublish());
            broker.goAway();
            nowMs += 999;
            may.push(signal.mayPublish());
            nowMs += 1;
            may.push(signal.mayPublish());
            broker.comeBack();
            return Promise.resolve();
          },
        },
        options: QUICK,
        nowMs: () => nowMs,
        onFatal: () => undefined,
      });
      started.push(consumer);
      send('a');
      await consumer.start();
      await eventually(() => expect(may).toEqual([true, true, false]));
    });

    it('a chunk whose processor finds the membership lost is left for whoever owns the partition', async () => {
      let losses = 0;
      ledger.beforePublish = () => {
        if (losses++ < 2) throw new MembershipLost('no heartbeat for too long');
      };
      const failures: unknown[] = [];
      send('a');
      await make({}, { chunkFailed: ({ error }) => void failures.push(error) }).consumer.start();
      await eventually(() => expect(published()).toEqual(['a']));
      expect(failures).toEqual([]);
    });

    it('a worker finishes the chunk in hand, and only that, when the group waits for it', async () => {
      const gate = deferred();
      ledger.beforePublish = (chunk) => (chunk.records[0]?.offset === 0n ? gate.promise : undefined);
      send('a', 'b');
      await make({ chunkRecordsMax: 1 }).consumer.start();
      await eventually(() => expect(applied()).toEqual(['a']));
      const joining = make({ chunkRecordsMax: 1 }).consumer.start();
      await sleep(30);
      gate.resolve();
      await joining;
      await eventually(() => expect(published()).toEqual(['a', 'b']));
    });

    it('a worker leaves a failing chunk at once when the group waits for it', async () => {
      ledger.beforeApply = () => Promise.reject(new Error('database away'));
      send('a');
      const first = make({ retryInPlaceMs: 60_000, backoffInitialMs: 50, backoffMaxMs: 50 }).consumer;
      await first.start();
      await eventually(() => expect(ledger.chunks.length).toBeGreaterThan(0));
      const second = make().consumer;
      await second.start();
      await eventually(() => expect(first.assignedPartitions.length + second.assignedPartitions.length).toBe(1));
      expect(broker.group('workers').memberCount).toBe(2);
    });
  });

  describe('positions', () => {
    it('passes over offsets that consumers never see', async () => {
      send('a');
      broker.partition({ topic: TOPIC, partition: 0 }).appendHidden();
      const { consumer } = make();
      await consumer.start();
      await eventually(() => expect(published()).toEqual(['a']));
      broker.partition({ topic: TOPIC, partition: 0 }).appendHidden();
      broker.partition({ topic: TOPIC, partition: 0 }).appendHidden();
      await sleep(60);
      send('b');
      await eventually(() => expect(published()).toEqual(['a', 'b']));
      expect(consumer.stoppedPartitions).toEqual([]);
    });

    it('stops when the topic was made anew, instead of taking its records for redeliveries', async () => {
      send('a', 'b', 'c');
      const { consumer } = make();
      await consumer.start();
      await eventually(() => expect(published()).toHaveLength(3));
      broker.deleteTopic(TOPIC);
      broker.createTopic({ name: TOPIC, partitions: 1, configs: {} });
      send('x');
      await eventually(() => expect(consumer.stoppedPartitions[0]?.reason).toBe('position-above-log-end'));
      expect(applied()).toEqual(['a', 'b', 'c']);
    });

    it('claims again when the position store was away at the assignment', async () => {
      const { claim } = ledger.positions;
      let attempts = 0;
      ledger.positions.claim = function (topic, partitions) {
        return attempts++ < 3 ? Promise.reject(new Error('database away')) : claim.call(this, topic, partitions);
      };
      const warnings: string[] = [];
      send('a');
      await make({}, { warning: (message) => void warnings.push(message) }).consumer.start();
      await eventually(() => expect(published()).toEqual(['a']));
      expect(warnings).toEqual(Array(3).fill('Positions could not be claimed; trying again.'));
    });

    it('claims once for a chunk whose position was lost, and goes on where it was', async () => {
      send('a', 'b');
      const positions: bigint[] = [];
      const { consumer } = make(
        { chunkRecordsMax: 1 },
        { positioned: ({ position }) => void positions.push(position) },
      );
      let taken = false;
      ledger.beforeApply = (chunk) => {
        if (taken || chunk.records[0]?.offset !== 1n) return;
        taken = true;
        ledger.positions.set(TOPIC, 0, 1n);
      };
      await consumer.start();
      await eventually(() => expect(published()).toEqual(['a', 'b']));
      expect(positions).toEqual([0n, 1n]);
    });
  });

  describe('outages', () => {
    it('a log that is away is waited for at start', async () => {
      broker.goAway();
      const { consumer } = make();
      const starting = consumer.start();
      await sleep(30);
      expect(consumer.state).toBe('starting');
      broker.comeBack();
      await starting;
      send('a');
      await eventually(() => expect(published()).toEqual(['a']));
    });

    it('a log that goes away is waited for, and nothing is lost or repeated', async () => {
      const { consumer } = make();
      await consumer.start();
      send('a');
      await eventually(() => expect(published()).toEqual(['a']));
      broker.goAway();
      await sleep(120);
      broker.comeBack();
      send('b');
      await eventually(() => expect(published()).toEqual(['a', 'b']));
    });

    it('a paused partition holds no records in memory and is tried once per pause', async () => {
      ledger.beforeApply = () => Promise.reject(new Error('database away'));
      const failures: boolean[] = [];
      send('a');
      const { consumer } = make({ retryInPlaceMs: 0 }, { chunkFailed: ({ paused }) => void failures.push(paused) });
      await consumer.start();
      await eventually(() => expect(failures.length).toBeGreaterThanOrEqual(3));
      expect(failures.every((paused) => paused)).toBe(true);
      expect(ledger.chunks.length).toBe(failures.length);
    });

    it('an observer that throws does not stop the partition', async () => {
      let thrown = 0;
      const warnings: string[] = [];
      send('a');
      const { consumer } = make(
        {},
        {
          warning: (message) => void warnings.push(message),
          chunkDone: () => {
            if (thrown++ === 0) throw new TypeError('bug in a metric');
          },
        },
      );
      await consumer.start();
      await eventually(() => expect(published()).toEqual(['a']));
      send('b');
      await eventually(() => expect(published()).toEqual(['a', 'b']));
      expect(warnings).toEqual(["The observer's chunkDone threw."]);
    });
  });

  describe('life cycle', () => {
    it('stop() ends an outage’s wait at once', async () => {
      ledger.beforeApply = () => Promise.reject(new Error('database away'));
      send('a');
      const { consumer } = make({ backoffInitialMs: 10_000, backoffMaxMs: 10_000, retryInPlaceMs: 60_000 });
      await consumer.start();
      await eventually(() => expect(ledger.chunks).toHaveLength(1));
      const before = Date.now();
      expect(await consumer.stop()).toBe(true);
      expect(Date.now() - before).toBeLessThan(300);
    });

    it('stop() gives up at its deadline when a chunk does not end', async () => {
      const gate = deferred();
      ledger.beforeApply = () => gate.promise;
      send('a');
      const { consumer } = make({ stopDeadlineMs: 50 });
      await consumer.start();
      await eventually(() => expect(ledger.chunks).toHaveLength(1));
      expect(await consumer.stop()).toBe(false);
      gate.resolve();
    });

    it('stop() before start() has connected ends start()', async () => {
      broker.goAway();
      const { consumer } = make();
      const starting = consumer.start();
      expect(await consumer.stop()).toBe(true);
      await starting;
      expect(consumer.state).toBe('stopped');
    });

    it('a client that gave up for good is told to the process, one that restarts is not', async () => {
      const fatal: string[] = [];
      let handlers: LogConsumerHandlers | undefined;
      const client = new MemoryLogConsumer(broker, 'workers');
      const start = client.start.bind(client);
      client.start = (topics, given) => start(topics, (handlers = given));
      const { consumer } = make({}, {}, client, (error) => void fatal.push(error.message));
      await consumer.start();
      handlers?.crashed(new Error('broker away'), true);
      expect(fatal).toEqual([]);
      expect(consumer.state).toBe('running');
      handlers?.crashed(new Error('unsupported version'), false);
      expect(fatal).toEqual(['unsupported version']);
      expect(consumer.state).toBe('failed');
    });
  });
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

async function eventually(assertion: () => void): Promise<void> {
  const deadline = Date.now() + 4_000;
  for (;;) {
    try {
      return assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(5);
    }
  }
}
