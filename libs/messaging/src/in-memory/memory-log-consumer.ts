import type { FetchedBatch, LogConsumer, LogConsumerHandlers, Membership } from '../log-consumer.js';
import type { TopicPartition } from '../ports.js';
import type { MemoryBroker } from './memory-broker.js';
import type { Assignment, MemoryGroup, MemoryMember } from './memory-group.js';

export interface MemoryLogConsumerOptions {
  /** Most records of one partition in one fetch. */
  readonly recordsMaxPerPartition: number;
  /** How long a fetch waits when there is nothing, milliseconds. */
  readonly maxWaitMs: number;
  readonly startFrom: 'earliest' | 'latest';
}

const DEFAULTS: MemoryLogConsumerOptions = { recordsMaxPerPartition: 500, maxWaitMs: 20, startFrom: 'earliest' };

/**
 * `LogConsumer` on a `MemoryBroker` that behaves like kafkajs: it fetches all partitions, works them off side by
 * side, commits what was resolved, and only then fetches anew; an offset outside the log is answered by going to
 * the default one without a word; offsets that consumers don't see are passed over.
 */
export class MemoryLogConsumer implements LogConsumer, MemoryMember {
  topics: readonly string[] = [];
  private readonly options: MemoryLogConsumerOptions;
  private readonly group: MemoryGroup;
  private readonly stopping = new AbortController();
  private readonly paused = new Set<string>();
  private readonly seeks = new Map<string, bigint>();
  private positions = new Map<string, bigint>();
  private generation = 0;
  private joining = false;
  private running: Promise<void> = Promise.resolve();
  private heartbeatAtMs = 0;
  private activityAtMs = 0;

  constructor(
    private readonly broker: MemoryBroker,
    readonly groupId: string,
    options: Partial<MemoryLogConsumerOptions> = {},
  ) {
    this.options = { ...DEFAULTS, ...options };
    this.group = broker.group(groupId);
  }

  start(topics: readonly string[], handlers: LogConsumerHandlers): Promise<void> {
    return Promise.resolve().then(() => {
      this.broker.assertReachable();
      this.topics = topics;
      this.running = this.run(handlers);
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    // While it waits for the others to join there is nothing to finish.
    if (this.joining) this.group.leave(this);
    await this.running;
    this.group.leave(this);
  }

  seek(at: TopicPartition, offset: bigint): void {
    this.seeks.set(key(at), offset);
  }

  pause(at: TopicPartition): void {
    this.paused.add(key(at));
  }

  resume(at: TopicPartition): void {
    this.paused.delete(key(at));
  }

  lastHeartbeatAtMs(): number {
    return this.heartbeatAtMs;
  }

  lastActivityAtMs(): number {
    return this.activityAtMs;
  }

  /** The session expires: the group goes on without this consumer, which learns it by its next heartbeat. */
  expire(): void {
    this.group.expire(this);
  }

  private isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(handlers: LogConsumerHandlers): Promise<void> {
    while (!this.isStopped()) {
      this.joining = true;
      const assignment = await this.group.join(this);
      this.joining = false;
      if (assignment === null) continue;
      this.generation = assignment.generation;
      this.signOfLife();
      this.heartbeatAtMs = this.broker.nowMs();
      this.seeks.clear();
      this.positions = new Map(assignment.partitions.map((at) => [key(at), this.beginningOf(at)]));
      handlers.assigned(assignment.partitions);
      while (!this.isStopped() && this.mayFetch()) await this.fetchRound(assignment, handlers);
    }
  }

  private mayFetch(): boolean {
    const membership = this.beat(this.generation);
    return membership === 'member' || membership === 'unknown';
  }

  private beat(generation: number): Membership {
    if (this.broker.isAway) return 'unknown';
    const membership = this.group.heartbeat(this, generation);
    if (membership === 'member') {
      this.heartbeatAtMs = this.broker.nowMs();
      this.signOfLife();
    }
    return membership;
  }

  private signOfLife(): void {
    this.activityAtMs = this.broker.nowMs();
  }

  private beginningOf(at: TopicPartition): bigint {
    const { start, end } = this.broker.partition(at).range;
    return this.group.offsets.get(key(at)) ?? (this.options.startFrom === 'latest' ? end : start);
  }

  private async fetchRound(assignment: Assignment, handlers: LogConsumerHandlers): Promise<void> {
    const batches = this.broker.isAway ? [] : assignment.partitions.flatMap((at) => this.fetch(at, handlers));
    if (batches.length === 0) {
      await this.broker.waitForRecords(this.options.maxWaitMs, this.stopping.signal);
      return;
    }
    this.signOfLife();
    await Promise.all(batches.map((batch) => handlers.batch(batch)));
    if (!this.broker.isAway) this.group.commit(this, assignment.generation, this.resolvedOf(batches));
  }

  private resolvedOf(batches: readonly FetchedBatch[]): Map<string, bigint> {
    return new Map(batches.map((batch) => [key(batch), this.positions.get(key(batch)) ?? batch.fetchedFrom]));
  }

  private fetch(at: TopicPartition, handlers: LogConsumerHandlers): FetchedBatch[] {
    const name = key(at);
    const seekTo = this.seeks.get(name);
    if (seekTo !== undefined) {
      this.seeks.delete(name);
      this.positions.set(name, seekTo);
      this.group.commit(this, this.generation, new Map([[name, seekTo]]));
    }
    if (this.paused.has(name)) return [];
    const log = this.broker.partition(at);
    let from = this.positions.get(name) ?? 0n;
    if (from < log.range.start || from > log.range.end) {
      from = log.range.start;
      this.positions.set(name, from);
    }
    const { lastStableOffset } = log;
    const logEnd = log.range.end;
    if (from < logEnd) handlers.fetched?.({ ...at, position: from, lastStableOffset, logEnd });
    const { records, nextOffset } = log.read(from, this.options.recordsMaxPerPartition);
    if (records.length === 0) {
      this.positions.set(name, nextOffset);
      return [];
    }
    const { generation } = this;
    return [
      {
        ...at,
        fetchedFrom: from,
        nextOffset,
        logEnd,
        records,
        resolve: (offset) => this.positions.set(name, offset),
        isStale: () => this.isStopped() || generation !== this.generation || this.seeks.has(name),
        heartbeat: () => Promise.resolve(this.beat(generation)),
      },
    ];
  }
}

function key({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
