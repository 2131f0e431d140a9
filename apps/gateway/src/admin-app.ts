import { NestLogger } from '@app/observability';
import { type DynamicModule, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';

import { serveDocumentation } from './documentation/document.js';
import { fastifyAdapter, secure } from './gateway-app.js';
import type { GatewayOptions } from './gateway-options.js';
import { Metrics } from './metrics/metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';

@Module({})
class AdminModule {
  static with(metrics: Metrics, isServingMetrics: boolean): DynamicModule {
    return {
      module: AdminModule,
      controllers: isServingMetrics ? [MetricsController] : [],
      providers: [{ provide: Metrics, useValue: metrics }],
    };
  }
}

/** `/metrics`, `/docs` and `/openapi.json` of a gateway for a port of their own, where the API is not. */
export async function createAdminApp(
  gateway: INestApplication,
  options: GatewayOptions,
  logger?: Logger,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AdminModule.with(gateway.get(Metrics), options.metricsEnabled),
    fastifyAdapter(options),
    { bodyParser: false, abortOnError: false, logger: logger ? new NestLogger(logger) : false },
  );
  await secure(app);
  if (options.docsEnabled) serveDocumentation(app, gateway);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
