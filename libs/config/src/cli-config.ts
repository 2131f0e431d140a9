import type { Topics } from '@app/contracts';
import { deepFreeze, readVariables, type Environment } from './read.js';
import { CONSUMER_VARIABLES } from './variables/consumer.js';
import { checkDatabase, DATABASE_VARIABLES, databaseConfig, type DatabaseConfig } from './variables/database.js';
import { checkKafka, KAFKA_VARIABLES, kafkaConfig, type KafkaConfig } from './variables/kafka.js';
import { ROLE_VARIABLES, type RolePasswords } from './variables/roles.js';
import {
  checkTopicCreation,
  checkTopics,
  TOPIC_CREATION_VARIABLES,
  TOPIC_VARIABLES,
  topicCreationConfig,
  topicsConfig,
  type TopicCreationConfig,
} from './variables/topics.js';

export const CLI_DATABASE_VARIABLES = { ...DATABASE_VARIABLES, ...ROLE_VARIABLES } as const;

export const CLI_KAFKA_VARIABLES = {
  ...KAFKA_VARIABLES,
  ...TOPIC_VARIABLES,
  ...TOPIC_CREATION_VARIABLES,
  CONSUMER_GROUP: CONSUMER_VARIABLES.CONSUMER_GROUP,
} as const;

/** Every variable that administration reads. */
export const CLI_VARIABLE_NAMES: readonly string[] = Object.keys({ ...CLI_DATABASE_VARIABLES, ...CLI_KAFKA_VARIABLES });

/** For commands that only need Postgres. */
export interface CliDatabaseConfig {
  readonly database: DatabaseConfig;
  readonly rolePasswords: RolePasswords;
}

/** For commands that only need Kafka. */
export interface CliKafkaConfig {
  readonly kafka: KafkaConfig;
  readonly topics: Topics;
  readonly topicCreation: TopicCreationConfig;
  readonly consumerGroup: string;
}

/** @throws ConfigError naming everything that is wrong */
export function cliDatabaseConfig(env: Environment = process.env): CliDatabaseConfig {
  const values = readVariables('command line', CLI_DATABASE_VARIABLES, env, [checkDatabase]);
  const rolePasswords = { worker: values.WORKER_DATABASE_PASSWORD, gateway: values.GATEWAY_DATABASE_PASSWORD };
  return deepFreeze({ database: databaseConfig(values), rolePasswords });
}

/** @throws ConfigError naming everything that is wrong */
export function cliKafkaConfig(env: Environment = process.env): CliKafkaConfig {
  const values = readVariables('command line', CLI_KAFKA_VARIABLES, env, [checkKafka, checkTopics, checkTopicCreation]);
  return deepFreeze({
    kafka: kafkaConfig(values),
    topics: topicsConfig(values),
    topicCreation: topicCreationConfig(values),
    consumerGroup: values.CONSUMER_GROUP,
  });
}
