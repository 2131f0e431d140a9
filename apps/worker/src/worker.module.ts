import type { WorkerConfig } from '@app/config';
import { createRegistry, workerMetrics } from '@app/observability';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { CommandWorker } from './command-worker.js';
import { HealthController } from './health/health.controller.js';
import { WorkerHealth } from './health/worker-health.js';
import { MeasuredPipeline } from './observing/measured-pipeline.js';
import { METRICS_HERE, MetricsController } from './observing/metrics.controller.js';
import { MeasuredScheduler } from './observing/measured-scheduler.js';
import { ObservedConsumer } from './observing/observed-consumer.js';

/** The worker with its health and metrics routes. */
@Module({})
export class WorkerModule {
  /** @param onFatal the process must end with a code, so that something starts it again. */
  static with(config: WorkerConfig, log: Logger, onFatal: (error: unknown) => void): DynamicModule {
    const registry = createRegistry('worker');
    const metrics = workerMetrics(registry);
    const worker = new CommandWorker(config, {
      consumer: new ObservedConsumer(metrics, log),
      pipeline: new MeasuredPipeline(metrics),
      scheduler: new MeasuredScheduler(metrics, log),
      clientLog: (level, message, details) => log[level](details, message),
      warn: (message, error) => log.warn({ err: error }, message),
      onFatal,
    });
    return {
      module: WorkerModule,
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: CommandWorker, useValue: worker },
        { provide: WorkerHealth, useValue: new WorkerHealth(worker, config.consumer.livenessMaxAgeMs) },
        { provide: Registry, useValue: registry },
        { provide: METRICS_HERE, useValue: config.metricsEnabled && config.adminPort === undefined },
      ],
    };
  }
}
