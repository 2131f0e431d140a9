import { ProduceRefused, ProduceTimeout } from './kafkajs/record-batch/produce-failure.js';
import type { LogProducer, OutgoingRecord, TopicRecords } from './ports.js';

/** Settings of a `MicroBatchingProducer`. */
export interface MicroBatchingOptions {
  /** How long the first record of a batch waits for company, milliseconds; only while nothing is in flight. */
  readonly lingerMs: number;
  /** Records of one request. */
  readonly batchRecordsMax: number;
  /** Key and value bytes of one request. */
  readonly batchBytesMax: number;
  /** Records that may wait or be in flight. */
  readonly bufferRecordsMax: number;
  /** Their key and value bytes. */
  readonly bufferBytesMax: number;
  /** How long `publish` may take, milliseconds. */
  readonly deadlineMs: number;
}

export const MICRO_BATCHING_DEFAULTS: MicroBatchingOptions = {
  lingerMs: 2,
  batchRecordsMax: 500,
  batchBytesMax: 900_000,
  bufferRecordsMax: 10_000,
  bufferBytesMax: 32 * 1024 * 1024,
  deadlineMs: 5_000,
};

/** Nothing was sent: too many records wait already. */
export class BufferFull extends Error {
  override readonly name = 'BufferFull';
}

/** No acknowledgement within the deadline. */
export class PublishTimeout extends Error {
  override readonly name = 'PublishTimeout';
  constructor(
    message: string,
    /** False: certainly not on the log. True: its fate is unknown; the same command id may be sent again. */
    readonly sent: boolean,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The log refused the record, or can't be reached. */
export class PublishFailed extends Error {
  override readonly name = 'PublishFailed';
  constructor(
    message: string,
    /** False: the same record would be refused again. */
    readonly retryable: boolean,
    options: { cause: unknown },
  ) {
    super(message, options);
  }
}

/** `publish` was called after `close`. */
export class ProducerClosed extends Error {
  override readonly name = 'ProducerClosed';
}

interface Waiting {
  readonly topic: string;
  readonly record: OutgoingRecord;
  readonly bytes: number;
  sent: boolean;
  readonly settle: (error?: Error) => void;
}

/**
 * Publishes single records, gathered into few requests: for a gateway with many concurrent callers. At most one
 * request is in flight; what comes meanwhile goes out with the next, so that batches grow with the load and a lone
 * record waits only `lingerMs`. Order is the order of calls.
 */
export class MicroBatchingProducer {
  private readonly options: MicroBatchingOptions;
  private waiting: Waiting[] = [];
  private bufferedRecords = 0;
  private bufferedBytes = 0;
  private lingering: NodeJS.Timeout | undefined;
  private sending: Promise<void> | undefined;
  private closed = false;

  /** @param producer connected; it is not disconnected here. */
  constructor(
    private readonly producer: LogProducer,
    options: Partial<MicroBatchingOptions> = {},
  ) {
    this.options = { ...MICRO_BATCHING_DEFAULTS, ...options };
  }

  /** Records that wait or are in flight. */
  get bufferedCount(): number {
    return this.bufferedRecords;
  }

  /** Their key and value bytes. */
  get bufferedByteCount(): number {
    return this.bufferedBytes;
  }

  /**
   * Resolves when all in-sync replicas have the record.
   * @throws BufferFull, PublishTimeout, PublishFailed, ProducerClosed
   */
  publish(topic: string, record: OutgoingRecord): Promise<void> {
    const bytes = bytesOf(record);
    const { bufferRecordsMax, bufferBytesMax, deadlineMs } = this.options;
    if (this.closed) return Promise.reject(new ProducerClosed('The producer is closed.'));
    if (this.bufferedRecords >= bufferRecordsMax || this.bufferedBytes + bytes > bufferBytesMax) {
      const message = `${this.bufferedRecords} records (${this.bufferedBytes} bytes) wait to be published already.`;
      return Promise.reject(new BufferFull(message));
    }
    this.bufferedRecords++;
    this.bufferedBytes += bytes;
    return new Promise((resolve, reject) => {
      let settled = false;
      const entry: Waiting = {
        topic,
        record,
        bytes,
        sent: false,
        settle: (error) => {
          if (settled) return;
          settled = true;
          clearTimeout(deadline);
          if (error === undefined) resolve();
          else reject(error);
        },
      };
      const deadline = setTimeout(() => this.expire(entry), deadlineMs);
      this.waiting.push(entry);
      this.schedule();
    });
  }

  /** Sends what waits, within its deadlines; refuses what comes after. */
  async close(): Promise<void> {
    this.closed = true;
    while (this.waiting.length > 0 || this.sending !== undefined) {
      this.startSending();
      await this.sending;
    }
  }

  private schedule(): void {
    if (this.sending !== undefined || this.lingering !== undefined) return;
    if (this.waiting.length >= this.options.batchRecordsMax) return this.startSending();
    this.lingering = setTimeout(() => this.startSending(), this.options.lingerMs);
  }

  private startSending(): void {
    clearTimeout(this.lingering);
    this.lingering = undefined;
    if (this.waiting.length > 0) this.sending ??= this.sendAll();
  }

  private async sendAll(): Promise<void> {
    for (let batch = this.takeBatch(); batch.length > 0; batch = this.takeBatch()) {
      for (const entry of batch) entry.sent = true;
      try {
        await this.producer.send(byTopic(batch));
        for (const { settle } of batch) settle();
      } catch (error) {
        await this.afterFailure(batch, error);
      }
      for (const entry of batch) this.release(entry);
    }
    // In the same step as the last look at what waits: a record published in between would wait for ever.
    this.sending = undefined;
  }

  /** A refusal is the fault of some record: each is sent alone then. Repeats are harmless, commands have ids. */
  private async afterFailure(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (!(error instanceof ProduceRefused) || batch.length === 1) {
      for (const { settle } of batch) settle(published(error));
      return;
    }
    for (const { topic, record, settle } of batch) {
      await this.producer.send([{ topic, records: [record] }]).then(
        () => settle(),
        (own: unknown) => settle(published(own)),
      );
    }
  }

  private takeBatch(): Waiting[] {
    const { batchRecordsMax, batchBytesMax } = this.options;
    let count = 0;
    let total = 0;
    for (const { bytes } of this.waiting.slice(0, batchRecordsMax)) {
      total += bytes;
      if (total > batchBytesMax && count > 0) break;
      count++;
    }
    return this.waiting.splice(0, count);
  }

  private expire(entry: Waiting): void {
    const message = `The record was not acknowledged within ${this.options.deadlineMs} ms.`;
    entry.settle(new PublishTimeout(message, entry.sent));
    // What is in flight keeps its room until the request has ended.
    if (entry.sent) return;
    this.waiting = this.waiting.filter((other) => other !== entry);
    this.release(entry);
  }

  private release({ bytes }: Waiting): void {
    this.bufferedRecords--;
    this.bufferedBytes -= bytes;
  }
}

function published(error: unknown): Error {
  if (error instanceof ProduceTimeout) return new PublishTimeout(error.message, true, { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  return new PublishFailed(message, !(error instanceof ProduceRefused), { cause: error });
}

function byTopic(batch: readonly Waiting[]): TopicRecords[] {
  const topics = new Map<string, OutgoingRecord[]>();
  for (const { topic, record } of batch) {
    const records = topics.get(topic);
    if (records === undefined) topics.set(topic, [record]);
    else records.push(record);
  }
  return [...topics].map(([topic, records]) => ({ topic, records }));
}

function bytesOf({ key, value }: OutgoingRecord): number {
  return Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? '');
}
