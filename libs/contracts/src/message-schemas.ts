import { APPLIED_CODES, CAUSES, DEAD_LETTER_CODES, REJECTION_CODES } from '@app/domain';
import { CATALOG_CHANGE_SCHEMA } from './catalog-schemas.js';
import { COMMAND_SPECS } from './command-table.js';
import { DEAD_LETTER_HEADERS } from './dead-letter.js';
import { DATA_SCHEMAS, EVENT_TYPES } from './events.js';
import type { JsonSchema } from './json-schema.js';
import { COMMAND_EXAMPLES } from './examples.js';
import { REPLY_HEADERS } from './reply-address.js';
import { amountOrNull, amountText, dateTime, strings, text, versionText } from './schema-parts.js';

/*
 * JSON Schemas of all messages, made from the same tables as the code. What JSON Schema can't say is in the texts: a
 * number's source text (1e2, 1.0), lone surrogates, U+0000, depth, size.
 */

/** Schema of a command type. Unknown fields are allowed: the worker ignores them. */
export function commandSchema(type: string): JsonSchema {
  const spec = COMMAND_SPECS.get(type);
  if (spec === undefined) throw new Error(`there is no command type ${type}`);
  const { properties = {}, ...schema } = spec.table.schema;
  return {
    title: type,
    description: spec.description,
    ...schema,
    properties: { type: { const: type }, ...withoutType(properties) },
    examples: COMMAND_EXAMPLES[spec.type],
  };
}

function withoutType(properties: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== 'type'));
}

const balances: JsonSchema = {
  type: 'object',
  description: 'What an account holds; balance and available are null when it is unlimited.',
  required: ['balance', 'held', 'available', 'unlimited'],
  properties: {
    balance: { description: 'Base plus what remains in opened grants, held credits included.', ...amountOrNull },
    held: { description: 'Reserved by open holds.', ...amountText },
    available: { description: 'What may be used now.', ...amountOrNull },
    unlimited: { type: 'boolean' },
  },
};

const account: Readonly<Record<string, JsonSchema>> = {
  tenantId: text('Whose account it is.'),
  accountId: text('The account.'),
  creditType: text('What the account holds.'),
};

/** Schema of the outcome of a command. */
export const OUTCOME_SCHEMA: JsonSchema = {
  $id: DATA_SCHEMAS.outcome,
  title: 'Outcome',
  description: 'What became of a command. What it does not have is absent.',
  type: 'object',
  required: ['tenantId', 'creditType', 'commandId', 'commandType', 'status', 'code', 'cause', 'recordedAt'],
  properties: {
    ...account,
    accountId: text('The account; absent of commands about the catalogue, which touch none.'),
    commandId: text('Id of the command.'),
    commandType: text('Type of the command.'),
    status: { description: 'Rejected commands change nothing.', enum: ['applied', 'rejected'] },
    code: { description: 'Why; a closed list.', enum: [...APPLIED_CODES, ...REJECTION_CODES] },
    cause: { description: 'What kind of change it is.', enum: CAUSES },
    requested: { description: 'What was asked for, signed; of a rejected command as sent.', ...amountText },
    applied: { description: 'By how much the balance changed.', ...amountText },
    before: { ...balances, description: 'Before it; absent when the account is not known. Null: unlimited.' },
    after: { ...balances, description: 'After it; only when applied. Null: unlimited.' },
    version: {
      description: 'Version after it, of the account or of the definition in the catalogue: 1, 2, 3 … without gap.',
      ...versionText,
    },
    previousVersion: { description: 'One less; a consumer that has another has missed events.', ...versionText },
    allocations: {
      description: 'How much it gave to or took from each grant, or the base (null). They sum to applied.',
      type: 'array',
      items: {
        type: 'object',
        required: ['grantId', 'amount'],
        properties: { grantId: { type: ['string', 'null'] }, amount: amountText },
      },
    },
    grantId: text('The grant that it named, or made when that is just one; only when applied.'),
    holdId: text('The hold that it named or made; only when applied.'),
    scheduleId: text('The schedule that it named or made; only when applied.'),
    reason: text('As sent.'),
    description: text('As sent.'),
    actor: {
      description: 'As sent.',
      type: 'object',
      required: ['type', 'id'],
      properties: { type: { type: 'string' }, id: { type: 'string' }, name: { type: 'string' } },
    },
    metadata: { description: 'As sent.', ...strings },
    source: text('As sent.'),
    occurredAt: { description: 'As sent.', ...dateTime },
    recordedAt: { description: "The log's append time at which it was decided.", ...dateTime },
    message: text('Why it was rejected, for people.'),
    details: {
      description:
        'For programs: why it was rejected; when applied, why a command of the scheduler had no effect (code), or what ' +
        'was skipped.',
      ...strings,
    },
    duplicate: {
      description: 'Answers and replies only: the command was sent before, this is its first outcome.',
      const: true,
    },
  },
  if: { properties: { status: { const: 'applied' } } },
  then: {
    required: ['version', 'previousVersion'],
    properties: { code: { enum: APPLIED_CODES } },
    if: { required: ['accountId'] },
    then: { required: ['applied', 'before', 'after', 'allocations'] },
  },
  else: { required: ['message'], properties: { code: { enum: REJECTION_CODES } } },
};

/** Schema of the data of `cache-invalidation`. */
export const CACHE_INVALIDATION_SCHEMA: JsonSchema = {
  $id: DATA_SCHEMAS.cacheInvalidation,
  title: 'CacheInvalidation',
  description:
    'The newest version of an account. A cache remembers the highest version that it has seen, even after dropping ' +
    'the value, and accepts a value only with that version or a higher one.',
  type: 'object',
  required: [...Object.keys(account), 'version', ...(balances.required ?? [])],
  properties: { ...account, version: versionText, ...balances.properties },
};

/**
 * Schema of an event: a CloudEvent in structured mode around this data. The data's own schema keeps its id for
 * itself, so that all schemas can be loaded together.
 */
export function eventSchema(type: string, dataSchema: string, { $id: _id, ...data }: JsonSchema): JsonSchema {
  return {
    title: type,
    description: 'A CloudEvent 1.0 in structured mode.',
    type: 'object',
    required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'dataschema', 'partitionkey', 'data'],
    properties: {
      specversion: { const: '1.0' },
      id: text('The same whenever the event is sent again: deduplicate by it.', { pattern: '^[0-9a-f]{32}$' }),
      source: text('`/creditbus/` and the tenant.', { pattern: '^/creditbus/[A-Za-z0-9_-]{1,64}$' }),
      type: { const: type },
      subject: text('What it is about: the account id, or the id in the catalogue.'),
      time: { description: 'When the entry was recorded.', ...dateTime },
      datacontenttype: { const: 'application/json' },
      dataschema: { const: dataSchema },
      partitionkey: text("The record's key."),
      traceparent: text('W3C trace context of the command.'),
      data,
    },
  };
}

/** Schema of the answer to a dead-lettered command. */
export const DEAD_LETTER_REPLY_SCHEMA: JsonSchema = {
  title: 'DeadLetterReply',
  description: 'The command was not understood or could not be processed.',
  type: 'object',
  required: ['status', 'code', 'message'],
  properties: {
    status: { const: 'dead-lettered' },
    code: { enum: DEAD_LETTER_CODES },
    message: text('Names the field, the bad value and what is allowed.'),
    commandId: text('When it could be read.'),
  },
};

/** Headers of a dead letter beside those of the original record. */
export const DEAD_LETTER_HEADERS_SCHEMA: JsonSchema = {
  title: 'DeadLetterHeaders',
  type: 'object',
  required: Object.entries(DEAD_LETTER_HEADERS)
    .filter(([name]) => name !== 'pointer' && name !== 'truncated')
    .map(([, header]) => header),
  properties: {
    [DEAD_LETTER_HEADERS.reason]: { type: 'string', enum: DEAD_LETTER_CODES },
    [DEAD_LETTER_HEADERS.message]: text(
      'Names the field, the bad value and what is allowed; at most 1,001 characters.',
    ),
    [DEAD_LETTER_HEADERS.pointer]: text('JSON pointer into the value, of INVALID_FIELD.'),
    [DEAD_LETTER_HEADERS.originalTopic]: text('Where the record was found.'),
    [DEAD_LETTER_HEADERS.originalPartition]: text('Where the record was found.'),
    [DEAD_LETTER_HEADERS.originalOffset]: text('Where the record was found.'),
    [DEAD_LETTER_HEADERS.originalTimestamp]: text('Its append time, milliseconds since the epoch.'),
    [DEAD_LETTER_HEADERS.group]: text('Consumer group that gave up on it.'),
    [DEAD_LETTER_HEADERS.failedAt]: { description: 'When.', ...dateTime },
    [DEAD_LETTER_HEADERS.redriveCount]: text('How often it was sent back; kept from the original.'),
    [DEAD_LETTER_HEADERS.truncated]: text('Bytes of the original value, when only its first 64 KiB are here.'),
  },
};

/** Headers of a command: all optional. */
export const COMMAND_HEADERS_SCHEMA: JsonSchema = {
  title: 'CommandHeaders',
  type: 'object',
  properties: {
    'content-type': text('`application/cloudevents+json` when the value is a CloudEvent in structured mode.'),
    ce_specversion: { description: 'CloudEvents in binary mode.', const: '1.0' },
    ce_id: text('May supply the command id.'),
    ce_type: text('May supply the type.'),
    traceparent: text('W3C trace context; carried to the events.'),
    [REPLY_HEADERS.correlationId]: text('Asks for a reply, together with the reply topic.'),
    [REPLY_HEADERS.topic]: text("Where to reply. Not one of Creditbus' own topics, unless its name ends in .reply."),
    [REPLY_HEADERS.partition]: text('Which partition to reply on.'),
  },
};

/** Headers of a reply. */
export const REPLY_HEADERS_SCHEMA: JsonSchema = {
  title: 'ReplyHeaders',
  type: 'object',
  required: [REPLY_HEADERS.correlationId, REPLY_HEADERS.isDisposed],
  properties: {
    [REPLY_HEADERS.correlationId]: text('As sent.'),
    [REPLY_HEADERS.isDisposed]: text("There is one reply and no more: completes `send()` of Nest's client."),
  },
};

/** Schemas of the events by type. */
export const EVENT_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  [EVENT_TYPES.balanceChanged]: eventSchema(EVENT_TYPES.balanceChanged, DATA_SCHEMAS.outcome, OUTCOME_SCHEMA),
  [EVENT_TYPES.commandRejected]: eventSchema(EVENT_TYPES.commandRejected, DATA_SCHEMAS.outcome, OUTCOME_SCHEMA),
  [EVENT_TYPES.cacheInvalidation]: eventSchema(
    EVENT_TYPES.cacheInvalidation,
    DATA_SCHEMAS.cacheInvalidation,
    CACHE_INVALIDATION_SCHEMA,
  ),
  [EVENT_TYPES.catalogChanged]: eventSchema(
    EVENT_TYPES.catalogChanged,
    DATA_SCHEMAS.catalogChange,
    CATALOG_CHANGE_SCHEMA,
  ),
};
