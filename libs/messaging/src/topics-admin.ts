import type { Topics } from '@app/contracts';
import type { LogAdmin, TopicDefinition, TopicDescription } from './log-admin.js';

/** How topics are made; the same fields as `TopicCreationConfig` of @app/config. Times in milliseconds, −1: for ever. */
export interface TopicSettings {
  /** Partitions of every topic but the dead-letter topic. */
  readonly partitions: number;
  /** Undefined: the broker's default. 3 in production. */
  readonly replicationFactor?: number | undefined;
  /** Undefined: the broker's default. 2 in production. */
  readonly minInsyncReplicas?: number | undefined;
  readonly commandsRetentionMs: number;
  readonly eventsRetentionMs: number;
  readonly deadLetterRetentionMs: number;
}

/** Large enough that a command of twice the usual limit still arrives and can be dead-lettered `TOO_LARGE`. */
const COMMANDS_MESSAGE_BYTES_MAX = 4 * 1024 * 1024;
/** A dead letter is the record and its `x-dlq-*` headers. */
const DEAD_LETTER_MESSAGE_BYTES_MAX = COMMANDS_MESSAGE_BYTES_MAX + 64 * 1024;
const DEAD_LETTER_PARTITIONS = 3;

/** What the topics of a deployment should be (contracts, "Topics"). `replies`: further reply topics, as a gateway's. */
export function topicDefinitions(
  topics: Topics,
  settings: TopicSettings,
  replies: readonly string[] = [],
): TopicDefinition[] {
  const define = (
    name: string,
    retentionMs: number,
    configs: Record<string, string> = {},
    partitions = settings.partitions,
  ): TopicDefinition => ({
    name,
    partitions,
    ...(settings.replicationFactor !== undefined && { replicationFactor: settings.replicationFactor }),
    configs: {
      'cleanup.policy': 'delete',
      'retention.ms': String(retentionMs),
      ...(settings.minInsyncReplicas !== undefined && { 'min.insync.replicas': String(settings.minInsyncReplicas) }),
      'unclean.leader.election.enable': 'false',
      ...configs,
    },
  });
  const events = [topics.balanceChanged, topics.commandRejected, topics.cacheInvalidation, topics.catalogChanged];
  return [
    define(topics.commands, settings.commandsRetentionMs, {
      'message.timestamp.type': 'LogAppendTime',
      'max.message.bytes': String(COMMANDS_MESSAGE_BYTES_MAX),
    }),
    ...events.map((name) => define(name, settings.eventsRetentionMs)),
    define(
      topics.deadLetter,
      settings.deadLetterRetentionMs,
      { 'max.message.bytes': String(DEAD_LETTER_MESSAGE_BYTES_MAX) },
      DEAD_LETTER_PARTITIONS,
    ),
    ...[topics.reply, ...replies].map((name) => define(name, settings.eventsRetentionMs)),
  ];
}

export interface EnsuredTopics {
  readonly created: readonly string[];
  /** Those that were there already; they are left as they are, see `verifyTopics`. */
  readonly existing: readonly string[];
}

/** Makes what is missing. */
export async function ensureTopics(admin: LogAdmin, definitions: readonly TopicDefinition[]): Promise<EnsuredTopics> {
  const created = await admin.createTopics(definitions);
  const existing = definitions.map(({ name }) => name).filter((name) => !created.includes(name));
  return { created, existing };
}

export interface TopicProblem {
  readonly topic: string;
  /** `error`: the worker must not start. `warning`: it works, with a drawback. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** The line that fixes it. */
  readonly fix: string;
}

/** Compares the topics with what the worker relies on. Empty: everything is in order. */
export async function verifyTopics(admin: LogAdmin, topics: Topics): Promise<readonly TopicProblem[]> {
  const names = Object.values(topics) as readonly string[];
  const described = await admin.describeTopics(names);
  const missing = names
    .filter((name) => !described.has(name))
    .map((topic): TopicProblem => ({
      topic,
      // Nobody need ever ask for a reply.
      severity: topic === topics.reply ? 'warning' : 'error',
      message: `Topic ${topic} is missing.`,
      fix: 'creditbus topics',
    }));
  const commands = described.get(topics.commands);
  const deadLetter = described.get(topics.deadLetter);
  return [
    ...missing,
    ...(commands === undefined ? [] : commandsProblems(commands)),
    ...(commands === undefined || deadLetter === undefined ? [] : deadLetterProblems(commands, deadLetter)),
  ];
}

function commandsProblems({ name, configs }: TopicDescription): TopicProblem[] {
  const problems: TopicProblem[] = [];
  const timestampType = configs['message.timestamp.type'];
  if (timestampType !== 'LogAppendTime') {
    problems.push({
      topic: name,
      severity: 'error',
      message:
        `Topic ${name} has message.timestamp.type=${timestampType ?? 'unknown'}; decisions rest on the log's clock, ` +
        'so it must be LogAppendTime.',
      fix: alter(name, 'message.timestamp.type=LogAppendTime'),
    });
  }
  const policy = configs['cleanup.policy'];
  if (policy !== undefined && policy !== 'delete') {
    problems.push({
      topic: name,
      severity: 'error',
      message: `Topic ${name} has cleanup.policy=${policy}; compaction would remove commands that were not applied yet.`,
      fix: alter(name, 'cleanup.policy=delete'),
    });
  }
  return problems;
}

function deadLetterProblems(commands: TopicDescription, deadLetter: TopicDescription): TopicProblem[] {
  const largest = (topic: TopicDescription) => Number(topic.configs['max.message.bytes'] ?? Number.NaN);
  if (!(largest(deadLetter) <= largest(commands))) return [];
  return [
    {
      topic: deadLetter.name,
      severity: 'warning',
      message:
        `Topic ${deadLetter.name} takes messages of at most ${largest(deadLetter)} bytes, ${commands.name} of ` +
        `${largest(commands)}: the largest dead letters are cut.`,
      fix: alter(deadLetter.name, `max.message.bytes=${largest(commands) + 64 * 1024}`),
    },
  ];
}

function alter(topic: string, config: string): string {
  return `kafka-configs.sh --bootstrap-server <broker> --alter --entity-type topics --entity-name ${topic} --add-config ${config}`;
}
