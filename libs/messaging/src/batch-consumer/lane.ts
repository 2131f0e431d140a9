import type { Chunk, TopicPartition } from '../ports.js';
import type { ChunkSlice } from './chunks.js';

/**
 * `claiming`: paused until its position is known. `running`: consumed. `paused`: an outage, until a timer resumes it.
 * `stopped`: its position lies outside the log, an operator decides.
 */
export type LaneStatus = 'claiming' | 'running' | 'paused' | 'stopped';

/** One assigned partition during one assignment. Only `BatchConsumer` and its `ChunkRunner` write to it. */
export class Lane implements TopicPartition {
  status: LaneStatus = 'claiming';
  /** What the next record's offset is expected to be; undefined until first claimed. */
  position: bigint | undefined;
  /** This worker's mark in the progress row, and what it last left there. */
  owner = '';
  rowPosition = 0n;
  lastChunkAtMs = 0;
  /** Failures in a row, since when, and how often the lane was paused for them. */
  failures = 0;
  failingSinceMs = 0;
  pauses = 0;
  resumeTimer: NodeJS.Timeout | undefined;

  constructor(
    readonly topic: string,
    readonly partition: number,
  ) {}

  get key(): string {
    return laneKey(this);
  }

  chunk(slice: ChunkSlice): Chunk {
    return {
      topic: this.topic,
      partition: this.partition,
      fence: { owner: this.owner, nextOffset: this.rowPosition },
      toOffset: slice.toOffset,
      records: slice.records,
    };
  }

  chunkDone(toOffset: bigint, nowMs: number): void {
    this.position = toOffset;
    if (toOffset > this.rowPosition) this.rowPosition = toOffset;
    this.lastChunkAtMs = nowMs;
    this.failures = 0;
    this.pauses = 0;
  }

  clearTimer(): void {
    clearTimeout(this.resumeTimer);
    this.resumeTimer = undefined;
  }
}

export function laneKey(at: TopicPartition): string {
  return `${at.topic}/${at.partition}`;
}
