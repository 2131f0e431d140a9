import { GRANT_KINDS } from '@app/domain';
import { id255 } from './common-fields.js';
import { missing, notAllowed } from './fault.js';
import { amount, instant, integer, nullable, oneOf, text } from './field-kinds.js';
import { type Field, FieldTable, object } from './field-table.js';
import { LIMITS } from './limits.js';

/*
 * Fields that commands about grants, schedules, resets and credit types share.
 */

export const name = text(1, LIMITS.nameCharactersMax);
export const priority = integer(LIMITS.priorityMin, LIMITS.priorityMax);
export const calendarCount = integer(1, LIMITS.calendarCountMax);
export const currency = text(1, LIMITS.currencyCharactersMax);

const rolloverTable = new FieldTable({
  percent: { kind: integer(0, 100), required: true, description: 'How much of what remains is carried.' },
  cap: {
    kind: nullable(amount('0 or above')),
    canonicalDefault: 'null',
    description: 'At most this much is carried; null: no cap.',
  },
});

/** How much of what remains is carried over. */
export const rollover = object(rolloverTable);

const expiryTable = new FieldTable({
  type: { kind: oneOf(['never', 'duration', 'period_end']), required: true, description: 'When grants expire.' },
  count: { kind: calendarCount, description: 'Of a duration, required: how many units.' },
  unit: { kind: oneOf(['days', 'weeks', 'months', 'years']), description: 'Of a duration, required.' },
});

/** When grants expire. */
export const expiry = object(expiryTable, ({ type, count, unit }, pointer) => {
  for (const [field, value] of Object.entries({ count, unit })) {
    if (type === 'duration' && value === undefined) return missing(`${pointer}/${field}`);
    if (type !== 'duration' && value !== undefined) {
      return notAllowed(`${pointer}/${field}`, value, `absent for the expiry "${String(type)}"`);
    }
  }
  return undefined;
});

const costBasisTable = new FieldTable({
  currency: { kind: currency, required: true, description: 'For example USD.' },
  amount: { kind: amount('0 or above'), required: true, description: 'What one credit cost.' },
});

/** Fields of a grant, in `grant.create` and in resets. */
export const grantFields = (defaultKind: string): Readonly<Record<string, Field>> => ({
  grantId: { kind: id255, description: 'Unique per tenant; absent: derived from the command.' },
  name: { kind: nullable(name), canonicalDefault: 'null', description: 'For people to read.' },
  amount: { kind: amount('above 0'), required: true, description: 'How much it gives.' },
  priority: { kind: nullable(priority), canonicalDefault: 'null', description: 'Lower is used first; null: last.' },
  effectiveAt: { kind: instant(), description: 'From when on it counts; absent: at once.' },
  expiresAt: {
    kind: nullable(instant()),
    description: "The last instant at which it is used; null: never; absent: the credit type's default.",
  },
  kind: {
    kind: oneOf(GRANT_KINDS),
    canonicalDefault: JSON.stringify(defaultKind),
    description: 'Where it comes from.',
  },
  costBasis: {
    kind: nullable(object(costBasisTable)),
    canonicalDefault: 'null',
    description: 'What one credit cost; only recorded.',
  },
});
