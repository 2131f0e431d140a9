import { topicNames, type Topics } from '@app/contracts';
import type { ConfigProblem } from '../config-error.js';
import { text, whole } from '../kinds.js';
import { optional, withDefault, type Values } from '../variable.js';

const topicName = text(/^[A-Za-z0-9._-]{1,249}$/, '1 to 249 of `A-Z a-z 0-9 . _ -`');

export const TOPIC_VARIABLES = {
  TOPIC_PREFIX: optional(
    text(/^[A-Za-z0-9._-]{1,100}$/, '1 to 100 of `A-Z a-z 0-9 . _ -`'),
    'Put before the default name of every topic.',
  ),
  TOPIC_COMMANDS: optional(topicName, 'Default `credits.commands.v1`.'),
  TOPIC_BALANCE_CHANGED: optional(topicName, 'Default `credits.balance-changed.v1`.'),
  TOPIC_COMMAND_REJECTED: optional(topicName, 'Default `credits.command-rejected.v1`.'),
  TOPIC_CACHE_INVALIDATION: optional(topicName, 'Default `credits.cache-invalidation.v1`.'),
  TOPIC_CATALOG_CHANGED: optional(topicName, 'Default `credits.catalog-changed.v1`.'),
  TOPIC_DEAD_LETTER: optional(topicName, 'Default `credits.commands.v1.dlq`.'),
  TOPIC_REPLY: optional(topicName, 'Default: the commands topic and `.reply`, as Nest clients expect it.'),
} as const;

type TopicValues = Values<typeof TOPIC_VARIABLES>;

export function topicsConfig(values: Partial<TopicValues>): Topics {
  const names: Record<keyof Topics, string | undefined> = {
    commands: values.TOPIC_COMMANDS,
    balanceChanged: values.TOPIC_BALANCE_CHANGED,
    commandRejected: values.TOPIC_COMMAND_REJECTED,
    cacheInvalidation: values.TOPIC_CACHE_INVALIDATION,
    catalogChanged: values.TOPIC_CATALOG_CHANGED,
    deadLetter: values.TOPIC_DEAD_LETTER,
    reply: values.TOPIC_REPLY,
  };
  const given = Object.fromEntries(Object.entries(names).filter(([, name]) => name !== undefined));
  return topicNames({ ...(values.TOPIC_PREFIX !== undefined && { prefix: values.TOPIC_PREFIX }), names: given });
}

/** Two roles may not share a topic, whether by name or by default. */
export function checkTopics(values: Partial<TopicValues>): ConfigProblem[] {
  try {
    topicsConfig(values);
    return [];
  } catch (error) {
    return [{ variable: 'TOPIC_*', value: '(together)', allowed: (error as Error).message }];
  }
}

const days = (count: number) => String(count * 86_400_000);
const retention = whole(-1, 315_360_000_000, 'ms; -1 keeps for ever');

/** How `creditbus topics` makes topics. */
export const TOPIC_CREATION_VARIABLES = {
  TOPIC_PARTITIONS: withDefault(
    whole(1, 1_000),
    '12',
    'Partitions of every topic but the dead-letter and reply topics.',
  ),
  TOPIC_REPLICATION: optional(whole(1, 15), "Replicas of every topic; 3 in production. Default: the broker's."),
  TOPIC_MIN_INSYNC_REPLICAS: optional(
    whole(1, 15),
    "Replicas that must have a record before it counts as written; 2 in production. Default: the broker's.",
  ),
  TOPIC_COMMANDS_RETENTION_MS: withDefault(
    retention,
    days(14),
    'How long commands are kept: longer than the longest outage to survive, and than the age of a backup to restore.',
  ),
  TOPIC_EVENTS_RETENTION_MS: withDefault(retention, days(7), 'How long events and replies are kept.'),
  TOPIC_DEAD_LETTER_RETENTION_MS: withDefault(retention, days(30), 'How long dead letters are kept.'),
} as const;

export interface TopicCreationConfig {
  readonly partitions: number;
  /** Undefined: the broker's default. */
  readonly replicationFactor: number | undefined;
  /** Undefined: the broker's default. */
  readonly minInsyncReplicas: number | undefined;
  /** -1: for ever. */
  readonly commandsRetentionMs: number;
  readonly eventsRetentionMs: number;
  readonly deadLetterRetentionMs: number;
}

export function topicCreationConfig(values: Values<typeof TOPIC_CREATION_VARIABLES>): TopicCreationConfig {
  return {
    partitions: values.TOPIC_PARTITIONS,
    replicationFactor: values.TOPIC_REPLICATION,
    minInsyncReplicas: values.TOPIC_MIN_INSYNC_REPLICAS,
    commandsRetentionMs: values.TOPIC_COMMANDS_RETENTION_MS,
    eventsRetentionMs: values.TOPIC_EVENTS_RETENTION_MS,
    deadLetterRetentionMs: values.TOPIC_DEAD_LETTER_RETENTION_MS,
  };
}

/** More in-sync replicas than replicas: nothing could ever be written. */
export function checkTopicCreation(values: Partial<Values<typeof TOPIC_CREATION_VARIABLES>>): ConfigProblem[] {
  const { TOPIC_REPLICATION: replicas, TOPIC_MIN_INSYNC_REPLICAS: inSync } = values;
  if (replicas === undefined || inSync === undefined || inSync <= replicas) return [];
  const allowed = `at most TOPIC_REPLICATION (${replicas})`;
  return [{ variable: 'TOPIC_MIN_INSYNC_REPLICAS', value: `"${inSync}"`, allowed }];
}
