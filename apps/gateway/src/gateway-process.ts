import type { GatewayConfig } from '@app/config';
import { createLogger } from '@app/observability';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';

import { createAdminApp } from './admin-app.js';
import { DatabaseConnection } from './connections/database-connection.js';
import { KafkaConnection } from './connections/kafka-connection.js';
import { createGatewayApp } from './gateway-app.js';
import { Metrics } from './metrics/metrics.js';

/**
 * A gateway with its connections. It listens at once, also while Kafka or Postgres is away (readiness says so), and
 * stops in this order: no new requests, waiting ones answered, buffered commands sent, connections closed.
 */
export class GatewayProcess {
  private constructor(
    private readonly logger: Logger,
    private readonly app: NestFastifyApplication,
    private readonly adminApp: NestFastifyApplication | undefined,
    private readonly kafka: KafkaConnection,
    private readonly database: DatabaseConnection,
  ) {}

  static async start(config: GatewayConfig): Promise<GatewayProcess> {
    const logger = createLogger('gateway', config.logLevel);
    const warn = (message: string, error?: unknown): void => logger.warn({ err: error }, message);
    const kafka = new KafkaConnection(config, (level, message, details) => logger[level]({ details }, message), warn);
    const database = new DatabaseConnection(config, warn);
    const readiness = [...kafka.checks, ...database.checks];
    const { accounts, entries, grants, holds, holdings, schedules, creditTypes, keys } = database;
    const readers = { accounts, entries, grants, holds, holdings, schedules, creditTypes };
    const connections = { log: kafka, replies: kafka.replies, ...readers, keys, readiness };
    const app = await createGatewayApp(connections, config, logger);
    app.get(Metrics).observeBuffer(() => kafka.buffered);
    kafka.start();
    database.start();

    const adminApp = config.adminPort === undefined ? undefined : await createAdminApp(app, config, logger);
    if (config.adminPort !== undefined) await adminApp?.listen(config.adminPort, config.host);
    await app.listen(config.port, config.host);
    const url = await app.getUrl();
    logger.info({ url, adminUrl: await adminApp?.getUrl() }, `gateway listens on ${url}`);
    return new GatewayProcess(logger, app, adminApp, kafka, database);
  }

  /** Stops in order. @throws never; what did not end well is logged. */
  async stop(): Promise<void> {
    const steps: [string, () => Promise<unknown>][] = [
      ['requests', () => this.app.close()],
      ['admin port', async () => this.adminApp?.close()],
      ['Kafka', () => this.kafka.stop()],
      ['Postgres', () => this.database.stop()],
    ];
    for (const [name, step] of steps) {
      await step().catch((error: unknown) => this.logger.error({ err: error }, `${name} did not end well`));
    }
    this.logger.info('gateway stopped');
  }
}
