import type { RecordResult } from './isolate.js';

/** Where the time of a chunk went, in milliseconds. */
export interface ChunkTimings {
  readonly decodeMs: number;
  readonly applyMs: number;
  readonly publishMs: number;
}

/** What the pipeline tells about its work; the metrics listen. */
export interface PipelineObserver {
  chunkProcessed(results: readonly RecordResult[], timings: ChunkTimings): void;
  /** Replies that could not be delivered; they are best effort and forgotten. */
  repliesMissed(count: number): void;
}
