import { notAllowed } from './fault.js';
import {
  amount,
  dateTime,
  integer,
  metadata,
  objectOr,
  oneOf,
  publisherId,
  text,
  timeZone,
  version,
} from './field-kinds.js';
import { type Field, FieldTable, object } from './field-table.js';
import { LIMITS } from './limits.js';

export const DEFAULT_CREDIT_TYPE = 'credits';

const TENANT_CHARACTERS = /^[A-Za-z0-9_-]+$/;
const CREDIT_TYPE_CHARACTERS = /^[A-Za-z0-9_.-]+$/;

/** An id that the publisher chooses. */
export const id255 = text(1, LIMITS.idCharactersMax);

const policyTable = new FieldTable({
  downTo: { kind: amount(), required: true, description: 'Lowest available to which the command may go.' },
});

export const insufficientPolicy = objectOr(object(policyTable), oneOf(['reject', 'clamp', 'allow']));

const refillTable = new FieldTable({
  interval: { kind: oneOf(['daily', 'monthly']), required: true, description: 'How often, at 00:00.' },
  amount: { kind: amount('above 0'), required: true, description: 'Available is raised to this amount.' },
  refillDay: {
    kind: integer(1, 31),
    description: 'Day of the month; required for monthly and refused for daily. In a shorter month: its last day.',
  },
  timeZone: {
    kind: timeZone(),
    canonicalDefault: '"UTC"',
    description: 'Whose midnight and whose dates; where the clocks skip midnight, the first instant of the date.',
  },
});

export const refill = object(refillTable, ({ interval, refillDay }, pointer) => {
  if ((interval === 'monthly') === (refillDay !== undefined)) return undefined;
  const allowed = interval === 'monthly' ? 'an integer from 1 to 31 for a monthly refill' : 'absent for a daily refill';
  return notAllowed(`${pointer}/refillDay`, refillDay, allowed);
});

const actorTable = new FieldTable({
  type: { kind: text(1, LIMITS.actorTypeCharactersMax), required: true, description: 'For example user or service.' },
  id: { kind: id255, required: true, description: 'Who it was.' },
  name: { kind: text(0, LIMITS.idCharactersMax), description: 'For people to read.' },
});

/** Strings of the publisher: none are as good as absent. */
export function ownMetadata(description: string): Field {
  return { kind: metadata(), canonicalDefault: '{}', isLaterDefault: true, description };
}

/** The fields that every command has beside its type, unless its own table says otherwise. */
export const commonFields = {
  id: {
    kind: publisherId(),
    required: true,
    description:
      'Command id, chosen by the publisher and reused on retry: one effect per id and tenant, for ever. UUIDv7 advised.',
  },
  tenantId: {
    kind: text(1, LIMITS.tenantIdCharactersMax, TENANT_CHARACTERS, 'A-Z a-z 0-9 _ -'),
    required: true,
    description: 'Whose account it is.',
  },
  accountId: { kind: id255, required: true, description: 'The account: an API key, a user, a company, a wallet.' },
  creditType: {
    kind: text(1, LIMITS.creditTypeCharactersMax, CREDIT_TYPE_CHARACTERS, 'A-Z a-z 0-9 _ . -'),
    canonicalDefault: JSON.stringify(DEFAULT_CREDIT_TYPE),
    description: 'What the account holds.',
  },
  schemaVersion: {
    kind: integer(1, 1),
    canonicalDefault: '1',
    fingerprinted: false,
    dropped: true,
    description: 'Version of this format.',
  },
  expectedVersion: { kind: version(), description: 'Refuses the command when the account has another version.' },
  actor: { kind: object(actorTable), fingerprinted: false, description: 'Who asked for it; only recorded.' },
  reason: { kind: text(0, LIMITS.reasonCharactersMax), description: 'Short code, such as usage.' },
  description: { kind: text(0, LIMITS.descriptionCharactersMax), description: 'For people to read.' },
  metadata: ownMetadata('Strings of the publisher, kept on the entry.'),
  occurredAt: {
    kind: dateTime(),
    fingerprinted: false,
    description: 'When it happened at the publisher; only recorded.',
  },
  source: {
    kind: text(0, LIMITS.sourceCharactersMax),
    fingerprinted: false,
    description: 'Which system sent it; only recorded.',
  },
} satisfies Readonly<Record<string, Field>>;

/** What a command does when available would go below the floor. */
export const onInsufficient: Field = {
  kind: insufficientPolicy,
  description: "What to do when available would go below the floor; absent: the account's policy.",
};
