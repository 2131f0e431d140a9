import type { HealthReport } from '@app/observability';
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { WorkerHealth } from './worker-health.js';

/** For orchestrators. */
@Controller('health')
export class HealthController {
  constructor(private readonly health: WorkerHealth) {}

  /** 503: the process hangs and should be started again. */
  @Get('live')
  async live(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    return answer(reply, await this.health.live());
  }

  /** 503: commands are not applied now; `checks` says why. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    return answer(reply, await this.health.ready());
  }
}

function answer(reply: FastifyReply, report: HealthReport): HealthReport {
  void reply.status(report.status === 'up' ? 200 : 503).header('cache-control', 'no-store');
  return report;
}
