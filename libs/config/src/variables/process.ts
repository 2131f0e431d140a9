import { flag, oneOf, port, text, whole } from '../kinds.js';
import { optional, withDefault, type Values } from '../variable.js';

/** What every server of ours has. */
export const PROCESS_VARIABLES = {
  HOST: withDefault(
    text(/^[0-9A-Za-z.:_-]{1,253}$/, 'an address or host name'),
    '127.0.0.1',
    'Address to listen on; `0.0.0.0` in a container.',
  ),
  LOG_LEVEL: withDefault(
    oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    'info',
    'Least important log lines that are written (JSON, to standard output).',
  ),
  METRICS_ENABLED: withDefault(flag, 'true', 'Serve `/metrics` for Prometheus.'),
  ADMIN_PORT: optional(
    port,
    'Serve `/metrics` (and the gateway `/docs` and `/openapi.json`) on this port instead of the main one.',
  ),
  SHUTDOWN_DEADLINE_MS: withDefault(
    whole(1_000, 300_000, 'ms'),
    '15000',
    'How long a stopping process may take to finish what it has begun.',
  ),
} as const;

export interface ProcessConfig {
  readonly host: string;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly metricsEnabled: boolean;
  /** Undefined: on the main port. */
  readonly adminPort: number | undefined;
  readonly shutdownDeadlineMs: number;
}

export function processConfig(values: Values<typeof PROCESS_VARIABLES>): ProcessConfig {
  return {
    host: values.HOST,
    logLevel: values.LOG_LEVEL,
    metricsEnabled: values.METRICS_ENABLED,
    adminPort: values.ADMIN_PORT,
    shutdownDeadlineMs: values.SHUTDOWN_DEADLINE_MS,
  };
}
