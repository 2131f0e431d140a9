import type { LedgerEntry } from '@app/domain';
import type { CatalogChange } from './catalog.js';

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
