import type { DueItem } from '@app/store';

/** A command of the scheduler that the broker has acknowledged. */
export interface PublishedItem {
  readonly type: DueItem['command']['type'];
  /** From the moment at which it was due, by Postgres' clock, to the acknowledgement. */
  readonly latenessMs: number;
}

/** What the scheduler tells about its work; the metrics listen. */
export interface SchedulerObserver {
  /** Whether this worker leads; told about every second. */
  leads(isLeader: boolean): void;
  published(items: readonly PublishedItem[]): void;
  /** Partitions for which it publishes nothing, because their commands are applied too late. */
  waitsFor(partitions: number): void;
  /** Postgres or Kafka is away; it tries again by itself. */
  failed(error: unknown): void;
}
