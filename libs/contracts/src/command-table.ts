import { BURN_ORDERS, type CommandType } from '@app/domain';
import { notAllowed } from './fault.js';
import {
  amount,
  dateTime,
  integer,
  metadata,
  nullable,
  objectOr,
  oneOf,
  publisherId,
  text,
  version,
} from './field-kinds.js';
import { type Field, FieldTable, object } from './field-table.js';
import { LIMITS } from './limits.js';

/*
 * The commands as data (contracts, "Command record"). Decoder, fingerprint, JSON Schemas and AsyncAPI are made from
 * these tables; a new command type is a new entry here.
 */

export const DEFAULT_CREDIT_TYPE = 'credits';

const TENANT_CHARACTERS = /^[A-Za-z0-9_-]+$/;
const CREDIT_TYPE_CHARACTERS = /^[A-Za-z0-9_.-]+$/;

const id255 = text(1, LIMITS.idCharactersMax);

const policyTable = new FieldTable({
  downTo: { kind: amount(), required: true, description: 'Lowest available to which the command may go.' },
});

const insufficientPolicy = objectOr(object(policyTable), oneOf(['reject', 'clamp', 'allow']));

const refillTable = new FieldTable({
  interval: { kind: oneOf(['daily', 'monthly']), required: true, description: 'How often, at 00:00 UTC.' },
  amount: { kind: amount({ positive: true }), required: true, description: 'Available is raised to this amount.' },
  refillDay: {
    kind: integer(1, 31),
    description: 'Day of the month; required for monthly and refused for daily. In a shorter month: its last day.',
  },
});

const refill = object(refillTable, ({ interval, refillDay }, pointer) => {
  if ((interval === 'monthly') === (refillDay !== undefined)) return undefined;
  const allowed = interval === 'monthly' ? 'an integer from 1 to 31 for a monthly refill' : 'absent for a daily refill';
  return notAllowed(`${pointer}/refillDay`, refillDay, allowed);
});

const actorTable = new FieldTable({
  type: { kind: text(1, LIMITS.actorTypeCharactersMax), required: true, description: 'For example user or service.' },
  id: { kind: id255, required: true, description: 'Who it was.' },
  name: { kind: text(0, LIMITS.idCharactersMax), description: 'For people to read.' },
});

const commonFields: Readonly<Record<string, Field>> = {
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
  metadata: { kind: metadata(), description: 'Strings of the publisher, kept on the entry.' },
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
};

/** Names of the fields that every command has beside its type, in the order in which they are documented. */
export const COMMON_FIELD_NAMES: readonly string[] = Object.keys(commonFields);

/** The fields that every command has beside its type. */
export const COMMON_FIELDS = new FieldTable(commonFields);

/** A type of command: what it does and the fields that it has beside the common ones. */
export interface CommandSpec {
  readonly type: CommandType;
  readonly description: string;
  readonly table: FieldTable;
  readonly ownFields: readonly string[];
}

const onInsufficient: Field = {
  kind: insufficientPolicy,
  description: "What to do when available would go below the floor; absent: the account's policy.",
};

const specs: readonly CommandSpec[] = [
  spec('account.open', 'Opens an account.', {
    initial: {
      kind: nullable(amount()),
      canonicalDefault: '"0"',
      description: 'What it holds at first; null: unlimited.',
    },
    refill: { kind: nullable(refill), canonicalDefault: 'null', description: 'Raises available on a calendar.' },
    floor: { kind: amount(), canonicalDefault: '"0"', description: 'Lowest available.' },
    onInsufficient: { ...onInsufficient, canonicalDefault: '"reject"', description: 'Policy of the account.' },
    burnOrder: { kind: oneOf(BURN_ORDERS), description: "Order in which grants are used; absent: the credit type's." },
    externalId: { kind: id255, description: 'One more unique name per tenant and credit type.' },
    group: { kind: id255, description: 'Group to which API keys may be limited.' },
    metadata: { kind: metadata(), description: "Kept on the entry and as the account's own." },
  }),
  spec('account.configure', 'Changes settings of an account: absent keeps, null clears, a value replaces.', {
    status: { kind: oneOf(['active', 'frozen', 'closed']), description: 'Closed is final.' },
    refill: { kind: nullable(refill), description: 'Refill; null: none.' },
    floor: { kind: nullable(amount()), description: 'Lowest available; null: 0.' },
    onInsufficient: { kind: nullable(insufficientPolicy), description: 'Policy of the account; null: reject.' },
    burnOrder: { kind: nullable(oneOf(BURN_ORDERS)), description: "Burn order; null: the credit type's." },
    externalId: { kind: nullable(id255), description: 'External id; null: none.' },
    group: { kind: nullable(id255), description: 'Group; null: none.' },
    metadata: { kind: nullable(metadata()), description: "Kept on the entry and as the account's own; null: none." },
  }),
  spec('credit.delta', 'Adds to or subtracts from an account.', {
    delta: { kind: amount(), required: true, description: 'Positive adds, negative subtracts.' },
    onInsufficient,
  }),
  spec('credit.set', 'Sets what is available.', {
    value: {
      kind: nullable(amount()),
      required: true,
      description: 'The new available; null: unlimited, which also clears the refill.',
    },
  }),
];

function spec(type: CommandType, description: string, own: Readonly<Record<string, Field>>): CommandSpec {
  const typeField: Field = { kind: oneOf([type]), required: true, description: 'What to do.' };
  return {
    type,
    description,
    table: new FieldTable({ type: typeField, ...commonFields, ...own }),
    ownFields: Object.keys(own),
  };
}

/** Every type of command that publishers may send. */
export const COMMAND_SPECS: ReadonlyMap<string, CommandSpec> = new Map(specs.map((item) => [item.type, item]));

export const COMMAND_TYPES: readonly CommandType[] = specs.map((item) => item.type);
