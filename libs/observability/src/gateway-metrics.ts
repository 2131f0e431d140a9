import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const HTTP_SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What the gateway counts. `route` is the pattern (`/v1/accounts/:id`), never a path with ids in it. */
export interface GatewayMetrics {
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>;
  /** Commands by `accepted` (acknowledged by Kafka), `refused` (4xx) and `unavailable` (503). */
  readonly commands: Counter<'type' | 'result'>;
  /** Time until Kafka acknowledged. */
  readonly publishSeconds: Histogram;
  /** Commands that wait for acknowledgement. */
  readonly bufferRecords: Gauge;
  readonly bufferBytes: Gauge;
  /** Waits of `Prefer: wait` that ended with the `outcome`, found it in the `ledger`, or in a `timeout`. */
  readonly waits: Counter<'result'>;
  readonly rateLimited: Counter;
}

export function gatewayMetrics(registry: Registry): GatewayMetrics {
  const registers = [registry];
  return {
    httpSeconds: new Histogram({
      name: 'creditbus_http_request_seconds',
      help: 'Time of HTTP requests',
      labelNames: ['method', 'route', 'status'],
      buckets: HTTP_SECONDS,
      registers,
    }),
    commands: new Counter({
      name: 'creditbus_gateway_commands_total',
      help: 'Commands sent to the gateway by type and result',
      labelNames: ['type', 'result'],
      registers,
    }),
    publishSeconds: new Histogram({
      name: 'creditbus_gateway_publish_seconds',
      help: 'Time until Kafka acknowledged a command',
      buckets: HTTP_SECONDS,
      registers,
    }),
    bufferRecords: new Gauge({
      name: 'creditbus_gateway_buffer_records',
      help: 'Commands waiting for acknowledgement',
      registers,
    }),
    bufferBytes: new Gauge({
      name: 'creditbus_gateway_buffer_bytes',
      help: 'Bytes of commands waiting for acknowledgement',
      registers,
    }),
    waits: new Counter({
      name: 'creditbus_gateway_waits_total',
      help: 'Waits for an outcome by how they ended',
      labelNames: ['result'],
      registers,
    }),
    rateLimited: new Counter({
      name: 'creditbus_gateway_rate_limited_total',
      help: 'Requests refused by the rate limit',
      registers,
    }),
  };
}
