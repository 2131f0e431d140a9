/** Settings of the baseline, from the environment. */
export interface BaselineSettings {
  readonly brokers: string[];
  readonly databaseUrl: string;
  readonly groupId: string;
  /** 1 is kafkajs' default: one message at a time in the whole process. */
  readonly partitionsConsumedConcurrently: number;
}

/** @throws Error naming the variable when a required one is missing. */
export function readSettings(env: NodeJS.ProcessEnv): BaselineSettings {
  return {
    brokers: required(env, 'KAFKA_BROKERS').split(','),
    databaseUrl: required(env, 'DATABASE_URL'),
    groupId: env.BASELINE_GROUP_ID ?? 'baseline',
    partitionsConsumedConcurrently: Number(env.BASELINE_PARTITIONS_CONCURRENTLY ?? '1'),
  };
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}
