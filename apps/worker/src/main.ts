import 'reflect-metadata';
import { ConfigError, workerConfig } from '@app/config';
import { createLogger, serveMetrics } from '@app/observability';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Registry } from 'prom-client';
import { CommandLogStrategy } from './command-log.strategy.js';
import { CommandWorker } from './command-worker.js';
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
    logger: ['error', 'warn'],
  });
  app.connectMicroservice<MicroserviceOptions>({
    strategy: new CommandLogStrategy(app.get(CommandWorker), exitWithFailure),
  });
  // Health answers before Kafka and Postgres do: while they are away the worker is up, and not ready (P8).
  await app.listen(config.port, config.host);
  if (config.metricsEnabled && config.adminPort !== undefined) {
    await serveMetrics(app.get(Registry), config.host, config.adminPort);
  }
  await app.startAllMicroservices();
  log.info(
    { url: await app.getUrl(), commands: config.topics.commands, group: config.consumer.groupId },
    'worker listens',
  );

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping: finishing the chunks in hand');
      app.close().then(
        () => process.exit(0),
        (error: unknown) => exitWithFailure(error),
      );
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
