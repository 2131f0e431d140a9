import { Injectable } from '@nestjs/common';
import { createRegistry, gatewayMetrics } from '@app/observability';
import type { FastifyInstance } from 'fastify';

interface Buffered {
  readonly records: number;
  readonly bytes: number;
}

/** The gateway's metrics in a registry of their own, so that two gateways in one process don't meet. */
@Injectable()
export class Metrics {
  readonly registry = createRegistry('gateway');
  readonly gateway = gatewayMetrics(this.registry);
  private buffered: () => Buffered = () => ({ records: 0, bytes: 0 });

  /** Counts every request by its route pattern, so that ids make no series; waits are part of its time. */
  observeRequests(server: FastifyInstance): void {
    server.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      const status = String(reply.statusCode);
      this.gateway.httpSeconds.observe({ method: request.method, route, status }, reply.elapsedTime / 1_000);
      if (reply.statusCode === 429) this.gateway.rateLimited.inc();
      done();
    });
  }

  /** Reads what waits for acknowledgement whenever somebody asks for metrics. */
  observeBuffer(buffered: () => Buffered): void {
    this.buffered = buffered;
  }

  /** Everything, as Prometheus takes it. */
  text(): Promise<string> {
    const { records, bytes } = this.buffered();
    this.gateway.bufferRecords.set(records);
    this.gateway.bufferBytes.set(bytes);
    return this.registry.metrics();
  }
}
