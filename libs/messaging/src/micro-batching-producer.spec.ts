import { setTimeout as sleep } from 'node:timers/promises';
import { ProduceRefused } from './kafkajs/record-batch/produce-failure.js';
import {
  BufferFull,
  MicroBatchingProducer,
  ProducerClosed,
  PublishFailed,
  type PublishTimeout,
} from './micro-batching-producer.js';
import type { LogProducer, TopicRecords } from './ports.js';

/** A producer whose acknowledgements the test gives. */
class ManualProducer implements LogProducer {
  readonly requests: { values: string[]; resolve: () => void; reject: (error: Error) => void }[] = [];
  inFlight = 0;
  inFlightMax = 0;
  answer: ((values: readonly string[]) => Promise<void>) | undefined;

  connect = () => Promise.resolve();
  disconnect = () => Promise.resolve();

  async send(batch: readonly TopicRecords[]): Promise<void> {
    const values = batch.flatMap(({ topic, records }) => records.map(({ value }) => `${topic}:${String(value)}`));
    this.inFlightMax = Math.max(this.inFlightMax, ++this.inFlight);
    try {
      if (this.answer !== undefined) {
        this.requests.push({ values, resolve: () => undefined, reject: () => undefined });
        return await this.answer(values);
      }
      await new Promise<void>((resolve, reject) => this.requests.push({ values, resolve, reject }));
    } finally {
      this.inFlight--;
    }
  }

  async request(index: number): Promise<ManualProducer['requests'][number]> {
    while (this.requests.length <= index) await sleep(1);
    return this.requests[index]!;
  }
}

describe('micro-batching producer', () => {
  it('sends a lone record after lingering, and what comes meanwhile with the next request, in order', async () => {
    const log = new ManualProducer();
    const producer = new MicroBatchingProducer(log, { lingerMs: 1 });
    const first = producer.publish('t', { value: 'a' });
    (await log.request(0)).values.forEach((value) => expect(value).toBe('t:a'));
    const others = ['b', 'c', 'd'].map((value) => producer.publish('t', { value }));
    await sleep(10);
    expect(log.requests).toHaveLength(1);
    log.requests[0]!.resolve();
    await first;
    const second = await log.request(1);
    expect(second.values).toEqual(['t:b', 't:c', 't:d']);
    second.resolve();
    await Promise.all(others);
    expect(log.inFlightMax).toBe(1);
    expect(producer.bufferedCount).toBe(0);
  });

  it('limits a request by records and by bytes', async () => {
    const log = new ManualProducer();
    log.answer = () => Promise.resolve();
    const producer = new MicroBatchingProducer(log, { batchRecordsMax: 3, batchBytesMax: 10 });
    const values = ['1', '2', '3', '4', '12345678', '123456789012', 'z'];
    await Promise.all(values.map((value) => producer.publish('t', { value })));
    expect(log.requests.map((request) => request.values.map((value) => value.slice(2)))).toEqual([
      ['1', '2', '3'],
      ['4', '12345678'],
      ['123456789012'],
      ['z'],
    ]);
  });

  it('refuses a record when too many records or bytes wait, without sending it', async () => {
    const log = new ManualProducer();
    const producer = new MicroBatchingProducer(log, { bufferRecordsMax: 2, bufferBytesMax: 10 });
    const two = [producer.publish('t', { value: 'a' }), producer.publish('t', { value: 'b' })];
    await expect(producer.publish('t', { value: 'c' })).rejects.toBeInstanceOf(BufferFull);
    (await log.request(0)).resolve();
    await Promise.all(two);
    await expect(producer.publish('t', { key: '123456', value: '78901' })).rejects.toThrow(
      '0 records (0 bytes) wait to be published already.',
    );
  });

  it('rejects at its deadline, and tells whether the record may be on the log', async () => {
    const log = new ManualProducer();
    const producer = new MicroBatchingProducer(log, { deadlineMs: 30, lingerMs: 0 });
    const sent = producer.publish('t', { value: 'a' });
    await log.request(0);
    const waiting = producer.publish('t', { value: 'b' });
    const errors = await Promise.allSettled([sent, waiting]);
    expect(errors.map((result) => result.status === 'rejected' && (result.reason as PublishTimeout).sent)).toEqual([
      true,
      false,
    ]);
    expect(errors[0]).toMatchObject({ reason: { name: 'PublishTimeout' } });
    log.requests[0]!.resolve();
    await sleep(5);
    expect(producer.bufferedCount).toBe(0);
    expect(log.requests).toHaveLength(1);
  });

  it('rejects only the record that the log refuses for what it is', async () => {
    const log = new ManualProducer();
    log.answer = (values) => {
      if (values.includes('t:large')) return Promise.reject(new ProduceRefused('t', 0, 10));
      return Promise.resolve();
    };
    const producer = new MicroBatchingProducer(log);
    const results = await Promise.allSettled(['a', 'large', 'b'].map((value) => producer.publish('t', { value })));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((results[1] as PromiseRejectedResult).reason).toMatchObject({ name: 'PublishFailed', retryable: false });
  });

  it('rejects all records of a request that failed, as retryable, and goes on', async () => {
    const log = new ManualProducer();
    let away = true;
    log.answer = () => (away ? Promise.reject(new Error('broker away')) : Promise.resolve());
    const producer = new MicroBatchingProducer(log);
    const failed = await Promise.allSettled(['a', 'b'].map((value) => producer.publish('t', { value })));
    for (const result of failed) {
      expect((result as PromiseRejectedResult).reason).toBeInstanceOf(PublishFailed);
      expect((result as PromiseRejectedResult).reason).toMatchObject({ retryable: true, message: 'broker away' });
    }
    away = false;
    await producer.publish('t', { value: 'c' });
  });

  it('close() sends what waits and refuses what comes after', async () => {
    const log = new ManualProducer();
    log.answer = () => sleep(5);
    const producer = new MicroBatchingProducer(log, { lingerMs: 60_000 });
    const waiting = producer.publish('t', { value: 'a' });
    await producer.close();
    await waiting;
    expect(log.requests.map(({ values }) => values)).toEqual([['t:a']]);
    await expect(producer.publish('t', { value: 'b' })).rejects.toBeInstanceOf(ProducerClosed);
  });
});
