import { CATALOG_CHANGE_SCHEMA } from './catalog-schemas.js';
import { COMMAND_SPECS, COMMAND_TYPES } from './command-table.js';
import { decodeCommand } from './decode.js';
import {
  balanceChangedEvent,
  cacheInvalidationOf,
  catalogChangedEvent,
  commandRejectedEvent,
  DATA_SCHEMAS,
  EVENT_TYPES,
} from './events.js';
import {
  APPLIED_ENTRY,
  CATALOG_CHANGE,
  CATALOG_ENTRY,
  COMMAND_EXAMPLES,
  REJECTED_ENTRY,
  TRACEPARENT_EXAMPLE,
} from './examples.js';
import { deadLetterRecord } from './dead-letter.js';
import type { EncodedRecord } from './headers.js';
import type { JsonSchema } from './json-schema.js';
import {
  CACHE_INVALIDATION_SCHEMA,
  COMMAND_HEADERS_SCHEMA,
  commandSchema,
  DEAD_LETTER_HEADERS_SCHEMA,
  DEAD_LETTER_REPLY_SCHEMA,
  eventSchema,
  OUTCOME_SCHEMA,
  REPLY_HEADERS_SCHEMA,
} from './message-schemas.js';
import { encodeOutcome } from './outcome.js';
import { deadLetterReply } from './reply.js';
import { accountRecordKey, DEFAULT_TOPICS } from './topics.js';

/*
 * The AsyncAPI 3 document of the Kafka interface, made from the tables of commands, topics and codes. Operations are
 * seen from Creditbus: it receives commands and sends everything else.
 */

const ref = (path: string): { $ref: string } => ({ $ref: `#/components/${path}` });
const keyed = (key: string): object => ({
  bindings: { kafka: { key: { type: 'string', description: `\`${key}\`` } } },
});

const ACCOUNT_KEY = '<tenantId>:<accountId>';
const INVALIDATION_KEY = '<tenantId>:<accountId>:<creditType>';
const CATALOG_KEY = '<tenantId>:<id>';

/** The document as an object. */
export function asyncApiDocument(): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Creditbus',
      version: '1.0.0',
      description:
        'Credit commands in, outcomes as events out. Topic names are the defaults; they are configuration. Adding an ' +
        'optional field is compatible, anything else is a new major version of the topic.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: channels(),
    operations: operations(),
    components: { messages: messages(), schemas: schemas() },
  };
}

function channels(): object {
  const channel = (address: string, description: string, names: readonly string[]): object => ({
    address,
    description,
    messages: Object.fromEntries(names.map((name) => [name, ref(`messages/${name}`)])),
  });
  return {
    commands: channel(
      DEFAULT_TOPICS.commands,
      'Commands. The key should be `<tenantId>:<accountId>`: it keeps the commands of an account in order; of commands ' +
        'about the catalogue, which have no account, `<tenantId>:<id>` of what they are about. The topic has LogAppendTime; decisions use that time. A value is a JSON object in UTF-8 of at most 64 KiB, nested at ' +
        'most 32 levels deep, without lone surrogates and U+0000.',
      [...COMMAND_TYPES],
    ),
    balanceChanged: channel(
      DEFAULT_TOPICS.balanceChanged,
      "One event per command that was applied to an account, in the account's order.",
      ['balanceChanged'],
    ),
    commandRejected: channel(DEFAULT_TOPICS.commandRejected, 'One event per rejected or conflicting command.', [
      'commandRejected',
    ]),
    cacheInvalidation: channel(
      DEFAULT_TOPICS.cacheInvalidation,
      'The newest version of each account that a chunk of commands touched.',
      ['cacheInvalidation'],
    ),
    catalogChanged: channel(
      DEFAULT_TOPICS.catalogChanged,
      'One event per command that was applied to the catalogue: credit types and schedule templates.',
      ['catalogChanged'],
    ),
    deadLetter: channel(
      DEFAULT_TOPICS.deadLetter,
      'Records that are no commands or could not be processed, with their original key, value and headers.',
      ['deadLetter'],
    ),
    reply: channel(
      DEFAULT_TOPICS.reply,
      "Where Nest clients expect replies. Any other topic may be named in the command's headers.",
      ['outcomeReply', 'deadLetterReply'],
    ),
  };
}

function operations(): object {
  const send = (channel: string, summary: string): object => ({
    action: 'send',
    channel: { $ref: `#/channels/${channel}` },
    summary,
  });
  return {
    applyCommand: {
      action: 'receive',
      channel: { $ref: '#/channels/commands' },
      summary: 'Applies a command exactly once per command id and tenant.',
      reply: {
        address: {
          description: 'Only when the command asks for a reply; best effort.',
          location: '$message.header#/kafka_replyTopic',
        },
        channel: { $ref: '#/channels/reply' },
      },
    },
    publishBalanceChanged: send('balanceChanged', 'Tells that a command was applied.'),
    publishCommandRejected: send('commandRejected', 'Tells that a command was rejected.'),
    publishCacheInvalidation: send('cacheInvalidation', 'Tells caches the newest version of an account.'),
    publishCatalogChanged: send('catalogChanged', 'Tells that a credit type or a schedule template changed.'),
    publishDeadLetter: send('deadLetter', 'Sets a record aside that is no command.'),
  };
}

function messages(): object {
  const commands = [...COMMAND_SPECS.values()].map(({ type, description, table }) => [
    type,
    {
      name: type,
      summary: description,
      headers: ref('schemas/commandHeaders'),
      payload: ref(`schemas/${type}`),
      ...keyed(table.has('accountId') ? ACCOUNT_KEY : CATALOG_KEY),
      examples: COMMAND_EXAMPLES[type].map((payload, index) => ({ name: `${type} ${index + 1}`, payload })),
    },
  ]);
  const event = (name: string, type: string, key: string, record: EncodedRecord): object => ({
    name: type,
    contentType: 'application/cloudevents+json',
    payload: ref(`schemas/${name}`),
    ...keyed(key),
    examples: [{ name, payload: jsonOf(record) }],
  });
  const reply = (name: string, schema: string, payload: unknown): object => ({
    name,
    correlationId: { location: '$message.header#/kafka_correlationId' },
    headers: ref('schemas/replyHeaders'),
    payload: ref(`schemas/${schema}`),
    examples: [{ name, payload }],
  });
  return {
    ...(Object.fromEntries(commands) as object),
    balanceChanged: event(
      'balanceChanged',
      EVENT_TYPES.balanceChanged,
      ACCOUNT_KEY,
      balanceChangedEvent(APPLIED_ENTRY, TRACEPARENT_EXAMPLE),
    ),
    commandRejected: event(
      'commandRejected',
      EVENT_TYPES.commandRejected,
      ACCOUNT_KEY,
      commandRejectedEvent(REJECTED_ENTRY),
    ),
    cacheInvalidation: event(
      'cacheInvalidation',
      EVENT_TYPES.cacheInvalidation,
      INVALIDATION_KEY,
      cacheInvalidationOf(APPLIED_ENTRY),
    ),
    catalogChanged: event(
      'catalogChanged',
      EVENT_TYPES.catalogChanged,
      CATALOG_KEY,
      catalogChangedEvent(CATALOG_ENTRY, CATALOG_CHANGE),
    ),
    deadLetter: {
      name: 'deadLetter',
      summary: 'The original record and why it was set aside.',
      headers: ref('schemas/deadLetterHeaders'),
      payload: { description: 'The original value, byte for byte; cut to 64 KiB when it is too large for the topic.' },
      examples: [deadLetterExample()],
    },
    outcomeReply: reply('outcomeReply', 'outcome', JSON.parse(encodeOutcome(APPLIED_ENTRY, { duplicate: true }))),
    deadLetterReply: reply('deadLetterReply', 'deadLetterReply', jsonOf(deadLetterReplyExample())),
  };
}

function schemas(): object {
  const commandSchemas = COMMAND_TYPES.map((type) => [type, withoutExamples(commandSchema(type))]);
  const outcome = ref('schemas/outcome');
  return {
    ...(Object.fromEntries(commandSchemas) as object),
    outcome: withoutId(OUTCOME_SCHEMA),
    cacheInvalidationData: withoutId(CACHE_INVALIDATION_SCHEMA),
    balanceChanged: eventSchema(EVENT_TYPES.balanceChanged, DATA_SCHEMAS.outcome, outcome),
    commandRejected: eventSchema(EVENT_TYPES.commandRejected, DATA_SCHEMAS.outcome, outcome),
    cacheInvalidation: eventSchema(
      EVENT_TYPES.cacheInvalidation,
      DATA_SCHEMAS.cacheInvalidation,
      ref('schemas/cacheInvalidationData'),
    ),
    catalogChangeData: withoutId(CATALOG_CHANGE_SCHEMA),
    catalogChanged: eventSchema(
      EVENT_TYPES.catalogChanged,
      DATA_SCHEMAS.catalogChange,
      ref('schemas/catalogChangeData'),
    ),
    deadLetterReply: DEAD_LETTER_REPLY_SCHEMA,
    commandHeaders: COMMAND_HEADERS_SCHEMA,
    deadLetterHeaders: DEAD_LETTER_HEADERS_SCHEMA,
    replyHeaders: REPLY_HEADERS_SCHEMA,
  };
}

const malformed = '{"type":"credit.delta","id":"c1","tenantId":"acme","accountId":"key_1","delta":1e2}';

function malformedExample(): Extract<ReturnType<typeof decodeCommand>, { ok: false }> {
  const result = decodeCommand({ key: null, value: Buffer.from(malformed), headers: {} });
  if (result.ok) throw new Error('the malformed example is a command');
  return result;
}

function deadLetterExample(): object {
  const { code, message, pointer } = malformedExample();
  const record = {
    key: Buffer.from(accountRecordKey('acme', 'key_1')),
    value: Buffer.from(malformed),
    headers: {},
    offset: 43n,
    timestampMs: APPLIED_ENTRY.recordedAt,
  };
  const place = { topic: DEFAULT_TOPICS.commands, partition: 3, group: 'creditbus-worker' };
  const failedAt = APPLIED_ENTRY.recordedAt + 12;
  const letter = deadLetterRecord({ record, ...place, failedAt, reason: code, message, pointer }, 1_000_000);
  return { name: 'malformed amount', headers: letter.headers, payload: malformed };
}

function deadLetterReplyExample(): EncodedRecord {
  const { code, message, commandId } = malformedExample();
  return deadLetterReply(
    { topic: DEFAULT_TOPICS.reply, correlationId: Buffer.from('1') },
    { code, message, commandId },
  );
}

function jsonOf(record: EncodedRecord): unknown {
  return JSON.parse(String(record.value));
}

function withoutExamples({ examples: _examples, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

function withoutId({ $id: _id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
