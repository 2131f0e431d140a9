import { BURN_ORDERS, GRANT_KINDS, SCHEDULE_CADENCES, SCHEDULE_PERIODS, SCHEDULE_SCOPES } from '@app/domain';
import { DATA_SCHEMAS } from './events.js';
import type { JsonSchema } from './json-schema.js';
import { amountOrNull, amountText, dateTime, strings, text, versionText } from './schema-parts.js';

const rollover: JsonSchema = {
  description: 'How much is carried over; null: nothing.',
  type: ['object', 'null'],
  required: ['percent', 'cap'],
  properties: { percent: { type: 'integer', minimum: 0, maximum: 100 }, cap: amountOrNull },
};

const expiry = (type: JsonSchema['type']): JsonSchema => ({
  description: 'When grants expire.',
  type,
  required: ['type'],
  properties: {
    type: { enum: ['never', 'duration', 'period_end'] },
    count: { type: 'integer', description: 'Of a duration.' },
    unit: { enum: ['days', 'weeks', 'months', 'years'], description: 'Of a duration.' },
  },
});

const textOrNull: JsonSchema = { type: ['string', 'null'] };
const timeOrNull: JsonSchema = { type: ['string', 'null'], format: 'date-time' };
const stringsOrNull: JsonSchema = { ...strings, type: ['object', 'null'] };

function whole(title: string, description: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { title, description, type: 'object', required: Object.keys(properties), properties };
}

/** Schema of a credit type as it is shown. */
export const CREDIT_TYPE_SCHEMA: JsonSchema = whole('CreditType', 'What accounts may hold.', {
  creditTypeId: text('Its id.'),
  scale: { type: 'integer', minimum: 0, maximum: 9, description: 'Decimal places of its amounts, for ever.' },
  name: { description: 'For people to read.', ...textOrNull },
  description: { description: 'For people to read.', ...textOrNull },
  singularName: { description: 'One of it.', ...textOrNull },
  pluralName: { description: 'Several of it.', ...textOrNull },
  icon: { description: 'For display.', ...textOrNull },
  burnOrder: { description: 'Order in which grants are used.', enum: BURN_ORDERS },
  defaultExpiry: expiry(['object', 'null']),
  defaultRollover: rollover,
  prices: {
    description: 'For display.',
    type: 'array',
    items: {
      type: 'object',
      required: ['currency', 'pricePerUnit'],
      properties: { currency: { type: 'string' }, pricePerUnit: amountText },
    },
  },
  metadata: { description: "The publisher's.", ...stringsOrNull },
  version: { description: 'Number of applied commands that made or changed it.', ...versionText },
  deletedAt: { description: 'When it was deleted; null: it is not.', ...timeOrNull },
  createdAt: { description: 'When it was made.', ...dateTime },
  updatedAt: { description: 'When it was last changed.', ...dateTime },
});

/** Schema of a schedule as it is shown. */
export const SCHEDULE_SCHEMA: JsonSchema = whole('Schedule', 'A one-time or recurring source of grants.', {
  scheduleId: text('Its id.'),
  accountId: { description: 'Whose it is; null: a template.', ...textOrNull },
  creditType: text('What it gives.'),
  name: { description: 'For people to read.', ...textOrNull },
  scope: { description: 'Only account acts.', enum: SCHEDULE_SCOPES },
  status: { description: 'Completed: no period is left. Ended: by a command.', enum: ['active', 'completed', 'ended'] },
  amount: { description: 'How much each period gives.', ...amountText },
  cadence: { description: 'Once, or again and again.', enum: SCHEDULE_CADENCES },
  period: { description: 'Length of a period.', enum: [...SCHEDULE_PERIODS, null] },
  periodCount: { type: 'integer', minimum: 1, description: 'A period is that many times as long.' },
  anchor: { description: 'From where periods are counted.', ...dateTime },
  start: { description: 'No period starts before it.', ...dateTime },
  end: { description: 'No period starts at or after it; null: no end.', ...timeOrNull },
  expiry: expiry('object'),
  kind: { description: 'Kind of its grants.', enum: GRANT_KINDS },
  priority: { description: 'Priority of its grants; null: last.', type: ['integer', 'null'] },
  timeZone: text('By whose wall clock periods are counted.'),
  rollover,
  metadata: { description: "The publisher's.", ...stringsOrNull },
  nextPeriodStart: { description: 'When the next period starts; null: none is left.', ...timeOrNull },
  version: { description: 'Number of applied commands that made or changed it.', ...versionText },
  createdAt: { description: 'When it was made.', ...dateTime },
  updatedAt: { description: 'When it was last changed.', ...dateTime },
});

/** Schema of the data of `catalog-changed`. */
export const CATALOG_CHANGE_SCHEMA: JsonSchema = {
  $id: DATA_SCHEMAS.catalogChange,
  title: 'CatalogChange',
  description: 'A credit type or a schedule template as it is from now on.',
  type: 'object',
  required: ['tenantId', 'kind', 'id', 'version', 'commandId', 'commandType', 'definition'],
  properties: {
    tenantId: text('Whose catalogue it is.'),
    kind: { description: 'What changed.', enum: ['credit-type', 'schedule'] },
    id: text('Its id.'),
    version: { description: 'Version of the definition: 1, 2, 3 … without gap.', ...versionText },
    commandId: text('The command that changed it.'),
    commandType: text('Type of that command.'),
    definition: { description: 'As it is from now on.', oneOf: [CREDIT_TYPE_SCHEMA, SCHEDULE_SCHEMA] },
  },
};
