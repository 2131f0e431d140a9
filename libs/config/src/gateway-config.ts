import type { Topics } from '@app/contracts';
import { deepFreeze, readVariables, type Environment } from './read.js';
import { checkDatabase, DATABASE_VARIABLES, databaseConfig, type DatabaseConfig } from './variables/database.js';
import {
  GATEWAY_VARIABLES,
  gatewayHttpConfig,
  producerConfig,
  type GatewayHttpConfig,
  type ProducerConfig,
} from './variables/gateway.js';
import { checkKafka, KAFKA_VARIABLES, kafkaConfig, type KafkaConfig } from './variables/kafka.js';
import { PROCESS_VARIABLES, processConfig, type ProcessConfig } from './variables/process.js';
import { checkTopics, TOPIC_VARIABLES, topicsConfig } from './variables/topics.js';

export const GATEWAY_APP_VARIABLES = {
  ...GATEWAY_VARIABLES,
  ...KAFKA_VARIABLES,
  ...DATABASE_VARIABLES,
  ...TOPIC_VARIABLES,
  ...PROCESS_VARIABLES,
} as const;

export interface GatewayConfig extends ProcessConfig, GatewayHttpConfig {
  readonly port: number;
  readonly kafka: KafkaConfig;
  readonly database: DatabaseConfig;
  readonly topics: Topics;
  readonly producer: ProducerConfig;
}

/**
 * The gateway's configuration, frozen. Read once, at the start of the process.
 * @throws ConfigError naming everything that is wrong
 */
export function gatewayConfig(env: Environment = process.env): GatewayConfig {
  const values = readVariables('gateway', GATEWAY_APP_VARIABLES, env, [checkKafka, checkDatabase, checkTopics]);
  return deepFreeze({
    ...processConfig(values),
    ...gatewayHttpConfig(values),
    port: values.GATEWAY_PORT,
    kafka: kafkaConfig(values),
    database: databaseConfig(values),
    topics: topicsConfig(values),
    producer: producerConfig(values),
  });
}
