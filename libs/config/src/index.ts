export {
  CLI_VARIABLE_NAMES,
  cliDatabaseConfig,
  cliKafkaConfig,
  type CliDatabaseConfig,
  type CliKafkaConfig,
} from './cli-config.js';
export { ConfigError, type ConfigProblem } from './config-error.js';
export { gatewayConfig, type GatewayConfig } from './gateway-config.js';
export { withoutPassword } from './kinds.js';
export type { Environment } from './read.js';
export { configurationDocument, environmentExample } from './reference.js';
export type { ConsumerConfig } from './variables/consumer.js';
export type { DatabaseConfig, DatabaseTls } from './variables/database.js';
export { COMPATIBLE_APIS } from './variables/gateway.js';
export type { CompatibleApi, GatewayHttpConfig, ProducerConfig } from './variables/gateway.js';
export type { KafkaConfig } from './variables/kafka.js';
export type { ProcessConfig } from './variables/process.js';
export type { RolePasswords } from './variables/roles.js';
export type { TopicCreationConfig } from './variables/topics.js';
export { workerConfig, type WorkerConfig } from './worker-config.js';
