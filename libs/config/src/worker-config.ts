import type { Topics } from '@app/contracts';
import { deepFreeze, readVariables, type Environment } from './read.js';
import { checkConsumer, CONSUMER_VARIABLES, consumerConfig, type ConsumerConfig } from './variables/consumer.js';
import { checkDatabase, DATABASE_VARIABLES, databaseConfig, type DatabaseConfig } from './variables/database.js';
import { checkKafka, KAFKA_VARIABLES, kafkaConfig, type KafkaConfig } from './variables/kafka.js';
import { PROCESS_VARIABLES, processConfig, type ProcessConfig } from './variables/process.js';
import { RULES_VARIABLES, rulesConfig, type RulesConfig } from './variables/rules.js';
import { SCHEDULER_VARIABLES, schedulerConfig, type SchedulerConfig } from './variables/scheduler.js';
import { checkTopics, TOPIC_VARIABLES, topicsConfig } from './variables/topics.js';

export const WORKER_VARIABLES = {
  ...CONSUMER_VARIABLES,
  ...RULES_VARIABLES,
  ...SCHEDULER_VARIABLES,
  ...KAFKA_VARIABLES,
  ...DATABASE_VARIABLES,
  ...TOPIC_VARIABLES,
  ...PROCESS_VARIABLES,
} as const;

export interface WorkerConfig extends ProcessConfig {
  readonly port: number;
  readonly kafka: KafkaConfig;
  readonly database: DatabaseConfig;
  readonly topics: Topics;
  readonly consumer: ConsumerConfig;
  readonly rules: RulesConfig;
  readonly scheduler: SchedulerConfig;
}

/**
 * The worker's configuration, frozen. Read once, at the start of the process.
 * @throws ConfigError naming everything that is wrong
 */
export function workerConfig(env: Environment = process.env): WorkerConfig {
  const values = readVariables('worker', WORKER_VARIABLES, env, [
    checkKafka,
    checkDatabase,
    checkTopics,
    checkConsumer,
  ]);
  return deepFreeze({
    ...processConfig(values),
    port: values.WORKER_PORT,
    kafka: kafkaConfig(values),
    database: databaseConfig(values),
    topics: topicsConfig(values),
    consumer: consumerConfig(values),
    rules: rulesConfig(values),
    scheduler: schedulerConfig(values),
  });
}
