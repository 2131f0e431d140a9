import { type HealthCheck, type HealthReport, healthReport } from '@app/observability';
import type { CommandWorker } from '../command-worker.js';

/** Probes should wait a little longer for an answer than a check may take. */
const CHECK_MS_MAX = 2_000;

/** Liveness and readiness of the worker (engineering, "Runtime rules": liveness is the age of the last fetch or heartbeat). */
export class WorkerHealth {
  private readonly checks: readonly HealthCheck[];

  constructor(
    private readonly worker: CommandWorker,
    private readonly livenessMaxAgeMs: number,
    private readonly nowMs: () => number = Date.now,
  ) {
    this.checks = [
      { name: 'group', check: () => this.checkGroup() },
      { name: 'partitions', check: () => this.checkPartitions() },
      { name: 'database', check: () => worker.pingDatabase() },
      { name: 'broker', check: () => worker.pingBroker() },
    ];
  }

  /**
   * Down when the Kafka client has stalled: neither fetch nor heartbeat for too long although the broker answers.
   * A broker that is away is no reason to restart.
   */
  async live(): Promise<HealthReport> {
    const lastActivityAtMs = this.worker.batchConsumer?.lastActivityAtMs ?? 0;
    const silentMs = this.nowMs() - lastActivityAtMs;
    const report = await healthReport([{ name: 'broker', check: () => this.worker.pingBroker() }], CHECK_MS_MAX);
    const stalled = lastActivityAtMs > 0 && silentMs > this.livenessMaxAgeMs && report.status === 'up';
    const message = `neither fetch nor heartbeat for ${Math.round(silentMs / 1_000)} s although the broker answers`;
    return stalled
      ? { status: 'down', checks: { consumer: { status: 'down', message } } }
      : { status: 'up', checks: { consumer: { status: 'up' } } };
  }

  /** Up when commands are applied now: in the group, no partition stopped or waiting, database and broker there. */
  ready(): Promise<HealthReport> {
    return healthReport(this.checks, CHECK_MS_MAX);
  }

  private checkGroup(): void {
    const consumer = this.worker.batchConsumer;
    if (consumer?.state !== 'running') throw new Error(`the consumer is ${consumer?.state ?? 'starting'}`);
    if (!consumer.hasJoined) throw new Error('not a member of the consumer group yet');
  }

  private checkPartitions(): void {
    const consumer = this.worker.batchConsumer;
    const [stopped] = consumer?.stoppedPartitions ?? [];
    if (stopped !== undefined) throw new Error(stopped.message);
    const waiting = consumer?.pausedPartitions.length ?? 0;
    if (waiting > 0) throw new Error(`${waiting} partitions wait for an outage to end`);
  }
}
