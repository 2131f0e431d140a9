export { type GatewayMetrics, gatewayMetrics } from './gateway-metrics.js';
export {
  type CheckReport,
  HEALTH_CHECK_TIMEOUT_MS,
  type HealthCheck,
  type HealthReport,
  healthReport,
} from './health.js';
export { createLogger, loggerOptions, type LogLevelName, withoutUrlPasswords } from './logging.js';
export { NestLogger } from './nest-logger.js';
export { createRegistry, serveMetrics } from './metrics-registry.js';
export { startFailure } from './start-failure.js';
export { type WorkerMetrics, workerMetrics } from './worker-metrics.js';
