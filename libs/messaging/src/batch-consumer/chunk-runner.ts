import type { FetchedBatch, LogConsumer } from '../log-consumer.js';
import { type ChunkProcessor, MembershipLost, PositionLost } from '../ports.js';
import { backoffMs, waitMs } from './backoff.js';
import { ChunkWatch } from './chunk-watch.js';
import { type ChunkSlice, chunksOf } from './chunks.js';
import type { Lane } from './lane.js';
import type { ConsumerObserver } from './observer.js';
import type { BatchConsumerOptions } from './options.js';

/** What the runner needs of its `BatchConsumer`. */
export interface LaneOwner {
  /** False once the partition has been assigned anew, or taken away. */
  isCurrent(lane: Lane): boolean;
  /** Pauses the lane and claims it again, in the background. */
  reclaim(lane: Lane): void;
  /** Pauses the lane and resumes it after `delayMs`. */
  pause(lane: Lane, delayMs: number): void;
}

/**
 * Works off one fetched batch, chunk by chunk, strictly in order: a chunk's offset is resolved only after its
 * `process()` has resolved, and no later chunk is begun before. Never throws; what it leaves unresolved is fetched
 * again.
 *
 * To let a chunk's publishing overlap the next chunk's transaction, `run` is the only place to change: the
 * processor would resolve a chunk in two steps, and offsets would be resolved in order of the second.
 */
export class ChunkRunner {
  constructor(
    private readonly consumer: LogConsumer,
    private readonly processor: ChunkProcessor,
    private readonly owner: LaneOwner,
    private readonly options: BatchConsumerOptions,
    private readonly observer: ConsumerObserver,
    private readonly stopping: AbortSignal,
    private readonly nowMs: () => number,
  ) {}

  async run(lane: Lane, batch: FetchedBatch): Promise<void> {
    const { chunkRecordsMax, chunkBytesMax } = this.options;
    for (const slice of chunksOf(batch.records, batch.nextOffset, chunkRecordsMax, chunkBytesMax)) {
      if (!(await this.applyUntilDone(lane, batch, slice))) return;
    }
  }

  /** True: the chunk is done and the next may begin. */
  private async applyUntilDone(lane: Lane, batch: FetchedBatch, slice: ChunkSlice): Promise<boolean> {
    while (!this.mustLeave(lane, batch)) {
      const startedAtMs = this.nowMs();
      const watch = new ChunkWatch(batch, this.consumer, () => this.owner.isCurrent(lane), this.options, this.nowMs);
      try {
        await this.processor.process(lane.chunk(slice), watch);
        if (!this.owner.isCurrent(lane)) return false;
        lane.chunkDone(slice.toOffset, this.nowMs());
        batch.resolve(slice.toOffset);
        this.tellUndecodable(slice, lane);
        this.observer.chunkDone?.({
          topic: lane.topic,
          partition: lane.partition,
          records: slice.records.length,
          durationMs: this.nowMs() - startedAtMs,
          lag: batch.logEnd > slice.toOffset ? batch.logEnd - slice.toOffset : 0n,
        });
        return !watch.rebalancing;
      } catch (error) {
        if (!this.owner.isCurrent(lane) || watch.lost || error instanceof MembershipLost) return false;
        if (error instanceof PositionLost) {
          this.observer.positionLost?.({ topic: lane.topic, partition: lane.partition, error });
          this.owner.reclaim(lane);
          return false;
        }
        if (!(await this.waitAfterFailure(lane, batch, error))) return false;
      } finally {
        watch.end();
      }
    }
    return false;
  }

  private tellUndecodable({ records }: ChunkSlice, { topic, partition }: Lane): void {
    for (const { offset, undecodable } of records) {
      if (undecodable !== undefined) {
        this.observer.undecodable?.({ topic, partition, firstOffset: offset, ...undecodable });
      }
    }
  }

  private mustLeave(lane: Lane, batch: FetchedBatch): boolean {
    return this.stopping.aborted || lane.status !== 'running' || !this.owner.isCurrent(lane) || batch.isStale();
  }

  /** An outage. True: try again now; false: leave the callback, the lane is paused or lost. */
  private async waitAfterFailure(lane: Lane, batch: FetchedBatch, error: unknown): Promise<boolean> {
    const { backoffInitialMs, backoffMaxMs, retryInPlaceMs, pauseMaxMs } = this.options;
    lane.failures++;
    if (lane.failures === 1) lane.failingSinceMs = this.nowMs();
    // Retrying in place holds back every partition that was fetched from the same broker; so only for a short while,
    // and never again before the lane has recovered. A chunk that fails for ever then costs the others nothing.
    const inPlace = lane.pauses === 0 && this.nowMs() - lane.failingSinceMs < retryInPlaceMs;
    const delayMs = inPlace
      ? backoffMs(lane.failures, backoffInitialMs, backoffMaxMs)
      : backoffMs(lane.pauses + 1, Math.ceil(pauseMaxMs / 4), pauseMaxMs);
    const { topic, partition } = lane;
    this.observer.chunkFailed?.({ topic, partition, error, attempt: lane.failures, delayMs, paused: !inPlace });
    if (!inPlace) {
      lane.pauses++;
      this.owner.pause(lane, delayMs);
      return false;
    }
    return this.waitWithHeartbeats(batch, delayMs);
  }

  private async waitWithHeartbeats(batch: FetchedBatch, delayMs: number): Promise<boolean> {
    const endAtMs = this.nowMs() + delayMs;
    for (;;) {
      const membership = await batch.heartbeat();
      if (membership === 'lost' || membership === 'rebalancing' || batch.isStale()) return false;
      const leftMs = endAtMs - this.nowMs();
      if (leftMs <= 0) return true;
      if (!(await waitMs(Math.min(leftMs, this.options.heartbeatIntervalMs), this.stopping))) return false;
    }
  }
}
