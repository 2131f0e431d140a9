import { APPLIED_ENTRY, type JsonSchema, OUTCOME_SCHEMA, outcomeOf, REJECTED_ENTRY } from '@app/contracts';
import { BURN_ORDERS } from '@app/domain';

import { PROBLEM_CODES } from '../http/problem.js';
import { OBJECT_SCHEMAS } from './object-schemas.js';
import { amount, list, listOf, metadata, object, ref, scale, text, textOrNull, time, version } from './schema-parts.js';

/*
 * Schemas of the gateway's answers (gateway, "Shapes"), in JSON Schema 2020-12 as OpenAPI 3.1 takes it. The shape of
 * requests comes from the DTOs, that of outcomes from the contracts.
 */

const balances: Record<string, JsonSchema> = {
  unlimited: { type: 'boolean', description: 'Then balance and available are null.' },
  balance: textOrNull('Credits in the account, held ones included; null: unlimited.'),
  held: amount('Reserved by open holds.'),
  available: textOrNull('What can be used now; null: unlimited.'),
};

const accountSchema = object('An account.', {
  accountId: text('Its name.'),
  systemId: text('Names exactly this account.', { pattern: '^acct_[0-9a-f]{32}$' }),
  externalId: textOrNull('One more unique name per tenant and credit type.'),
  group: textOrNull('Group to which API keys may be limited.'),
  creditType: text('What it holds.'),
  scale,
  status: { type: 'string', enum: ['active', 'frozen', 'closed'] },
  ...balances,
  version: version('Number of applied entries.'),
  floor: amount('Lowest available.'),
  onInsufficient: {
    description: 'What happens when available would go below the floor.',
    oneOf: [
      { type: 'string', enum: ['reject', 'clamp', 'allow'] },
      { type: 'object', required: ['downTo'], properties: { downTo: amount('Lowest available.') } },
    ],
  },
  burnOrder: { type: ['string', 'null'], enum: [...BURN_ORDERS, null], description: "null: the credit type's." },
  refill: {
    description: 'Raises available on a calendar; null: none.',
    type: ['object', 'null'],
    required: ['interval', 'amount', 'timeZone'],
    properties: {
      interval: { type: 'string', enum: ['daily', 'monthly'] },
      amount: amount('Available becomes at least this.'),
      refillDay: { type: 'integer', minimum: 1, maximum: 31, description: 'Of monthly refills.' },
      timeZone: text('IANA time zone: whose midnight and whose dates.'),
    },
  },
  metadata,
  createdAt: time('When it was opened.'),
  updatedAt: time('When its last entry was recorded.'),
});

const balanceAtSchema = object('What an account held at a time.', {
  accountId: text('Its name.'),
  systemId: text('Names exactly this account.'),
  creditType: text('What it holds.'),
  scale,
  ...balances,
  at: time('The time asked for.'),
  version: version('Version of the last entry up to that time.'),
  recordedAt: time('When that entry was recorded.'),
});

const problemSchema: JsonSchema = {
  ...object(
    'Problem details (RFC 9457).',
    {
      type: text('Names the kind of problem, as the code does.'),
      title: text('The same for every occurrence of a code.'),
      status: { type: 'integer', description: 'HTTP status.' },
      detail: text('What is wrong, for people.'),
      instance: text('Path of the request.'),
      code: { type: 'string', enum: PROBLEM_CODES, description: 'Stable; a closed list.' },
      errors: {
        type: 'array',
        description: 'Each wrong field.',
        items: object('A wrong field.', {
          pointer: text('JSON pointer into the body, `?name` of a query parameter, or a header.'),
          message: text('What is allowed.'),
        }),
      },
      requestId: text('Finds the request in the log.'),
      commandId: text('Of requests that publish a command, also a made one: send it again with this id.'),
      outcome: { ...ref('Outcome'), description: 'Of a rejected command.' },
      results: { type: 'array', items: {}, description: 'Of a batch of which nothing could be published.' },
    },
    ['errors', 'commandId', 'outcome', 'results'],
  ),
  examples: [
    {
      type: 'urn:creditbus:problem:insufficient-credits',
      title: 'Insufficient credits',
      status: 409,
      detail: 'available is 2, the delta of -3 would go below the floor of 0',
      instance: '/v1/accounts/key_1/deltas',
      code: 'INSUFFICIENT_CREDITS',
      requestId: '1f0c9a52-0f4e-4f7c-9d0e-6b8f3a1d2c4b',
      commandId: '0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e',
    },
  ],
};

const { $id: _id, $schema: _schema, ...outcomeSchema } = OUTCOME_SCHEMA;

const accepted = object('The broker has the command; its outcome comes later.', {
  commandId: text('Where its outcome will be: `/v1/commands/{commandId}`.'),
  status: { type: 'string', const: 'accepted' },
});

/** By the names under which operations refer to them. */
export const ANSWER_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  ...OBJECT_SCHEMAS,
  Accepted: accepted,
  Account: accountSchema,
  AccountDetail: {
    allOf: [
      ref('Account'),
      object('With what is live in it.', {
        grants: listOf('Open and pending ones, and ended ones of which holds still reserve something.', ref('Grant')),
        holds: listOf('The open ones.', ref('Hold')),
      }),
    ],
  },
  AccountList: list(ref('Account')),
  BalanceAt: balanceAtSchema,
  BatchResults: object('One result per command, in order.', {
    results: { type: 'array', items: { oneOf: [ref('Accepted'), ref('Problem')] } },
  }),
  Entry: { allOf: [ref('Outcome'), object('A line of the ledger.', { entryId: text('Id of the line.') })] },
  EntryList: list(ref('Entry')),
  Outcome: { ...outcomeSchema, examples: [outcomeOf(APPLIED_ENTRY), outcomeOf(REJECTED_ENTRY)] },
  Problem: problemSchema,
};
