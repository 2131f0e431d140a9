import type { RecordResult } from './isolate.js';

/** Where the time of a chunk went, in milliseconds. */
export interface ChunkTimings {
  readonly decodeMs: number;
  readonly applyMs: number;
  readonly publishMs: number;
}

/** How many events went to which topic. */
export type PublishedEvents = readonly { readonly topic: string; readonly count: number }[];

/** What the pipeline tells about its work; the metrics listen. */
export interface PipelineObserver {
  chunkProcessed(results: readonly RecordResult[], timings: ChunkTimings, events: PublishedEvents): void;
  /** Replies that could not be delivered; they are best effort and forgotten. */
  repliesMissed(count: number): void;
}
