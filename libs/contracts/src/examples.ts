import type { CommandType, LedgerEntry } from '@app/domain';
import type { CatalogChange } from './catalog.js';

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
  'credit.reverse': [
    { type: 'credit.reverse', id: 'refund-0815', tenantId: 'acme', accountId: 'key_1', reverses: 'order-0815' },
    {
      type: 'credit.reverse',
      id: 'refund-0816',
      tenantId: 'acme',
      accountId: 'key_1',
      reverses: 'order-0816',
      amount: '2',
      onExpiredGrant: 'forfeit',
      onInsufficient: 'allow',
      reason: 'complaint',
    },
  ],
  'account.reset': [
    {
      type: 'account.reset',
      id: 'reset:acme:key_1:2026-12',
      tenantId: 'acme',
      accountId: 'key_1',
      period: '2026-12',
      value: '1000',
      rollover: { percent: 25, cap: '100' },
    },
    {
      type: 'account.reset',
      id: 'reset:acme:user_7:2026-12',
      tenantId: 'acme',
      accountId: 'user_7',
      period: '2026-12',
      grants: [
        { amount: '100', expiresAt: '2026-12-31T23:59:59.999Z' },
        { grantId: 'bonus-12', amount: 20, kind: 'promotional', priority: 1, metadata: { campaign: 'winter' } },
      ],
      rollover: null,
    },
  ],
  'account.refill': [{ type: 'account.refill', tenantId: 'acme', accountId: 'key_1', date: '2026-11-20' }],
  'grant.create': [
    { type: 'grant.create', id: 'grant-0815', tenantId: 'acme', accountId: 'key_1', amount: '500' },
    {
      type: 'grant.create',
      id: 'grant-0816',
      tenantId: 'acme',
      accountId: 'key_1',
      grantId: 'pack-0816',
      name: 'Winter pack',
      amount: '100',
      priority: 3,
      effectiveAt: '2026-12-01T00:00:00Z',
      expiresAt: '2026-12-31T23:59:59.999Z',
      kind: 'promotional',
      costBasis: { currency: 'EUR', amount: '0.05' },
      metadata: { campaign: 'winter' },
    },
  ],
  'grant.update': [
    {
      type: 'grant.update',
      id: 'grant-0816-longer',
      tenantId: 'acme',
      accountId: 'key_1',
      grantId: 'pack-0816',
      priority: null,
      expiresAt: '2027-01-31T23:59:59.999Z',
    },
  ],
  'grant.void': [
    {
      type: 'grant.void',
      id: 'grant-0816-void',
      tenantId: 'acme',
      accountId: 'key_1',
      grantId: 'pack-0816',
      reason: 'chargeback',
    },
  ],
  'grant.activate': [
    {
      type: 'grant.activate',
      tenantId: 'acme',
      accountId: 'key_1',
      grantId: 'pack-0816',
      effectiveAt: '2026-12-01T00:00:00.000Z',
    },
  ],
  'grant.expire': [
    {
      type: 'grant.expire',
      tenantId: 'acme',
      accountId: 'key_1',
      grantId: 'pack-0816',
      expiresAt: '2027-01-31T23:59:59.999Z',
    },
  ],
  'schedule.create': [
    {
      type: 'schedule.create',
      id: 'template-pro',
      tenantId: 'acme',
      scheduleId: 'pro-monthly',
      scope: 'plan',
      amount: '1000',
      cadence: 'recurring',
      period: 'monthly',
    },
    {
      type: 'schedule.create',
      id: 'schedule-key_1',
      tenantId: 'acme',
      accountId: 'key_1',
      scheduleId: 'key_1-monthly',
      name: 'Pro, monthly',
      amount: '1000',
      cadence: 'recurring',
      period: 'monthly',
      periodCount: 1,
      anchor: '2026-10-31T00:00:00+01:00',
      start: '2026-11-20T10:00:00Z',
      end: null,
      expiry: { type: 'duration', count: 30, unit: 'days' },
      kind: 'plan',
      priority: 1,
      timeZone: 'Europe/Berlin',
      rollover: { percent: 50, cap: '500' },
      metadata: { plan: 'pro' },
    },
  ],
  'schedule.update': [
    {
      type: 'schedule.update',
      id: 'schedule-key_1-renamed',
      tenantId: 'acme',
      accountId: 'key_1',
      scheduleId: 'key_1-monthly',
      name: 'Pro',
      end: '2027-11-01T00:00:00Z',
    },
  ],
  'schedule.end': [
    {
      type: 'schedule.end',
      id: 'schedule-key_1-end',
      tenantId: 'acme',
      accountId: 'key_1',
      scheduleId: 'key_1-monthly',
    },
  ],
  'schedule.apply': [
    {
      type: 'schedule.apply',
      tenantId: 'acme',
      accountId: 'key_1',
      scheduleId: 'key_1-monthly',
      periodStart: '2026-11-29T23:00:00.000Z',
    },
  ],
  'hold.create': [
    { type: 'hold.create', id: 'hold-0815', tenantId: 'acme', accountId: 'key_1', amount: '400' },
    {
      type: 'hold.create',
      id: 'hold-0816',
      tenantId: 'acme',
      accountId: 'key_1',
      holdId: 'job-0816',
      amount: 400,
      expiresAt: '2026-11-20T11:00:00Z',
      partial: true,
      metadata: { job: '0816' },
    },
  ],
  'hold.capture': [
    {
      type: 'hold.capture',
      id: 'hold-0816-capture-1',
      tenantId: 'acme',
      accountId: 'key_1',
      holdId: 'job-0816',
      amount: '260',
      final: true,
      overage: 'charge',
      onInsufficient: 'allow',
    },
  ],
  'hold.extend': [
    {
      type: 'hold.extend',
      id: 'hold-0816-more',
      tenantId: 'acme',
      accountId: 'key_1',
      holdId: 'job-0816',
      amount: '160',
      expiresAt: '2026-11-20T12:00:00Z',
      partial: true,
    },
  ],
  'hold.release': [
    { type: 'hold.release', id: 'hold-0816-release', tenantId: 'acme', accountId: 'key_1', holdId: 'job-0816' },
  ],
  'hold.expire': [
    {
      type: 'hold.expire',
      tenantId: 'acme',
      accountId: 'key_1',
      holdId: 'job-0816',
      expiresAt: '2026-11-20T12:00:00.000Z',
    },
  ],
  'credit-type.put': [
    { type: 'credit-type.put', id: 'put-tokens-1', tenantId: 'acme', creditType: 'tokens', scale: 2 },
    {
      type: 'credit-type.put',
      id: 'put-tokens-2',
      tenantId: 'acme',
      creditType: 'tokens',
      scale: 2,
      name: 'Tokens',
      description: 'What models are paid with.',
      singularName: 'token',
      pluralName: 'tokens',
      icon: '🪙',
      burnOrder: 'expiration_priority',
      defaultExpiry: { type: 'duration', count: 1, unit: 'years' },
      defaultRollover: { percent: 25, cap: null },
      prices: [{ currency: 'EUR', pricePerUnit: '0.05' }],
      metadata: { unit: 'token' },
    },
  ],
  'credit-type.delete': [{ type: 'credit-type.delete', id: 'delete-tokens', tenantId: 'acme', creditType: 'tokens' }],
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
  grantId: null,
  holdId: null,
  scheduleId: null,
  reverses: null,
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

/** A capture of a hold from a grant and the base. */
export const CAPTURE_ENTRY: LedgerEntry = {
  ...APPLIED_ENTRY,
  commandId: 'hold-0816-capture-1',
  commandType: 'hold.capture',
  cause: 'capture',
  requested: -260n,
  applied: -260n,
  before: { balance: 500n, held: 400n, available: 100n, unlimited: false },
  after: { balance: 240n, held: 140n, available: 100n, unlimited: false },
  allocations: [
    { grantId: 'pack-0816', amount: -100n },
    { grantId: null, amount: -160n },
  ],
  holdId: 'job-0816',
};

/** A period of a schedule that came too late to give anything. */
export const SKIPPED_ENTRY: LedgerEntry = {
  ...APPLIED_ENTRY,
  commandId: '~6d0f3c1b8a5e4f7290d1c2b3a4f5e6d7',
  commandType: 'schedule.apply',
  code: 'NO_CHANGE',
  cause: 'schedule',
  requested: null,
  applied: 0n,
  after: APPLIED_ENTRY.before,
  allocations: [],
  scheduleId: 'key_1-monthly',
  reason: null,
  description: null,
  actor: null,
  metadata: null,
  source: null,
  occurredAt: null,
  details: { skipped: 'expired', expiresAt: '2026-11-01T00:00:00.000Z' },
};

/** A credit type that was made. */
export const CATALOG_ENTRY: LedgerEntry = {
  ...SKIPPED_ENTRY,
  accountId: '',
  creditType: 'tokens',
  scale: 2,
  commandId: 'put-tokens-2',
  commandType: 'credit-type.put',
  code: 'APPLIED',
  cause: 'configure',
  applied: null,
  before: null,
  after: null,
  version: 1n,
  scheduleId: null,
  description: 'What models are paid with.',
  details: null,
};

/** What `CATALOG_ENTRY` made. */
export const CATALOG_CHANGE: CatalogChange = {
  kind: 'credit-type',
  creditType: {
    id: 'tokens',
    scale: 2,
    burnOrder: 'expiration_priority',
    defaultExpiry: { type: 'duration', count: 1, unit: 'years' },
    defaultRollover: { percent: 25, cap: 10_000n },
    deletedAt: null,
    name: 'Tokens',
    description: 'What models are paid with.',
    singularName: 'token',
    pluralName: 'tokens',
    icon: '🪙',
    prices: [{ currency: 'EUR', pricePerUnit: '0.05' }],
    metadata: { unit: 'token' },
    version: 1n,
    createdAt: recordedAt,
    updatedAt: recordedAt,
  },
};

/** A template of schedules that was made, and its entry. */
export const TEMPLATE_ENTRY: LedgerEntry = {
  ...CATALOG_ENTRY,
  creditType: 'credits',
  scale: 0,
  commandId: 'template-pro',
  commandType: 'schedule.create',
  cause: 'schedule',
  scheduleId: 'pro-monthly',
  description: null,
};

export const TEMPLATE_CHANGE: CatalogChange = {
  kind: 'schedule',
  schedule: {
    scheduleId: 'pro-monthly',
    accountId: '',
    creditType: 'credits',
    name: null,
    scope: 'plan',
    status: 'active',
    amount: 1_000n,
    cadence: 'recurring',
    period: 'monthly',
    periodCount: 1,
    anchor: recordedAt,
    start: recordedAt,
    end: null,
    expiry: { type: 'never' },
    kind: 'plan',
    priority: null,
    timeZone: 'UTC',
    rollover: { percent: 50, cap: null },
    metadata: null,
    nextIndex: null,
    nextStart: null,
    lastGrantId: null,
    carriedGrantId: null,
    version: 1n,
    createdAt: recordedAt,
    updatedAt: recordedAt,
    dueAt: null,
  },
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
