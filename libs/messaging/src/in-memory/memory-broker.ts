import { EventEmitter } from 'node:events';
import { partitionOf } from '../kafkajs/record-batch/partition-queues.js';
import type { LogRange, TopicDefinition, TopicDescription } from '../log-admin.js';
import type { HeaderValue, LogRecord, OutgoingRecord, TopicPartition, TopicRecords } from '../ports.js';
import { MemoryGroup } from './memory-group.js';
import { MemoryPartition } from './memory-partition.js';

export interface MemoryBrokerOptions {
  /** Append time of records. Default: the machine's clock. */
  readonly nowMs?: () => number;
  /** How long a rebalance waits for members. Default 2,000 ms. */
  readonly rebalanceTimeoutMs?: number;
}

/** What happens to a send instead of being acknowledged. */
export interface SendFailure {
  readonly error: Error;
  /** True: the records are on the log, only the acknowledgement was lost. */
  readonly appended: boolean;
}

/** A log in memory for fast, deterministic tests: same contract suite as Kafka, and outages on request. */
export class MemoryBroker {
  readonly nowMs: () => number;
  private readonly topics = new Map<string, { definition: TopicDefinition; partitions: MemoryPartition[] }>();
  private readonly groups = new Map<string, MemoryGroup>();
  private readonly sendFailures: SendFailure[] = [];
  private readonly appended = new EventEmitter().setMaxListeners(0);
  private away: Error | undefined;

  constructor(private readonly options: MemoryBrokerOptions = {}) {
    this.nowMs = options.nowMs ?? Date.now;
  }

  createTopic(definition: TopicDefinition): boolean {
    if (this.topics.has(definition.name)) return false;
    const partitions = Array.from({ length: definition.partitions }, () => new MemoryPartition());
    this.topics.set(definition.name, { definition, partitions });
    return true;
  }

  deleteTopic(name: string): void {
    this.topics.delete(name);
  }

  describe(name: string): TopicDescription | undefined {
    const topic = this.topics.get(name);
    return topic && { name, partitions: topic.partitions.length, configs: topic.definition.configs };
  }

  partitionCount(topic: string): number {
    return this.topics.get(topic)?.partitions.length ?? 0;
  }

  /** @throws Error when there is no such topic or partition. */
  partition({ topic, partition }: TopicPartition): MemoryPartition {
    const found = this.topics.get(topic)?.partitions[partition];
    if (found === undefined) throw new Error(`There is no partition ${topic}/${partition}.`);
    return found;
  }

  ranges(topic: string): Map<number, LogRange> {
    const found = this.topics.get(topic);
    if (found === undefined) throw new Error(`There is no topic ${topic}.`);
    return new Map(found.partitions.map((partition, index) => [index, partition.range]));
  }

  /** Everything on a partition that consumers see. */
  records(at: TopicPartition): readonly LogRecord[] {
    const partition = this.partition(at);
    return partition.read(partition.range.start, Number.MAX_SAFE_INTEGER).records;
  }

  group(groupId: string): MemoryGroup {
    let group = this.groups.get(groupId);
    if (group === undefined) {
      group = new MemoryGroup((topic) => this.partitionCount(topic), this.options.rebalanceTimeoutMs ?? 2_000);
      this.groups.set(groupId, group);
    }
    return group;
  }

  deleteGroup(groupId: string): void {
    if ((this.groups.get(groupId)?.memberCount ?? 0) > 0) throw new Error(`Group ${groupId} has members.`);
    this.groups.delete(groupId);
  }

  /** The next sends fail, one failure each. */
  failSends(...failures: readonly SendFailure[]): void {
    this.sendFailures.push(...failures);
  }

  /** Until `comeBack()`: nothing is fetched, sent, committed or answered. */
  goAway(error = new Error('The broker is away.')): void {
    this.away = error;
  }

  comeBack(): void {
    this.away = undefined;
  }

  get isAway(): boolean {
    return this.away !== undefined;
  }

  /** @throws the outage, if there is one. */
  assertReachable(): void {
    if (this.away !== undefined) throw this.away;
  }

  /** Appends all records or none. */
  send(batch: readonly TopicRecords[]): void {
    this.assertReachable();
    const failure = this.sendFailures.shift();
    if (failure?.appended === false) throw failure.error;
    for (const { topic, records } of batch) {
      const count = this.partitionCount(topic);
      if (count === 0) throw new Error(`There is no topic ${topic}.`);
      for (const record of records) {
        const partition = record.partition ?? partitionOf(record.key, count);
        this.partition({ topic, partition }).append(toAppended(record), this.nowMs());
      }
    }
    this.appended.emit('appended');
    if (failure !== undefined) throw failure.error;
  }

  /** Resolves when something was appended, after `ms`, or when aborted. */
  waitForRecords(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.appended.removeListener('appended', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
      this.appended.once('appended', done);
    });
  }
}

function toAppended({ key, value, headers }: OutgoingRecord): {
  key: Buffer | null;
  value: Buffer | null;
  headers: LogRecord['headers'];
} {
  return { key: toBuffer(key), value: toBuffer(value), headers: readHeaders(headers ?? {}) };
}

/** Headers come back as buffers, as from Kafka. */
function readHeaders(headers: LogRecord['headers']): LogRecord['headers'] {
  const sent = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    sent.map(([name, value]) => [name, Array.isArray(value) ? value.map(toBuffer) : toBuffer(value as HeaderValue)]),
  );
}

function toBuffer(value: Buffer | string | null | undefined): Buffer | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? Buffer.from(value) : value;
}
