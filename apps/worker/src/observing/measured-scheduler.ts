import type { WorkerMetrics } from '@app/observability';
import type { Logger } from 'pino';
import type { PublishedItem, SchedulerObserver } from '../scheduler/scheduler-observer.js';

/** Turns what the scheduler does into metrics and log lines. */
export class MeasuredScheduler implements SchedulerObserver {
  private isLeader = false;

  constructor(
    private readonly metrics: WorkerMetrics,
    private readonly log: Logger,
  ) {}

  leads(isLeader: boolean): void {
    this.metrics.schedulerLeader.set(isLeader ? 1 : 0);
    if (isLeader !== this.isLeader) {
      this.log.info(isLeader ? 'this worker leads the schedulers' : 'this worker no longer leads the schedulers');
    }
    this.isLeader = isLeader;
  }

  published(items: readonly PublishedItem[]): void {
    const { schedulerPublished, schedulerLatenessSeconds } = this.metrics;
    for (const { type, latenessMs } of items) {
      schedulerPublished.inc({ type });
      schedulerLatenessSeconds.observe({ type }, latenessMs / 1_000);
    }
  }

  waitsFor(partitions: number): void {
    this.metrics.schedulerLatePartitions.set(partitions);
  }

  failed(error: unknown): void {
    this.metrics.schedulerFailures.inc();
    this.log.warn({ err: error }, 'the scheduler could not read or publish; it tries again');
  }
}
