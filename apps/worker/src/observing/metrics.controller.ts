import { Controller, Get, Inject, NotFoundException, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Registry } from 'prom-client';

/** Injection token: whether `/metrics` is served on this port. */
export const METRICS_HERE = Symbol('MetricsHere');

@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly registry: Registry,
    @Inject(METRICS_HERE) private readonly enabled: boolean,
  ) {}

  @Get()
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    if (!this.enabled) throw new NotFoundException();
    void reply.type(this.registry.contentType);
    return this.registry.metrics();
  }
}
