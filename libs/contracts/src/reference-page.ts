import { APPLIED_MEANINGS, DEAD_LETTER_MEANINGS, REJECTION_MEANINGS } from './code-meanings.js';
import { COMMAND_SPECS, type CommandSpec, COMMON_FIELD_NAMES, COMMON_FIELDS } from './command-table.js';
import { DEAD_LETTER_HEADERS } from './dead-letter.js';
import { CATALOG_CHANGE_SCHEMA } from './catalog-schemas.js';
import { balanceChangedEvent, cacheInvalidationOf, catalogChangedEvent, EVENT_TYPES } from './events.js';
import { APPLIED_ENTRY, CATALOG_CHANGE, CATALOG_ENTRY, COMMAND_EXAMPLES } from './examples.js';
import type { EncodedRecord } from './headers.js';
import type { JsonSchema } from './json-schema.js';
import { DEAD_LETTER_HEADERS_SCHEMA, OUTCOME_SCHEMA } from './message-schemas.js';
import { DEFAULT_TOPICS, type Topics } from './topics.js';

/** The reference page of the Kafka interface (Markdown), its tables made from the contracts. */
export function referencePage(): string {
  return [
    '<!-- Made by `npm run generate` from libs/contracts; changes here are lost. -->',
    '# Contracts',
    'What is on the topics. The same as [AsyncAPI](asyncapi.yaml) and as JSON Schemas in [schemas](schemas). Adding an ' +
      'optional field is compatible; anything else is a new major version of the topic.',
    topics(),
    commands(),
    outcomes(),
    events(),
    deadLetters(),
    replies(),
  ]
    .join('\n\n')
    .concat('\n');
}

const TOPIC_CONTENT: Readonly<Record<keyof Topics, readonly [string, string]>> = {
  commands: [
    '`<tenantId>:<accountId>`, without an account `<tenantId>:<id>`',
    'Commands. `LogAppendTime`, 12 partitions by default.',
  ],
  balanceChanged: [
    '`<tenantId>:<accountId>`',
    "One event per command that was applied to an account, in the account's order.",
  ],
  commandRejected: ['as of the command', 'One event per rejected or conflicting command.'],
  cacheInvalidation: ['`<tenantId>:<accountId>:<creditType>`', 'Newest version of each account touched in a chunk.'],
  catalogChanged: ['`<tenantId>:<id>`', 'Changes of credit types and schedule templates.'],
  deadLetter: ['original', 'Records that are no commands or could not be processed.'],
  reply: ['none', 'Where Nest clients expect replies.'],
};

function topics(): string {
  const rows = Object.entries(TOPIC_CONTENT).map(([role, [key, content]]) => [
    code(DEFAULT_TOPICS[role as keyof Topics]),
    key,
    content,
  ]);
  return `## Topics

Names are configuration. A missing or another key does not change what a command does, only its order: the commands of an
account are in order when they share a partition.

${table(['topic', 'key', 'content'], rows)}`;
}

function commands(): string {
  return `## Commands

A JSON object in UTF-8, at most 64 KiB, nested at most 32 levels deep (the command is the first), without lone
surrogates and U+0000, escaped ones included. Unknown fields are ignored by the worker and refused by the gateway.
\`null\` is allowed only where the table says so. Lengths are Unicode code points. Ids are compared byte for byte.

**Amounts** are decimal strings, or JSON numbers whose source text is an integer within ±(2^53−1): \`1e2\`, \`1.0\`, \`-0\`
and \`0.99999999999999999\` are malformed, because a float may have changed them. They are never rounded.

**Fingerprint**: what tells a repeat from a conflict under the same id. SHA-256 over the command's canonical JSON (sorted
keys, no blanks) with all fields, unknown ones too; amounts and versions in one form (\`-3\`, \`"-3"\` and \`"-3.0"\` are the
same), times that decide something in UTC with milliseconds, a field equal to its default as absent; without
${unfingerprinted()}, the id of a scheduler's command, and headers. Numbers in unknown
fields count as they are written.

**CloudEvents 1.0** are accepted in both Kafka modes: binary (\`ce_*\` headers beside the command) and structured
(\`content-type: application/cloudevents+json\`, the command is the object in \`data\`). The attributes \`id\` and \`type\` may
supply the command's; a command that says otherwise is \`INVALID_FIELD\`. Other attributes have no meaning, but for
\`traceparent\`, which is carried to the events, as is the header of that name.

**Commands of the scheduler** (${code('account.refill')} and the like, marked below) have an id that is derived from what
they are about, beginning with \`~\`: without an id they get it, any other is \`INVALID_FIELD\`, and so is an id beginning
with \`~\` on any other command. Before its time, or for something that isn't there, such a command is a dead letter
\`NOT_DUE\` without a trace in the ledger, so that it works when it is due. When due it is never rejected: where a rule
rejects it, the outcome is \`NO_CHANGE\` with that code in \`details\`.

### Fields of every command

Beside \`type\`, which names the command. Commands about the catalogue have no \`accountId\`.

${fieldTable({ ...COMMON_FIELDS.schema, properties: pick(COMMON_FIELDS.schema, COMMON_FIELD_NAMES) })}

${[...COMMAND_SPECS.values()].map(commandSection).join('\n\n')}`;
}

function commandSection({ type, description, table: fields, ownFields }: CommandSpec): string {
  const properties = pick(fields.schema, ownFields);
  const example = JSON.stringify(COMMAND_EXAMPLES[type].at(-1), null, 2);
  return `### ${code(type)}

${description}

${fieldTable({ ...fields.schema, properties })}

\`\`\`json
${example}
\`\`\``;
}

function outcomes(): string {
  return `## Outcome

One shape in HTTP answers, replies, events and entries. Amounts and versions are strings; what a command does not have is
absent; balance and available of an unlimited account are null.

${fieldTable(OUTCOME_SCHEMA)}

### Applied

${meanings(APPLIED_MEANINGS)}

### Rejected

A rejection is stored like an applied command: its repeat gets the same rejection. A new attempt needs a new id.

${meanings(REJECTION_MEANINGS)}`;
}

function events(): string {
  return `## Events

CloudEvents 1.0 in **structured mode**: the value is the whole event, and the one header is its content type
(\`traceparent\` is a header too when the command had one). In binary mode each attribute would be a Kafka header, and
encoding headers is the most expensive thing that the worker does. \`parseEvent\` of the contracts reads both modes.

${table(
  ['attribute', 'value'],
  [
    [
      '`id`',
      'Derived from tenant, command id and type (of a conflict, its fingerprint too; of an invalidation, the account and its version): the same whenever the event is sent again. Deduplicate by it, or by `version`.',
    ],
    ['`source`', '`/creditbus/<tenantId>`'],
    [
      '`type`',
      `${Object.values(EVENT_TYPES).map(code).join(', ')}: the default name of the topic, whatever it is called in a deployment`,
    ],
    ['`subject`', 'the account id, or the id in the catalogue'],
    ['`time`', 'when the entry was recorded'],
    ['`partitionkey`', "the record's key"],
    ['`dataschema`', 'the `$id` of the JSON Schema of `data`'],
    ['`traceparent`', 'W3C trace context of the command, if it had one'],
  ],
)}

${code(EVENT_TYPES.balanceChanged)} and ${code(EVENT_TYPES.commandRejected)} have the outcome as data:

${eventExample(balanceChangedEvent(APPLIED_ENTRY))}

${code(EVENT_TYPES.cacheInvalidation)} has enough to refresh a cache instead of dropping. The rule for a cache: remember
the highest version seen of an account even after dropping its value, and accept a value only with that version or a
higher one.

${eventExample(cacheInvalidationOf(APPLIED_ENTRY))}

${code(EVENT_TYPES.catalogChanged)} takes the place of ${code(EVENT_TYPES.balanceChanged)} for a command about the catalogue
(a credit type, or a schedule template), which touches no account:

${fieldTable(CATALOG_CHANGE_SCHEMA)}

${eventExample(catalogChangedEvent(CATALOG_ENTRY, CATALOG_CHANGE))}`;
}

function deadLetters(): string {
  const { properties = {} } = DEAD_LETTER_HEADERS_SCHEMA;
  const headers = Object.values(DEAD_LETTER_HEADERS).map((name) => [
    code(name),
    properties[name]?.description ?? 'One of the reasons below.',
  ]);
  return `## Dead letters

The original key, value and headers, with these headers. A repeat of a dead letter has the same original position.

${table(['header', 'content'], headers)}

The first check that fails, in this order, names the reason:

${meanings(DEAD_LETTER_MEANINGS)}`;
}

function replies(): string {
  return `## Replies

A command with the headers \`kafka_correlationId\` and \`kafka_replyTopic\` (and optionally \`kafka_replyPartition\`) has its
outcome sent there too, best effort, with the same correlation id. A rejection is a value, not an error; a dead letter is
answered \`{ "status": "dead-lettered", "code", "message", "commandId" }\`. Our own topics, except those whose name ends in
\`.reply\`, and Kafka's internal topics are refused.

An unchanged Nest service gets outcomes from \`ClientKafka.send('${DEFAULT_TOPICS.commands}', command)\` after
\`subscribeToResponseOf('${DEFAULT_TOPICS.commands}')\`. Nest takes an object that has a field \`value\` (or \`key\`) for a whole
Kafka message, so a \`credit.set\` is sent as \`{ key: '<tenantId>:<accountId>', value: command }\`, which is the best form for
every command, since the key keeps order.`;
}

function fieldTable({ properties = {}, required = [] }: JsonSchema): string {
  const rows = Object.entries(properties).map(([name, schema]) => [
    code(name),
    typeOf(schema),
    required.includes(name) ? 'yes' : '',
    describe(schema),
  ]);
  return table(['field', 'type', 'required', 'meaning'], rows);
}

function describe({ description = '', default: value }: JsonSchema): string {
  return value === undefined || value === null
    ? description
    : `${description} Default: ${code(JSON.stringify(value))}.`;
}

/** A schema in words. */
function typeOf(schema: JsonSchema): string {
  const { title, type, format, enum: values, const: constant, oneOf, properties } = schema;
  if (title !== undefined) return title;
  if (oneOf) return oneOf.map(typeOf).join(' or ');
  if (constant !== undefined) return code(JSON.stringify(constant));
  if (type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  if (values) return values.length > 8 ? 'a code' : values.map((value) => code(String(value))).join(' ');
  if (properties) return `{ ${Object.keys(properties).join(', ')} }`;
  if (type === 'object') return 'object of strings';
  if (format === 'date-time') return 'RFC 3339 time';
  if (format === 'date') return 'day';
  const { minLength, maxLength, minimum, maximum } = schema;
  if (type === 'string' && maxLength !== undefined) return `string, ${minLength ?? 0}–${maxLength}`;
  if (type === 'integer') return minimum === maximum ? code(String(minimum)) : `integer, ${minimum}–${maximum}`;
  return Array.isArray(type) ? type.join(' or ') : String(type);
}

function unfingerprinted(): string {
  const fields = COMMON_FIELDS.fields.filter((field) => field.fingerprinted === false);
  return fields.map(({ name }) => code(name)).join(', ');
}

function meanings(codes: Readonly<Record<string, string>>): string {
  return table(
    ['code', 'meaning'],
    Object.entries(codes).map(([name, meaning]) => [code(name), meaning]),
  );
}

function eventExample({ value }: EncodedRecord): string {
  return `\`\`\`json\n${JSON.stringify(JSON.parse(String(value)), null, 2)}\n\`\`\``;
}

/** Some properties of a schema, in the order of the names. */
function pick({ properties = {} }: JsonSchema, names: readonly string[]): Record<string, JsonSchema> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const property = properties[name];
      return property === undefined ? [] : [[name, property]];
    }),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
