import type { LogAdmin } from '../log-admin.js';
import type { FetchedBatch, LogConsumer, ReadableEnd } from '../log-consumer.js';
import type { ChunkProcessor, PositionStore, TopicPartition } from '../ports.js';
import { backoffMs, waitMs } from './backoff.js';
import { ChunkRunner, type LaneOwner } from './chunk-runner.js';
import { Lane, laneKey } from './lane.js';
import { type ConsumerObserver, guarded, type OpenTransaction, type StoppedPartition } from './observer.js';
import { type BatchConsumerOptions, batchConsumerOptions } from './options.js';
import { PositionClaims } from './position-claims.js';

export interface BatchConsumerParts {
  readonly topics: readonly string[];
  readonly consumer: LogConsumer;
  /** Connected by whoever made it. */
  readonly admin: LogAdmin;
  readonly positions: PositionStore;
  readonly processor: ChunkProcessor;
  readonly options?: Partial<BatchConsumerOptions>;
  readonly observer?: ConsumerObserver;
  /** The client gave up for good: the process must exit with a code, so that something starts it again. */
  readonly onFatal: (error: Error) => void;
  readonly nowMs?: () => number;
}

export type BatchConsumerState = 'new' | 'starting' | 'running' | 'stopping' | 'stopped' | 'failed';

/**
 * Consumes a log in chunks, with the position kept where the effects are kept (overview, "progress row").
 *
 * Per partition: `claiming` → (`running` ⇄ `paused` by an outage) → `claiming` again whenever the position was lost;
 * `stopped` while the position lies outside the log. At every assignment all partitions are paused, claimed in the
 * position store, compared with the group's offset, moved to the smaller of both, and only then fetched.
 *
 * Promises: chunks of a partition are processed one at a time and in order; an offset moves only after `process()`
 * has resolved; an error of the processor is waited out, for ever if need be, and never skips a record; nothing is
 * thrown into the client's callbacks.
 */
export class BatchConsumer implements LaneOwner {
  private readonly options: BatchConsumerOptions;
  private readonly observer: ConsumerObserver;
  private readonly nowMs: () => number;
  private readonly stopping = new AbortController();
  /** Replaced by every assignment; aborts what works for the one before. */
  private assignment = new AbortController();
  private lanes = new Map<string, Lane>();
  private readonly stopped = new Map<string, StoppedPartition>();
  private readonly waiting = new Map<string, OpenTransaction>();
  /** Handlers at work, by partition, so that two assignments never work on one partition at once. */
  private readonly handlers = new Map<string, Promise<void>>();
  private readonly runner: ChunkRunner;
  private readonly claims: PositionClaims;
  private compareTimer: NodeJS.Timeout | undefined;
  private lifecycle: BatchConsumerState = 'new';
  private joined = false;
  private stopResult: Promise<boolean> | undefined;

  constructor(private readonly parts: BatchConsumerParts) {
    this.options = batchConsumerOptions(parts.options);
    this.observer = guarded(parts.observer ?? {});
    this.nowMs = parts.nowMs ?? Date.now;
    const { consumer, processor } = parts;
    this.runner = new ChunkRunner(
      consumer,
      processor,
      this,
      this.options,
      this.observer,
      this.stopping.signal,
      this.nowMs,
    );
    this.claims = new PositionClaims(parts, this.options, this.observer, {
      isCurrent: (lane) => this.isCurrent(lane),
      resume: (lane, seekTo) => this.resume(lane, seekTo),
      stop: (lane, why) => this.stopLane(lane, why),
    });
  }

  get state(): BatchConsumerState {
    return this.lifecycle;
  }

  /** Partitions whose position lies outside the log, each with a sentence for the operator. Readiness is red. */
  get stoppedPartitions(): readonly StoppedPartition[] {
    return [...this.stopped.values()];
  }

  /** Partitions that wait out an outage. */
  get pausedPartitions(): readonly TopicPartition[] {
    return this.partitionsThatAre('paused');
  }

  /** Partitions that a publisher's open transaction holds up now. One that was only just begun is among them too. */
  get openTransactions(): readonly OpenTransaction[] {
    return [...this.waiting.values()];
  }

  /** Assigned partitions that are consumed now. */
  get runningPartitions(): readonly TopicPartition[] {
    return this.partitionsThatAre('running');
  }

  /** A member of the group: partitions were assigned (perhaps none) and the client has not crashed since. */
  get hasJoined(): boolean {
    return this.joined;
  }

  get assignedPartitions(): readonly TopicPartition[] {
    return [...this.lanes.values()].map(({ topic, partition }) => ({ topic, partition }));
  }

  /** Last sign of life of the client, ms since the epoch; 0: none yet. For liveness. */
  get lastActivityAtMs(): number {
    return this.parts.consumer.lastActivityAtMs();
  }

  /** When the last confirmed heartbeat was sent, ms since the epoch; 0: none yet. Old: the group may go on without us. */
  get lastHeartbeatAtMs(): number {
    return this.parts.consumer.lastHeartbeatAtMs();
  }

  /** Connects, trying until it succeeds or `stop()` is called: a broker that is away is an outage, not a failure. */
  async start(): Promise<void> {
    if (this.lifecycle !== 'new') throw new Error(`The batch consumer was started before; it is ${this.lifecycle}.`);
    this.lifecycle = 'starting';
    const { consumer, topics } = this.parts;
    for (let attempt = 1; !this.stopping.signal.aborted; attempt++) {
      try {
        await consumer.start(topics, {
          assigned: (partitions) => this.onAssigned(partitions),
          batch: (batch) => this.onBatch(batch),
          fetched: (end) => this.onFetched(end),
          crashed: (error, restarting) => this.onCrashed(error, restarting),
        });
        if (this.lifecycle === 'starting') this.lifecycle = 'running';
        this.scheduleCompare();
        return;
      } catch (error) {
        this.observer.warning?.('The consumer could not start; trying again.', error);
        await waitMs(backoffMs(attempt, this.options.backoffInitialMs, this.options.pauseMaxMs), this.stopping.signal);
      }
    }
  }

  /**
   * Fetches no more, finishes the chunks in hand, commits their offsets and disconnects.
   * False when that took longer than the deadline; what is left is delivered again.
   */
  stop(): Promise<boolean> {
    this.stopResult ??= this.drain();
    return this.stopResult;
  }

  isCurrent(lane: Lane): boolean {
    return this.lanes.get(lane.key) === lane;
  }

  reclaim(lane: Lane): void {
    this.hold(lane, 'claiming');
    // A worker that was stopped for a while learns of its successor by losing the position. Only a heartbeat sent
    // after that proves that the partition is still this one's; else both would take it from each other for ever.
    this.claims.request([lane], this.assignment.signal, this.nowMs());
  }

  pause(lane: Lane, delayMs: number): void {
    this.hold(lane, 'paused');
    lane.resumeTimer = setTimeout(() => {
      if (this.isCurrent(lane) && lane.status === 'paused') this.resume(lane, undefined);
    }, delayMs);
  }

  private hold(lane: Lane, status: 'claiming' | 'paused' | 'stopped'): void {
    lane.clearTimer();
    lane.status = status;
    this.parts.consumer.pause(lane);
  }

  private resume(lane: Lane, seekTo: bigint | undefined): void {
    const { topic, partition } = lane;
    if (this.stopped.delete(lane.key)) this.observer.unstopped?.({ topic, partition });
    if (seekTo !== undefined) this.parts.consumer.seek(lane, seekTo);
    lane.clearTimer();
    lane.status = 'running';
    this.parts.consumer.resume(lane);
    this.observer.resumed?.({ topic, partition });
  }

  private stopLane(lane: Lane, why: StoppedPartition): void {
    this.hold(lane, 'stopped');
    const before = this.stopped.get(lane.key);
    this.stopped.set(lane.key, why);
    if (before?.message !== why.message) this.observer.stopped?.(why);
  }

  private partitionsThatAre(status: Lane['status']): TopicPartition[] {
    return [...this.lanes.values()]
      .filter((lane) => lane.status === status)
      .map(({ topic, partition }) => ({ topic, partition }));
  }

  private onAssigned(partitions: readonly TopicPartition[]): void {
    this.joined = true;
    this.assignment.abort();
    this.assignment = new AbortController();
    for (const lane of this.lanes.values()) lane.clearTimer();
    this.lanes = new Map(partitions.map((at) => [laneKey(at), new Lane(at.topic, at.partition)]));
    for (const key of this.stopped.keys()) if (!this.lanes.has(key)) this.stopped.delete(key);
    this.waiting.clear();
    // Before the client fetches for the first time: nothing may be read from a position that wasn't compared.
    for (const lane of this.lanes.values()) this.hold(lane, 'claiming');
    this.observer.assigned?.(partitions);
    if (!this.stopping.signal.aborted) this.claims.request([...this.lanes.values()], this.assignment.signal, 0);
  }

  private onFetched({ topic, partition, position, lastStableOffset, logEnd }: ReadableEnd): void {
    const at = { topic, partition };
    const key = laneKey(at);
    const before = this.waiting.get(key);
    if (position < lastStableOffset || lastStableOffset === logEnd) {
      if (this.waiting.delete(key)) this.observer.transactionEnded?.(at);
    } else if (before?.offset !== lastStableOffset) {
      const transaction = { ...at, offset: lastStableOffset, sinceMs: this.nowMs() };
      this.waiting.set(key, transaction);
      this.observer.transactionOpen?.(transaction);
    }
  }

  private async onBatch(batch: FetchedBatch): Promise<void> {
    const key = laneKey(batch);
    await this.handlers.get(key);
    const handler = this.handle(batch);
    this.handlers.set(key, handler);
    await handler;
    if (this.handlers.get(key) === handler) this.handlers.delete(key);
  }

  private async handle(batch: FetchedBatch): Promise<void> {
    const lane = this.lanes.get(laneKey(batch));
    if (lane?.status !== 'running' || this.stopping.signal.aborted || batch.isStale()) return;
    try {
      if (batch.fetchedFrom !== lane.position && !(await this.jumpIsExplained(lane, batch))) return;
      await this.runner.run(lane, batch);
    } catch (error) {
      // The broker's bounds could not be read, or a bug of ours: wait like for any outage, and say so.
      this.observer.warning?.(`${lane.key}: the batch is left and fetched again.`, error);
      if (this.isCurrent(lane)) this.pause(lane, this.options.pauseMaxMs);
    }
  }

  /**
   * The client read from elsewhere than where this worker left off. Harmless when only records that consumers never
   * see lie between (transaction markers, aborted transactions), or when it lies before. But kafkajs also answers
   * an offset outside the log by going to the default one without a word: so compare with the log's bounds.
   */
  private async jumpIsExplained(lane: Lane, batch: FetchedBatch): Promise<boolean> {
    const range = (await this.parts.admin.logRanges(lane.topic)).get(lane.partition);
    if (!this.isCurrent(lane) || lane.status !== 'running' || batch.isStale()) return false;
    const position = lane.position ?? 0n;
    if (range === undefined || position < range.start || position > range.end) {
      this.reclaim(lane);
      return false;
    }
    lane.position = batch.fetchedFrom;
    return true;
  }

  private onCrashed(error: Error, restarting: boolean): void {
    this.joined = false;
    this.observer.crashed?.(error, restarting);
    if (restarting || this.stopping.signal.aborted) return;
    this.lifecycle = 'failed';
    this.parts.onFatal(error);
  }

  private scheduleCompare(): void {
    if (this.stopping.signal.aborted) return;
    this.compareTimer = setTimeout(() => {
      void this.compareIdle().finally(() => this.scheduleCompare());
    }, this.options.compareIntervalMs);
  }

  /** Finds idle partitions whose row was moved (a restored backup) or whose log has moved away from under it. */
  private async compareIdle(): Promise<void> {
    const idleSinceMs = this.nowMs() - this.options.compareIntervalMs;
    const idle = [...this.lanes.values()].filter(
      (lane) =>
        lane.status === 'stopped' ||
        (lane.status === 'running' && lane.lastChunkAtMs <= idleSinceMs && !this.handlers.has(lane.key)),
    );
    for (const [lane, reason] of await this.claims.compare(idle)) {
      const untouched = lane.status === 'stopped' || (lane.status === 'running' && !this.handlers.has(lane.key));
      if (!this.isCurrent(lane) || !untouched) continue;
      this.observer.warning?.(reason);
      this.reclaim(lane);
    }
  }

  private async drain(): Promise<boolean> {
    this.lifecycle = 'stopping';
    this.stopping.abort();
    this.assignment.abort();
    clearTimeout(this.compareTimer);
    for (const lane of this.lanes.values()) lane.clearTimer();
    const deadline = new AbortController();
    const stopped = this.parts.consumer.stop().then(
      () => true,
      (error: unknown) => {
        this.observer.warning?.('The consumer did not stop cleanly.', error);
        return false;
      },
    );
    const expired = waitMs(this.options.stopDeadlineMs, deadline.signal).then(() => false);
    const inTime = await Promise.race([stopped, expired]);
    deadline.abort();
    this.lifecycle = 'stopped';
    return inTime;
  }
}
