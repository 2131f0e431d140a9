import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchConsumer, type BatchConsumerOptions, type ConsumerObserver } from '../batch-consumer/index.js';
import { PositionLost } from '../ports.js';
import { consumerLag } from '../log-admin.js';
import type { LogUnderTest } from './log-under-test.js';
import { RecordingLedger } from './recording-ledger.js';

const QUICK: Partial<BatchConsumerOptions> = {
  sessionTimeoutMs: 6_000,
  heartbeatIntervalMs: 50,
  compareIntervalMs: 200,
  backoffInitialMs: 5,
  backoffMaxMs: 20,
  retryInPlaceMs: 100,
  pauseMaxMs: 200,
  stopDeadlineMs: 10_000,
};

/** The rules that every implementation of the log's ports keeps. */
export function logContract(name: string, open: () => Promise<LogUnderTest>): void {
  describe(name, () => {
    jest.setTimeout(30_000);
    let log: LogUnderTest;
    let started: BatchConsumer[];
    let topic: string;
    let groupId: string;
    let ledger: RecordingLedger;

    beforeAll(async () => {
      log = await open();
    });

    afterAll(async () => {
      await log.close();
    });

    beforeEach(() => {
      started = [];
      groupId = `group-${randomUUID()}`;
      ledger = new RecordingLedger();
    });

    afterEach(async () => {
      await Promise.all(started.map((consumer) => consumer.stop()));
    });

    function make(options: Partial<BatchConsumerOptions> = {}, observer: ConsumerObserver = {}): BatchConsumer {
      const consumer = new BatchConsumer({
        topics: [topic],
        consumer: log.consumer(groupId),
        admin: log.admin,
        positions: ledger.positions,
        processor: ledger,
        options: { ...QUICK, ...options },
        observer,
        onFatal: (error) => {
          throw error;
        },
      });
      started.push(consumer);
      return consumer;
    }

    async function start(options?: Partial<BatchConsumerOptions>, observer?: ConsumerObserver): Promise<BatchConsumer> {
      const consumer = make(options, observer);
      await consumer.start();
      return consumer;
    }

    async function send(partition: number, ...values: string[]): Promise<void> {
      await log.producer.send([{ topic, records: values.map((value) => ({ value, partition })) }]);
    }

    const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `${from + index}`);

    async function committed(partition: number): Promise<bigint | null> {
      return (await log.admin.groupOffsets(groupId, topic)).get(partition) ?? null;
    }

    describe('producer', () => {
      it('has every record on the log when send() resolves, in the order of calls and of records', async () => {
        topic = await log.createTopic(2);
        await Promise.all([send(0, 'a', 'b'), send(0, 'c'), send(1, 'x')]);
        expect(await log.admin.logRanges(topic)).toEqual(
          new Map([
            [0, { start: 0n, end: 3n }],
            [1, { start: 0n, end: 1n }],
          ]),
        );
        await start();
        await eventually(() => expect(ledger.appliedOn(topic, 0)).toEqual(['a', 'b', 'c']));
      });

      it('goes on with the next call in the moment in which the last one was acknowledged', async () => {
        topic = await log.createTopic(1);
        const { producer } = log;
        for (let call = 0; call < 5; call++) {
          await new Promise<void>((resolve, reject) => {
            producer.send([{ topic, records: [{ value: `${call}` }] }]).then(resolve, reject);
          });
        }
        expect((await log.admin.logRanges(topic)).get(0)?.end).toBe(5n);
      });

      it('keeps key, value, headers and absent values', async () => {
        topic = await log.createTopic(1);
        await log.producer.send([
          {
            topic,
            records: [
              { key: 'k', value: 'v', headers: { one: '1', many: ['a', Buffer.from('b')], no: undefined } },
              { value: null },
            ],
          },
        ]);
        await start();
        await eventually(() => expect(ledger.chunks.flatMap(({ records }) => records)).toHaveLength(2));
        const [first, second] = ledger.chunks.flatMap(({ records }) => records);
        expect(first).toMatchObject({ key: Buffer.from('k'), value: Buffer.from('v') });
        expect(first?.headers).toEqual({ one: Buffer.from('1'), many: [Buffer.from('a'), Buffer.from('b')] });
        expect(Math.abs(first!.timestampMs - Date.now())).toBeLessThan(60_000);
        expect(second).toMatchObject({ key: null, value: null, headers: {} });
      });

      it('keeps headers without a value, and headers whose names every object has', async () => {
        topic = await log.createTopic(1);
        const names = ['constructor', '__proto__', 'toString'];
        const sent = Object.fromEntries(names.map((name, index) => [name, index === 0 ? ['a', null, 'b'] : name]));
        await log.producer.send([{ topic, records: [{ value: 'v', headers: { none: null, ...sent } }] }]);
        await start();
        await eventually(() => expect(ledger.chunks.flatMap(({ records }) => records)).toHaveLength(1));
        expect(Object.entries(ledger.chunks[0]!.records[0]!.headers)).toEqual([
          ['none', null],
          ['constructor', [Buffer.from('a'), null, Buffer.from('b')]],
          ['__proto__', Buffer.from('__proto__')],
          ['toString', Buffer.from('toString')],
        ]);
      });

      it('sends equal keys to the partition that Java clients choose', async () => {
        topic = await log.createTopic(12);
        await log.producer.send([
          { topic, records: ['acme:key_1', 'acme:key_1', 'acme:user_7'].map((key) => ({ key, value: key })) },
        ]);
        await start();
        // murmur2 of these keys, as DefaultPartitioner of kafka-clients computes it, modulo 12.
        await eventually(() => {
          const byPartition = [...ledger.applied].map(
            ([partition, values]) => `${partition.split('/')[1]}:${values.length}`,
          );
          expect(byPartition.toSorted()).toEqual(['5:1', '9:2']);
        });
      });

      it('rejects a topic that does not exist and goes on with the next call', async () => {
        topic = await log.createTopic(1);
        await expect(log.producer.send([{ topic: `${topic}-missing`, records: [{ value: 'a' }] }])).rejects.toThrow();
        await send(0, 'b');
        expect((await log.admin.logRanges(topic)).get(0)?.end).toBe(1n);
      });
    });

    describe('admin', () => {
      it('makes topics with their configuration once, and describes only those that exist', async () => {
        topic = `made-${randomUUID()}`;
        const definition = { name: topic, partitions: 3, configs: { 'message.timestamp.type': 'LogAppendTime' } };
        expect(await log.admin.createTopics([definition])).toEqual([topic]);
        expect(await log.admin.createTopics([definition])).toEqual([]);
        const described = await log.admin.describeTopics([topic, `${topic}-missing`]);
        expect([...described.keys()]).toEqual([topic]);
        expect(described.get(topic)).toMatchObject({ partitions: 3, configs: definition.configs });
      });

      it('counts the lag of a group from its offset, or from the beginning of the log when it has none', async () => {
        topic = await log.createTopic(2);
        await send(0, ...numbers(0, 10));
        expect(await consumerLag(log.admin, groupId, topic)).toEqual(new Map([[0, 10n], [1, 0n]])); // prettier-ignore
        const consumer = await start();
        await eventually(() => expect(ledger.publishedOn(topic, 0)).toHaveLength(10));
        await consumer.stop();
        expect(await consumerLag(log.admin, groupId, topic)).toEqual(new Map([[0, 0n], [1, 0n]])); // prettier-ignore
      });

      it('deletes a group, and is content when there is none', async () => {
        await expect(log.admin.deleteGroup(`none-${randomUUID()}`)).resolves.toBeUndefined();
      });
    });

    describe('batch consumer', () => {
      it('processes each record of every partition once and in order, in chunks of limited size', async () => {
        topic = await log.createTopic(3);
        for (const partition of [0, 1, 2]) await send(partition, ...numbers(0, 250));
        await start({ chunkRecordsMax: 100 });
        await eventually(() => {
          for (const partition of [0, 1, 2]) expect(ledger.publishedOn(topic, partition)).toEqual(numbers(0, 250));
        });
        expect(Math.max(...ledger.chunks.map(({ records }) => records.length))).toBeLessThanOrEqual(100);
      });

      it('begins no chunk of a partition before the one before it is done', async () => {
        topic = await log.createTopic(1);
        let atWork = 0;
        let most = 0;
        ledger.beforeApply = async () => {
          most = Math.max(most, ++atWork);
          await sleep(2);
          atWork--;
        };
        await send(0, ...numbers(0, 50));
        await start({ chunkRecordsMax: 5 });
        await eventually(() => expect(ledger.publishedOn(topic, 0)).toHaveLength(50));
        expect(most).toBe(1);
      });

      it('moves the offset only after process() has resolved', async () => {
        topic = await log.createTopic(1);
        const gate = deferred();
        ledger.beforePublish = () => gate.promise;
        await send(0, 'a');
        const consumer = await start();
        await eventually(() => expect(ledger.appliedOn(topic, 0)).toEqual(['a']));
        expect((await committed(0)) ?? 0n).toBe(0n);
        gate.resolve();
        await eventually(async () => expect(await committed(0)).toBe(1n));
        await consumer.stop();
      });

      it('delivers what was not resolved again, and the row tells that it was applied', async () => {
        topic = await log.createTopic(1);
        await send(0, 'a', 'b');
        ledger.beforePublish = () => Promise.reject(new Error('the broker is away'));
        const first = await start();
        await eventually(() => expect(ledger.appliedOn(topic, 0)).toEqual(['a', 'b']));
        await first.stop();
        expect(ledger.publishedOn(topic, 0)).toEqual([]);
        ledger.beforePublish = () => undefined;
        await start();
        await eventually(() => expect(ledger.publishedOn(topic, 0)).toEqual(['a', 'b']));
        expect(ledger.appliedOn(topic, 0)).toEqual(['a', 'b']);
        const last = ledger.chunks.at(-1)!;
        expect(last.records[0]?.offset).toBe(0n);
        expect(last.fence.nextOffset).toBe(2n);
      });

      it('goes on where the group left off', async () => {
        topic = await log.createTopic(1);
        await send(0, 'a');
        const first = await start();
        await eventually(async () => expect(await committed(0)).toBe(1n));
        await first.stop();
        await send(0, 'b');
        await start();
        await eventually(() => expect(ledger.publishedOn(topic, 0)).toEqual(['a', 'b']));
      });

      it('reads everything again after the group offsets were lost', async () => {
        topic = await log.createTopic(1);
        await send(0, 'a', 'b');
        const first = await start();
        await eventually(async () => expect(await committed(0)).toBe(2n));
        await first.stop();
        await log.admin.deleteGroup(groupId);
        await start();
        await eventually(() => expect(ledger.publishedOn(topic, 0)).toEqual(['a', 'b', 'a', 'b']));
        expect(ledger.appliedOn(topic, 0)).toEqual(['a', 'b']);
      });

      it('reads from the beginning of the log when there is no row, whatever the group says', async () => {
        topic = await log.createTopic(1);
        await send(0, 'a', 'b');
        await log.admin.setGroupOffsets(groupId, topic, new Map([[0, 2n]]));
        await start();
        await eventually(() => expect(ledger.appliedOn(topic, 0)).toEqual(['a', 'b']));
      });

      it('begins where the log begins when retention came before the first start', async () => {
        topic = await log.createTopic(1);
        await send(0, 'a', 'b', 'c');
        await log.deleteRecordsBefore(topic, 0, 2n);
        const consumer = await start();
        await eventually(() => expect(ledger.appliedOn(topic, 0)).toEqual(['c']));
        expect(consumer.stoppedPartitions).toEqual([]);
      });

      it('goes back to the row of a restored backup at start', async () => {
        topic = await log.createTopic(1);
        await send(0, ...numbers(0, 6));
        const first = await start();
        await eventually(async () => expect(await committed(0)).toBe(6n));
        await first.stop();
        ledger.restore(topic, 0, 3n);
        await start();
        await eventually(() => expect(ledger.appliedOn(topic, 0)).toEqual(numbers(0, 6)));
        expect(ledger.publishedOn(topic, 0)).toEqual([...numbers(0, 6), ...numbers(3, 6)]);
      });

      it('goes back to the row of a backup restored meanwhile, on a quiet partition', async () => {
        topic = await log.createTopic(1);
        await send(0, ...numbers(0, 6));
        await start();
        await eventually(async () => expect(await committed(0)).toBe(6n));
        ledger.restore(topic, 0, 2n);
        await eventually(() => expect(ledger.appliedOn(topic, 0)).toEqual(numbers(0, 6)));
      });

      it('goes back to the row of a backup restored meanwhile, on a busy partition', async () => {
        topic = await log.createTopic(1);
        await send(0, ...numbers(0, 6));
        await start();
        await eventually(async () => expect(await committed(0)).toBe(6n));
        ledger.restore(topic, 0, 2n);
        await send(0, '6', '7');
        await eventually(() => expect(ledger.appliedOn(topic, 0)).toEqual(numbers(0, 8)));
      });

      it('applies nothing, claims anew and loses nothing when the position was lost', async () => {
        topic = await log.createTopic(1);
        let losses = 0;
        const lost: string[] = [];
        ledger.beforeApply = (chunk) => {
          if (losses++ === 0) throw new PositionLost(chunk.topic, chunk.partition, 'taken over');
        };
        await send(0, ...numbers(0, 20));
        await start({ chunkRecordsMax: 5 }, { positionLost: ({ error }) => void lost.push(error.message) });
        await eventually(() => expect(ledger.publishedOn(topic, 0)).toEqual(numbers(0, 20)));
        expect(lost).toEqual(['taken over']);
      });

      it('sends the events of a chunk whose commit acknowledgement was lost, without applying it twice', async () => {
        topic = await log.createTopic(1);
        let failures = 0;
        ledger.beforePublish = () => {
          if (failures++ === 0) throw new Error('connection lost after commit');
        };
        await send(0, 'a', 'b');
        await start();
        await eventually(() => expect(ledger.publishedOn(topic, 0)).toEqual(['a', 'b']));
        expect(ledger.appliedOn(topic, 0)).toEqual(['a', 'b']);
      });

      it('stops a partition whose row lies below the log, loudly, until an operator moves the row', async () => {
        topic = await log.createTopic(2);
        await send(0, ...numbers(0, 4));
        await send(1, 'x');
        ledger.positions.set(topic, 0, 1n);
        await log.deleteRecordsBefore(topic, 0, 3n);
        const consumer = await start();
        await eventually(() => expect(consumer.stoppedPartitions).toHaveLength(1));
        expect(consumer.stoppedPartitions[0]).toMatchObject({
          topic,
          partition: 0,
          reason: 'position-below-log-start',
          position: 1n,
          logStart: 3n,
        });
        expect(consumer.stoppedPartitions[0]?.message).toMatch(
          /Records 1 to 2 were removed.*creditbus progress accept/,
        );
        await eventually(() => expect(ledger.appliedOn(topic, 1)).toEqual(['x']));
        expect(ledger.appliedOn(topic, 0)).toEqual([]);
        ledger.positions.set(topic, 0, 3n);
        await eventually(() => expect(ledger.appliedOn(topic, 0)).toEqual(['3']));
        expect(consumer.stoppedPartitions).toEqual([]);
      });

      it('stops a partition whose row lies above the log', async () => {
        topic = await log.createTopic(1);
        await send(0, 'a');
        ledger.positions.set(topic, 0, 7n);
        const consumer = await start();
        await eventually(() => expect(consumer.stoppedPartitions[0]?.reason).toBe('position-above-log-end'));
        expect(ledger.chunks).toEqual([]);
      });

      it('stops when retention removes records while they wait, instead of jumping over them', async () => {
        topic = await log.createTopic(1);
        let away = true;
        ledger.beforeApply = () => {
          if (away) throw new Error('database away');
        };
        ledger.positions.set(topic, 0, 1n);
        await send(0, 'a', 'b', 'c', 'd');
        const stops: string[] = [];
        const consumer = await start({}, { stopped: ({ reason }) => void stops.push(reason) });
        await eventually(() => expect(consumer.pausedPartitions).toHaveLength(1));
        await log.deleteRecordsBefore(topic, 0, 3n);
        away = false;
        await eventually(() => expect(consumer.stoppedPartitions).toHaveLength(1));
        await sleep(500);
        expect(ledger.appliedOn(topic, 0)).toEqual([]);
        expect(stops).toEqual(['position-below-log-start']);
        ledger.positions.set(topic, 0, 3n);
        await eventually(() => expect(ledger.appliedOn(topic, 0)).toEqual(['d']));
      });

      it('stops a quiet partition when retention removes what it has not read', async () => {
        topic = await log.createTopic(1);
        await send(0, 'a', 'b', 'c');
        ledger.beforeApply = () => Promise.reject(new Error('database away'));
        const consumer = await start();
        await eventually(() => expect(ledger.chunks.length).toBeGreaterThan(0));
        await consumer.stop();
        ledger.positions.set(topic, 0, 1n);
        await log.deleteRecordsBefore(topic, 0, 3n);
        ledger.beforeApply = () => undefined;
        const second = await start();
        await eventually(() => expect(second.stoppedPartitions).toHaveLength(1));
      });

      it('waits out an outage and then goes on in order, without skipping or repeating an effect', async () => {
        topic = await log.createTopic(1);
        let away = true;
        const paused: boolean[] = [];
        ledger.beforeApply = () => {
          if (away) throw new TypeError('database away');
        };
        await send(0, ...numbers(0, 30));
        const consumer = await start(
          { chunkRecordsMax: 10 },
          { chunkFailed: (failure) => void paused.push(failure.paused) },
        );
        await eventually(() => expect(paused).toContain(true));
        expect(paused[0]).toBe(false);
        await eventually(() => expect(consumer.pausedPartitions).toEqual([{ topic, partition: 0 }]));
        away = false;
        await eventually(() => expect(ledger.publishedOn(topic, 0)).toEqual(numbers(0, 30)));
        expect(consumer.pausedPartitions).toEqual([]);
      });

      it('sends no later events of a partition before those of a failed chunk', async () => {
        topic = await log.createTopic(1);
        let failures = 0;
        ledger.beforePublish = (chunk) => {
          if (chunk.records[0]?.offset === 5n && failures++ < 8) throw new Error('not enough replicas');
        };
        await send(0, ...numbers(0, 20));
        await start({ chunkRecordsMax: 5 });
        await eventually(() => expect(ledger.publishedOn(topic, 0)).toEqual(numbers(0, 20)));
        expect(failures).toBeGreaterThan(8);
      });

      it('lets other partitions flow while a chunk of one always fails', async () => {
        topic = await log.createTopic(2);
        ledger.beforeApply = (chunk) => {
          if (chunk.partition === 0) throw new RangeError('bug');
        };
        await send(0, 'poison');
        await start();
        for (let round = 0; round < 10; round++) {
          await send(1, `${round}`);
          await sleep(30);
        }
        await eventually(() => expect(ledger.publishedOn(topic, 1)).toEqual(numbers(0, 10)));
        expect(ledger.publishedOn(topic, 0)).toEqual([]);
      });

      it('finishes the chunk in hand when it is stopped, and begins no other', async () => {
        topic = await log.createTopic(1);
        const gate = deferred();
        ledger.beforePublish = () => gate.promise;
        await send(0, ...numbers(0, 10));
        const consumer = await start({ chunkRecordsMax: 5 });
        await eventually(() => expect(ledger.appliedOn(topic, 0)).toHaveLength(5));
        const stopped = consumer.stop();
        gate.resolve();
        expect(await stopped).toBe(true);
        expect(ledger.publishedOn(topic, 0)).toEqual(numbers(0, 5));
        expect(await committed(0)).toBe(5n);
        expect(consumer.state).toBe('stopped');
      });

      it('shares partitions with a second consumer, and each record has one effect', async () => {
        topic = await log.createTopic(4);
        const first = await start();
        await eventually(() => expect(first.runningPartitions).toHaveLength(4));
        for (const partition of [0, 1, 2, 3]) await send(partition, ...numbers(0, 50));
        const second = await start();
        for (const partition of [0, 1, 2, 3]) await send(partition, ...numbers(50, 100));
        await eventually(() => {
          expect(first.runningPartitions).toHaveLength(2);
          expect(second.runningPartitions).toHaveLength(2);
        });
        for (const partition of [0, 1, 2, 3]) await send(partition, ...numbers(100, 150));
        await first.stop();
        await eventually(() => {
          for (const partition of [0, 1, 2, 3]) expect(ledger.appliedOn(topic, partition)).toEqual(numbers(0, 150));
        });
        await eventually(() => expect(second.runningPartitions).toHaveLength(4));
      });

      it('tells when the client last gave a sign of life', async () => {
        topic = await log.createTopic(1);
        const consumer = await start();
        await eventually(() => expect(Date.now() - consumer.lastActivityAtMs).toBeLessThan(2_000));
      });
    });
  });
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** Tries until the assertion holds, for at most 15 s. */
async function eventually(assertion: () => void | Promise<void>): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      await assertion();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(20);
    }
  }
}
