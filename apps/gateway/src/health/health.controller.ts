import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type HealthCheck, healthReport } from '@app/observability';
import type { FastifyReply } from 'fastify';

import { Public } from '../auth/access.js';

/** Injection token of the checks (`readonly HealthCheck[]`) that readiness needs. */
export const READINESS_CHECKS = Symbol('ReadinessChecks');

const CHECK_MS_MAX = 2_000;

interface HealthJson {
  readonly status: 'up' | 'down';
  readonly checks: Readonly<Record<string, 'up' | 'down'>>;
}

/** For orchestrators and load balancers. On a public port it says what is down, never why. */
@Controller('health')
@Public()
@ApiExcludeController()
export class HealthController {
  constructor(@Inject(READINESS_CHECKS) private readonly checks: readonly HealthCheck[]) {}

  /** The process answers. Everything else mends itself when Kafka and Postgres are back, so nothing else counts. */
  @Get('live')
  live(): HealthJson {
    return { status: 'up', checks: {} };
  }

  /** Broker and database are there: requests can be served. 503 otherwise. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthJson> {
    const { status, checks } = await healthReport(this.checks, CHECK_MS_MAX);
    void reply.status(status === 'up' ? 200 : 503).header('cache-control', 'no-store');
    return { status, checks: Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, check.status])) };
  }
}
