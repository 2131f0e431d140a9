import type { TopicRole, Topics } from '@app/contracts';

import type { TopicDefinition, TopicDescription } from './log-admin.js';

/** How the topics of a deployment are made; `TopicCreationConfig` of @app/config fits. Times in milliseconds. */
export interface TopicSettings {
  /** Of every topic but the dead-letter and reply topics. */
  readonly partitions: number;
  /** Undefined: the broker's default. */
  readonly replicationFactor?: number;
  /** Undefined: the broker's default. */
  readonly minInsyncReplicas?: number;
  /** -1: for ever. */
  readonly commandsRetentionMs: number;
  readonly eventsRetentionMs: number;
  readonly deadLetterRetentionMs: number;
}

/**
 * Largest record of the commands topic, bytes. Far above the largest command, so that a record that is too large
 * reaches the worker and is dead-lettered with its reason instead of failing at its publisher without a trace.
 */
const COMMANDS_MESSAGE_BYTES_MAX = 4 * 1024 * 1024;
/** Larger still: a dead letter is its original and the headers that say why. */
const DEAD_LETTER_MESSAGE_BYTES_MAX = 5 * 1024 * 1024;

/** Dead letters are few, and are easier to look through in one place. */
const DEAD_LETTER_PARTITIONS = 1;
/** A Nest client needs a partition of the reply topic for each of its instances in a group. */
const REPLY_PARTITIONS = 12;

/** The topics of a deployment as they are to be made (contracts, "Topics"). */
export function topicDefinitions(topics: Topics, settings: TopicSettings): readonly TopicDefinition[] {
  const { partitions, eventsRetentionMs } = settings;
  const kinds: Record<TopicRole, { partitions: number; retentionMs: number; own?: Record<string, string> }> = {
    commands: {
      partitions,
      retentionMs: settings.commandsRetentionMs,
      // Decisions use the log's clock (overview), and a record that is too large must arrive to be dead-lettered.
      own: {
        'message.timestamp.type': 'LogAppendTime',
        'max.message.bytes': String(COMMANDS_MESSAGE_BYTES_MAX),
      },
    },
    balanceChanged: { partitions, retentionMs: eventsRetentionMs },
    commandRejected: { partitions, retentionMs: eventsRetentionMs },
    cacheInvalidation: { partitions, retentionMs: eventsRetentionMs },
    catalogChanged: { partitions, retentionMs: eventsRetentionMs },
    deadLetter: {
      partitions: DEAD_LETTER_PARTITIONS,
      retentionMs: settings.deadLetterRetentionMs,
      own: { 'max.message.bytes': String(DEAD_LETTER_MESSAGE_BYTES_MAX) },
    },
    reply: { partitions: REPLY_PARTITIONS, retentionMs: eventsRetentionMs },
  };
  const common = {
    'cleanup.policy': 'delete',
    'unclean.leader.election.enable': 'false',
    ...(settings.minInsyncReplicas === undefined ? {} : { 'min.insync.replicas': String(settings.minInsyncReplicas) }),
  };
  return Object.entries(kinds).map(([role, kind]) => ({
    name: topics[role as TopicRole],
    partitions: kind.partitions,
    ...(settings.replicationFactor === undefined ? {} : { replicationFactor: settings.replicationFactor }),
    configs: { ...common, 'retention.ms': String(kind.retentionMs), ...kind.own },
  }));
}

/** What is not as it should be with a topic that exists, and the line that mends it. */
export interface TopicProblem {
  readonly topic: string;
  readonly message: string;
  readonly fix: string;
  /** False: worth knowing, for example a retention that an operator chose. True: the worker can't work like this. */
  readonly serious: boolean;
}

/** Settings without which promises do not hold; the others are an operator's choice. */
const SERIOUS = new Set(['message.timestamp.type', 'cleanup.policy', 'max.message.bytes']);

/** Compares what exists with what should; a topic that does not exist is a problem as well. */
export function topicProblems(
  definitions: readonly TopicDefinition[],
  described: ReadonlyMap<string, TopicDescription>,
): readonly TopicProblem[] {
  return definitions.flatMap((definition) => {
    const topic = definition.name;
    const found = described.get(topic);
    if (found === undefined) {
      return [{ topic, message: 'does not exist', fix: 'creditbus topics create', serious: true }];
    }
    const fewer: readonly TopicProblem[] =
      found.partitions === definition.partitions
        ? []
        : [
            {
              topic,
              message: `has ${found.partitions} partitions, ${definition.partitions} are configured`,
              // Never added to a topic in use without thought: keys would move to other partitions.
              fix: 'set TOPIC_PARTITIONS to what it has',
              serious: false,
            },
          ];
    return [...fewer, ...configProblems(definition, found)];
  });
}

function configProblems(definition: TopicDefinition, found: TopicDescription): readonly TopicProblem[] {
  return Object.entries(definition.configs)
    .filter(([name, value]) => found.configs[name] !== value && !isAmple(name, found.configs[name], value))
    .map(([name, value]) => ({
      topic: definition.name,
      message: `has ${name}=${found.configs[name] ?? 'unknown'}, ${value} is configured`,
      fix: `kafka-configs.sh --alter --topic ${definition.name} --add-config ${name}=${value}`,
      serious: SERIOUS.has(name),
    }));
}

/** A larger limit than needed does no harm. */
function isAmple(name: string, found: string | undefined, needed: string): boolean {
  return name === 'max.message.bytes' && Number(found) >= Number(needed);
}
