import {
  cliDatabaseConfig,
  cliKafkaConfig,
  ConfigError,
  type CliDatabaseConfig,
  type CliKafkaConfig,
  type Environment,
} from '@app/config';

import type { CliContext } from '../context.js';
import { UsageError } from '../errors.js';

/** Settings of commands that talk to Postgres. @throws UsageError naming everything that is wrong */
export function databaseSettings(context: CliContext): CliDatabaseConfig {
  return read(() => cliDatabaseConfig(withStack(context)));
}

/** Settings of commands that talk to Kafka. @throws UsageError naming everything that is wrong */
export function kafkaSettings(context: CliContext): CliKafkaConfig {
  return read(() => cliKafkaConfig(withStack(context)));
}

/** Whether brokers are named at all, so that a command may do without. */
export function kafkaIsNamed(context: CliContext): boolean {
  return (withStack(context).KAFKA_BROKERS ?? '') !== '';
}

/**
 * The environment, completed by the running local stack. The database of one system is never combined with the
 * brokers of another: when one of the two is given and isn't the stack's, the stack gives nothing.
 */
function withStack(context: CliContext): Environment {
  const { DATABASE_URL: database = '', KAFKA_BROKERS: brokers = '' } = context.env;
  if (database !== '' && brokers !== '') return context.env;
  const stack = context.stack();
  const isTheStack =
    stack !== undefined &&
    (database === '' || database === stack.databaseUrl) &&
    (brokers === '' || brokers === stack.kafkaBrokers);
  if (!isTheStack) return context.env;
  return { ...context.env, DATABASE_URL: stack.databaseUrl, KAFKA_BROKERS: stack.kafkaBrokers };
}

function read<T>(settings: () => T): T {
  try {
    return settings();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const isMissing = error.problems.some(({ value }) => value === '(not set)');
    throw new UsageError(
      error.message,
      isMissing
        ? 'Set what is missing, or start a local stack with `npm start`, whose settings are then used.'
        : undefined,
    );
  }
}
