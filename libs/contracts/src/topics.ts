import type { Command } from '@app/domain';

/** The topics of one deployment. Names are configuration; these are their roles. */
export interface Topics {
  readonly commands: string;
  readonly balanceChanged: string;
  readonly commandRejected: string;
  readonly cacheInvalidation: string;
  readonly catalogChanged: string;
  readonly deadLetter: string;
  /** Where Nest clients expect replies: always the commands topic and `.reply`, see `topicNames`. */
  readonly reply: string;
}

export type TopicRole = keyof Topics;

/** Names without configuration (contracts, "Topics"). */
export const DEFAULT_TOPICS: Topics = {
  commands: 'credits.commands.v1',
  balanceChanged: 'credits.balance-changed.v1',
  commandRejected: 'credits.command-rejected.v1',
  cacheInvalidation: 'credits.cache-invalidation.v1',
  catalogChanged: 'credits.catalog-changed.v1',
  deadLetter: 'credits.commands.v1.dlq',
  reply: 'credits.commands.v1.reply',
};

/** Names that Kafka accepts. */
const TOPIC_NAME = /^[A-Za-z0-9._-]{1,249}$/;

/**
 * Names of a deployment: a prefix before every default, or a name of its own per role. Unless it is given too, the
 * reply topic follows the commands topic, because an unchanged Nest client expects `<commands topic>.reply`.
 * @throws Error naming the role and the bad name when Kafka would refuse it or two roles share one.
 */
export function topicNames(options: { prefix?: string; names?: Partial<Topics> } = {}): Topics {
  const { prefix = '', names = {} } = options;
  const commands = names.commands ?? prefix + DEFAULT_TOPICS.commands;
  const topics: Topics = {
    commands,
    balanceChanged: names.balanceChanged ?? prefix + DEFAULT_TOPICS.balanceChanged,
    commandRejected: names.commandRejected ?? prefix + DEFAULT_TOPICS.commandRejected,
    cacheInvalidation: names.cacheInvalidation ?? prefix + DEFAULT_TOPICS.cacheInvalidation,
    catalogChanged: names.catalogChanged ?? prefix + DEFAULT_TOPICS.catalogChanged,
    deadLetter: names.deadLetter ?? prefix + DEFAULT_TOPICS.deadLetter,
    reply: names.reply ?? `${commands}.reply`,
  };
  const roleOf = new Map<string, string>();
  for (const [role, name] of Object.entries({ ...topics })) {
    if (!isTopicName(name)) {
      throw new Error(`Topic name for ${role} is "${name}": allowed are 1-249 of A-Z a-z 0-9 . _ -`);
    }
    const other = roleOf.get(name);
    if (other !== undefined) throw new Error(`Topic name "${name}" is given to both ${other} and ${role}`);
    roleOf.set(name, role);
  }
  return topics;
}

/** Where gateways expect replies, apart from Nest clients: each process reads one of its partitions. */
export function gatewayReplyTopic(topics: Topics): string {
  return `${topics.commands}.gateway.reply`;
}

/**
 * Whether a publisher may have its reply on this topic. Refused are names that Kafka doesn't know, Kafka's internal
 * topics, and our own topics except those whose name ends in `.reply`: otherwise a header could write outcomes
 * into the command log.
 */
export function isReplyTopicAllowed(topics: Topics, name: string): boolean {
  if (!isTopicName(name) || name.startsWith('__')) return false;
  return name.endsWith('.reply') || !Object.values(topics).includes(name);
}

/** Key of commands, balance events and rejections: one account id's records share a partition and stay in order. */
export function accountRecordKey(tenantId: string, accountId: string): string {
  return `${tenantId}:${accountId}`;
}

/** Key of cache invalidations. */
export function invalidationRecordKey(tenantId: string, accountId: string, creditType: string): string {
  return `${tenantId}:${accountId}:${creditType}`;
}

/**
 * Key of a command's record: commands about the catalogue are ordered by what they are about, all others by account.
 * A template without an id of its own is new, so that nothing is to be kept in order.
 */
export function commandRecordKey(command: Command): string {
  const { tenantId, accountId } = command;
  return accountId === '' ? catalogRecordKey(tenantId, catalogIdOf(command)) : accountRecordKey(tenantId, accountId);
}

/** What a command or entry without an account is about: the credit type, or the schedule template. */
export function catalogIdOf(about: { readonly creditType: string; readonly scheduleId?: string | null }): string {
  return about.scheduleId ?? about.creditType;
}

/** Key of catalogue changes. */
export function catalogRecordKey(tenantId: string, id: string): string {
  return `${tenantId}:${id}`;
}

function isTopicName(name: string): boolean {
  return TOPIC_NAME.test(name) && name !== '.' && name !== '..';
}
