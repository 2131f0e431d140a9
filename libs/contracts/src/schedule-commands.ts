import { GRANT_KINDS, SCHEDULE_CADENCES, SCHEDULE_PERIODS, SCHEDULE_SCOPES } from '@app/domain';
import { id255, ownMetadata } from './common-fields.js';
import { accountUnlessTemplate, catalogSpec, type CommandSpec, dueSpec } from './command-spec.js';
import { calendarCount, expiry, name, priority, rollover } from './credit-fields.js';
import { missing, notAllowed } from './fault.js';
import { amount, instant, metadata, nullable, oneOf, timeZone } from './field-kinds.js';
import type { Field } from './field-table.js';

const scheduleId: Field = { kind: id255, required: true, description: 'The schedule.' };

/** Commands about sources of grants; templates (scopes `plan` and `addon`) belong to the catalogue. */
export const SCHEDULE_COMMANDS: readonly CommandSpec[] = [
  catalogSpec(
    'schedule.create',
    'Makes a one-time or recurring source of grants, or a template of one.',
    {
      accountId: accountUnlessTemplate,
      scheduleId: { kind: id255, description: 'Unique per tenant; absent: derived from the command.' },
      name: { kind: nullable(name), canonicalDefault: 'null', description: 'For people to read.' },
      scope: {
        kind: oneOf(SCHEDULE_SCOPES),
        canonicalDefault: '"account"',
        description: 'Only account acts; plan and addon are templates, which have no account.',
      },
      amount: { kind: amount('above 0'), required: true, description: 'How much each period gives.' },
      cadence: { kind: oneOf(SCHEDULE_CADENCES), required: true, description: 'Once, or again and again.' },
      period: { kind: oneOf(SCHEDULE_PERIODS), description: 'Length of a period; required when recurring.' },
      periodCount: { kind: calendarCount, canonicalDefault: '1', description: 'A period is that many times as long.' },
      anchor: {
        kind: instant(),
        defaultsTo: 'start',
        isLaterDefault: true,
        description: 'From where periods are counted; absent: start.',
      },
      start: { kind: instant(), description: 'No period starts before it; absent: now.' },
      end: {
        kind: nullable(instant()),
        canonicalDefault: 'null',
        description: 'No period starts at or after it; null: it has no end.',
      },
      expiry: { kind: expiry, description: "When its grants expire; absent: the credit type's default." },
      kind: { kind: oneOf(GRANT_KINDS), canonicalDefault: '"plan"', description: 'Kind of its grants.' },
      priority: { kind: nullable(priority), canonicalDefault: 'null', description: 'Priority of its grants.' },
      timeZone: {
        kind: timeZone(),
        canonicalDefault: '"UTC"',
        description: 'By whose wall clock periods are counted.',
      },
      rollover: {
        kind: nullable(rollover),
        description: "How much of a period's remains is carried; null: nothing; absent: the credit type's default.",
      },
      metadata: ownMetadata("Kept on the entry and as the schedule's own."),
    },
    ({ scope = 'account', accountId, cadence, period }, pointer) => {
      if (scope === 'account' && accountId === undefined) return missing(`${pointer}/accountId`);
      if (scope !== 'account' && accountId !== undefined) {
        return notAllowed(`${pointer}/accountId`, accountId, `absent for the scope "${String(scope)}"`);
      }
      return cadence === 'recurring' && period === undefined ? missing(`${pointer}/period`) : undefined;
    },
  ),
  catalogSpec('schedule.update', 'Changes a schedule: absent keeps, null clears, a value replaces.', {
    accountId: accountUnlessTemplate,
    scheduleId,
    name: { kind: nullable(name), description: 'Name; null: none.' },
    end: { kind: nullable(instant()), description: 'No period starts at or after it; null: it has no end.' },
    metadata: { kind: nullable(metadata()), description: "Kept on the entry and as the schedule's own; null: none." },
  }),
  catalogSpec('schedule.end', 'Cancels the periods that start at or after an instant.', {
    accountId: accountUnlessTemplate,
    scheduleId,
    end: { kind: instant(), description: 'The instant; absent: now.' },
  }),
  dueSpec('schedule.apply', 'Gives what one period of a schedule gives.', {
    scheduleId,
    periodStart: { kind: instant(), required: true, description: 'When the period starts.' },
  }),
];
