import type { JsonSchema } from '@app/contracts';
import { BURN_ORDERS, CAUSES, GRANT_KINDS, SCHEDULE_CADENCES, SCHEDULE_PERIODS, SCHEDULE_SCOPES } from '@app/domain';

import { GRANT_STATUSES } from '../reads/grant-json.js';
import { HOLD_STATUSES } from '../reads/hold-json.js';
import { SCHEDULE_STATUSES } from '../reads/schedule-json.js';
import {
  amount,
  choice,
  choiceOrNull,
  integer,
  list,
  listOf,
  metadata,
  object,
  objectOrNull,
  ref,
  scale,
  text,
  textOrNull,
  time,
  timeOrNull,
  version,
} from './schema-parts.js';

/*
 * Schemas of grants, holds, schedules and credit types as they are answered (gateway, "Shapes").
 */

const rollover = objectOrNull('How much of what remains is carried over; null: nothing.', {
  percent: integer('Of what remains.', { minimum: 0, maximum: 100 }),
  cap: textOrNull('At most this much; null: no cap.'),
});

const EXPIRY_FIELDS = {
  type: choice('When grants expire.', ['never', 'duration', 'period_end']),
  count: integer('Of a duration.', { minimum: 1 }),
  unit: choice('Of a duration.', ['days', 'weeks', 'months', 'years']),
};
const EXPIRY_OPTIONAL = ['count', 'unit'];

const created = time('When it was made.');
const updated = time('When it was last changed.');

const grant = object('A lot of credits.', {
  grantId: text('Unique per tenant.'),
  accountId: text('Whose it is.'),
  creditType: text('What it is of.'),
  name: textOrNull('For people to read.'),
  kind: choice('Where it comes from.', GRANT_KINDS),
  status: choice('Only open ones are used.', GRANT_STATUSES),
  amount: amount('How much it gave.'),
  remaining: amount('What is left, held credits included.'),
  held: amount('What open holds reserve of the remaining.'),
  priority: { type: ['integer', 'null'], description: 'Lower is used first; null: last.' },
  effectiveAt: time('From when on it counts.'),
  expiresAt: timeOrNull('The last instant at which it is used; null: never.'),
  sourceGrantId: textOrNull('The grant that its credits come from (rollover, adjustment).'),
  scheduleId: textOrNull('The schedule that made it.'),
  costBasis: objectOrNull('What one credit cost.', {
    currency: text('For example EUR.'),
    amount: amount('Per credit.'),
  }),
  metadata,
  createdAt: created,
  updatedAt: updated,
});

const grantEntry = object('A ledger entry that moved credits of the grant.', {
  entryId: text('Id of the line.'),
  commandId: text('The whole outcome is at `/v1/commands/{commandId}`.'),
  commandType: text('For example `credit.delta`.'),
  cause: choice('What kind of change.', CAUSES),
  amount: amount('What it gave to the grant or, negative, took from it.'),
  version: version('Of the account.'),
  reason: textOrNull('As sent.'),
  recordedAt: time('When it was recorded.'),
});

const hold = object('Credits set aside.', {
  holdId: text('Unique per tenant.'),
  accountId: text('Whose it is.'),
  creditType: text('What it is of.'),
  status: choice('Only open ones reserve.', HOLD_STATUSES),
  amount: amount('What it was granted, extensions included.'),
  captured: amount('What was used so far.'),
  remaining: amount('What may still be captured; 0 once it ended.'),
  reserved: listOf(
    'Where what it still reserves comes from; empty once it ended, and of an unlimited account.',
    object('A part.', { grantId: textOrNull('null: credits in no grant.'), amount: amount('How much.') }),
  ),
  expiresAt: time('The last instant at which it may be used.'),
  metadata,
  createdAt: created,
  updatedAt: updated,
});

const schedule = object('A source of grants, or a template of one.', {
  scheduleId: text('Unique per tenant.'),
  accountId: textOrNull('Whose it is; null: a template.'),
  creditType: text('What it gives.'),
  name: textOrNull('For people to read.'),
  scope: choice('Only account acts; plan and addon are templates.', SCHEDULE_SCOPES),
  status: choice('completed: nothing is to come; ended: by a command.', SCHEDULE_STATUSES),
  amount: amount('How much each period gives.'),
  cadence: choice('Once, or again and again.', SCHEDULE_CADENCES),
  period: choiceOrNull('Length of a period.', SCHEDULE_PERIODS),
  periodCount: integer('A period is that many times as long.', { minimum: 1 }),
  anchor: time('From where periods are counted.'),
  start: time('No period starts before it.'),
  end: timeOrNull('No period starts at or after it; null: no end.'),
  expiry: object('When its grants expire.', EXPIRY_FIELDS, EXPIRY_OPTIONAL),
  kind: choice('Kind of its grants.', GRANT_KINDS),
  priority: { type: ['integer', 'null'], description: 'Priority of its grants; null: last.' },
  timeZone: text('By whose wall clock periods are counted.'),
  rollover,
  metadata,
  nextPeriodStart: timeOrNull('When the next period starts; null: there is none.'),
  version: version('Number of entries that made or changed it.'),
  createdAt: created,
  updatedAt: updated,
});

const creditType = object('What accounts may hold.', {
  creditTypeId: text('Its name.'),
  scale,
  name: textOrNull('For people to read.'),
  description: textOrNull('For people to read.'),
  singularName: textOrNull('One of it.'),
  pluralName: textOrNull('Several of it.'),
  icon: textOrNull('For display.'),
  burnOrder: choice('Order in which grants are used.', BURN_ORDERS),
  defaultExpiry: objectOrNull("Of grants that don't say; null: never.", EXPIRY_FIELDS, EXPIRY_OPTIONAL),
  defaultRollover: rollover,
  prices: listOf(
    'For display.',
    object('A price.', { currency: text('For example EUR.'), pricePerUnit: amount('Of one credit.') }),
  ),
  metadata,
  version: version('Number of entries that made or changed it; 0: the built-in one, never put.'),
});

/** By the names under which operations refer to them. */
export const OBJECT_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  CreditType: creditType,
  CreditTypeList: list(ref('CreditType')),
  Grant: grant,
  GrantDetail: {
    allOf: [
      ref('Grant'),
      object('With what consumed it.', { entries: { ...list(grantEntry), description: 'Newest first.' } }),
    ],
  },
  GrantList: list(ref('Grant')),
  Hold: hold,
  HoldList: list(ref('Hold')),
  Schedule: schedule,
  ScheduleList: list(ref('Schedule')),
};
