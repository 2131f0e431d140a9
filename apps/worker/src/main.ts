import 'reflect-metadata';
import { ConfigError, workerConfig } from '@app/config';
import { BatchConsumerStrategy } from '@app/messaging';
import { createLogger, NestLogger, serveMetrics, startFailure } from '@app/observability';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Registry } from 'prom-client';
import { CommandWorker, StartRefused } from './command-worker.js';
import { WorkerModule } from './worker.module.js';

async function main(): Promise<void> {
  const config = workerConfig();
  const log = createLogger('worker', config.logLevel);
  const exitWithFailure = (error: unknown): void => {
    log.fatal({ err: error }, error instanceof Error ? error.message : 'the worker can not go on');
    process.exit(1);
  };

  const module = WorkerModule.with(config, log, exitWithFailure);
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    logger: new NestLogger(log),
    abortOnError: false,
  });
  app.connectMicroservice<MicroserviceOptions>({ strategy: new BatchConsumerStrategy(app.get(CommandWorker)) });
  // Health answers before Kafka and Postgres do: while they are away the worker is up, and not ready (P8).
  await app.listen(config.port, config.host);
  if (config.metricsEnabled && config.adminPort !== undefined) {
    await serveMetrics(app.get(Registry), config.host, config.adminPort);
  }
  log.info(
    { url: await app.getUrl(), commands: config.topics.commands, group: config.consumer.groupId },
    'worker listens',
  );

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping: finishing the chunks in hand');
      setTimeout(() => {
        log.error(
          `not stopped within ${config.shutdownDeadlineMs} ms, ending anyway; what is in hand is delivered again`,
        );
        process.exit(1);
      }, config.shutdownDeadlineMs).unref();
      app.close().then(
        () => process.exit(0),
        (error: unknown) => exitWithFailure(error),
      );
    });
  }

  await app.startAllMicroservices();
  log.info('worker consumes');
}

main().catch((error: unknown) => {
  process.stderr.write(`${startFailure(error, ConfigError, StartRefused)}\n`);
  process.exit(1);
});
