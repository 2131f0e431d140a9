import type { CommandType, LedgerEntry } from '@app/domain';

/*
 * One set of examples for the AsyncAPI document, the JSON Schemas and the golden files, so that what is shown is what
 * is tested.
 */

/** Commands as publishers send them, by type. */
export const COMMAND_EXAMPLES: Readonly<Record<CommandType, readonly object[]>> = {
  'account.open': [
    { type: 'account.open', id: '0192f0c1-7d0a-7c6e-9b1e-000000000001', tenantId: 'acme', accountId: 'key_1' },
    {
      type: 'account.open',
      id: 'open:acme:user_7',
      tenantId: 'acme',
      accountId: 'user_7',
      creditType: 'tokens',
      initial: '250.50',
      refill: { interval: 'monthly', amount: '1000', refillDay: 31 },
      floor: '-50',
      onInsufficient: { downTo: '-100' },
      burnOrder: 'expiration_priority',
      externalId: 'crm-4711',
      group: 'api_1',
      metadata: { plan: 'pro' },
    },
  ],
  'account.configure': [
    {
      type: 'account.configure',
      id: '0192f0c1-7d0a-7c6e-9b1e-000000000002',
      tenantId: 'acme',
      accountId: 'key_1',
      status: 'frozen',
      refill: null,
      expectedVersion: '3',
      actor: { type: 'user', id: 'u_1', name: 'Ada' },
      reason: 'chargeback',
    },
  ],
  'credit.delta': [
    {
      type: 'credit.delta',
      id: '0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e',
      tenantId: 'acme',
      accountId: 'key_1',
      delta: '-3',
      onInsufficient: 'reject',
      reason: 'usage',
      description: '3 images',
      metadata: { region: 'eu-west-1' },
      occurredAt: '2026-11-20T10:00:00Z',
      source: 'image-service',
    },
    { type: 'credit.delta', id: 'topup-0815', tenantId: 'acme', accountId: 'key_1', delta: 500 },
  ],
  'credit.set': [
    {
      type: 'credit.set',
      id: '0192f0c1-7d0a-7c6e-9b1e-000000000003',
      tenantId: 'acme',
      accountId: 'key_1',
      value: '1000',
    },
    { type: 'credit.set', id: 'unlimited-key_1', tenantId: 'acme', accountId: 'key_1', value: null },
  ],
};

const recordedAt = Date.UTC(2026, 10, 20, 10, 0, 0, 250);

/** A delta that was applied. */
export const APPLIED_ENTRY: LedgerEntry = {
  tenantId: 'acme',
  accountId: 'key_1',
  creditType: 'credits',
  scale: 0,
  commandId: '0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e',
  commandType: 'credit.delta',
  fingerprint: Buffer.alloc(32, 1),
  status: 'applied',
  code: 'APPLIED',
  cause: 'delta',
  requested: -3n,
  applied: -3n,
  before: { balance: 10n, held: 0n, available: 10n, unlimited: false },
  after: { balance: 7n, held: 0n, available: 7n, unlimited: false },
  version: 4n,
  allocations: [{ grantId: null, amount: -3n }],
  reason: 'usage',
  description: '3 images',
  actor: { type: 'user', id: 'u_1', name: 'Ada' },
  metadata: { region: 'eu-west-1' },
  source: 'image-service',
  occurredAt: '2026-11-20T10:00:00Z',
  recordedAt,
  message: null,
  details: null,
  topic: 'credits.commands.v1',
  partition: 3,
  offset: 42n,
};

/** The opening of an unlimited account of a credit type with decimals. */
export const UNLIMITED_ENTRY: LedgerEntry = {
  ...APPLIED_ENTRY,
  accountId: 'user_7',
  creditType: 'tokens',
  scale: 2,
  commandId: 'open:acme:user_7',
  commandType: 'account.open',
  cause: 'open',
  requested: null,
  applied: 0n,
  before: { balance: 0n, held: 0n, available: 0n, unlimited: false },
  after: { balance: 0n, held: 150n, available: -150n, unlimited: true },
  version: 1n,
  allocations: [],
  reason: null,
  description: null,
  actor: null,
  metadata: null,
  source: null,
  occurredAt: null,
};

/** A delta that was rejected. */
export const REJECTED_ENTRY: LedgerEntry = {
  ...APPLIED_ENTRY,
  status: 'rejected',
  code: 'INSUFFICIENT_CREDITS',
  requested: '-30',
  applied: null,
  after: null,
  version: null,
  allocations: [],
  message: 'delta is -30: available is 10 and may not go below the floor of 0',
  details: { available: '10', floor: '0' },
};

/** A rejection of an account that is not known. */
export const UNKNOWN_ACCOUNT_ENTRY: LedgerEntry = {
  ...REJECTED_ENTRY,
  code: 'ACCOUNT_NOT_FOUND',
  before: null,
  message: 'account "key_1" of credit type "credits" does not exist',
  details: null,
};

/** Another body under the id of `APPLIED_ENTRY`. */
export const CONFLICT_ENTRY: LedgerEntry = {
  ...UNKNOWN_ACCOUNT_ENTRY,
  code: 'COMMAND_CONFLICT',
  fingerprint: Buffer.alloc(32, 2),
  message: 'the command id belongs to a command with another body',
};

export const TRACEPARENT_EXAMPLE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
