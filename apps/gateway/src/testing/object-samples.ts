import type { CreditTypeView, GrantView, HoldView, ScheduleView } from '@app/store';

const createdAt = Date.parse('2026-11-20T10:00:00Z');

/** An open grant of 100 of which 40 are left, 10 of them held. */
export function grantView(fields: Partial<GrantView['grant']> = {}, scale = 0): GrantView {
  const grant: GrantView['grant'] = {
    grantId: 'pack-1',
    accountId: 'key_1',
    creditType: 'credits',
    name: 'Winter pack',
    kind: 'promotional',
    status: 'open',
    amount: 100n,
    remaining: 40n,
    held: 10n,
    priority: 3,
    effectiveAt: createdAt,
    expiresAt: Date.parse('2026-12-31T23:59:59.999Z'),
    rollsAt: null,
    sourceGrantId: null,
    scheduleId: null,
    costBasis: { currency: 'EUR', amount: '0.05' },
    metadata: { campaign: 'winter' },
    createdVersion: 3n,
    createdIndex: 0,
    createdAt,
    updatedAt: createdAt + 1_000,
    dueAt: Date.parse('2026-12-31T23:59:59.999Z'),
    ...fields,
  };
  return { grant, scale };
}

/** An open hold of 400 of which 260 were captured. */
export function holdView(fields: Partial<HoldView['hold']> = {}, scale = 0): HoldView {
  const hold: HoldView['hold'] = {
    holdId: 'job-1',
    accountId: 'key_1',
    creditType: 'credits',
    status: 'open',
    amount: 400n,
    captured: 260n,
    reserved: [
      { grantId: 'pack-1', amount: 10n },
      { grantId: null, amount: 130n },
    ],
    expiresAt: createdAt + 300_000,
    metadata: { job: '1' },
    createdAt,
    updatedAt: createdAt + 1_000,
    dueAt: createdAt + 300_000,
    ...fields,
  };
  return { hold, scale };
}

/** A monthly schedule of 1,000. */
export function scheduleView(fields: Partial<ScheduleView['schedule']> = {}, scale = 0): ScheduleView {
  const schedule: ScheduleView['schedule'] = {
    scheduleId: 'plan-1',
    accountId: 'key_1',
    creditType: 'credits',
    name: null,
    scope: 'account',
    status: 'active',
    amount: 1_000n,
    cadence: 'recurring',
    period: 'monthly',
    periodCount: 1,
    anchor: createdAt,
    start: createdAt,
    end: null,
    expiry: { type: 'period_end' },
    kind: 'plan',
    priority: null,
    timeZone: 'UTC',
    rollover: { percent: 25, cap: 500n },
    metadata: null,
    nextIndex: 1,
    nextStart: Date.parse('2026-12-20T10:00:00Z'),
    lastGrantId: null,
    carriedGrantId: null,
    version: 1n,
    createdAt,
    updatedAt: createdAt,
    dueAt: Date.parse('2026-12-20T10:00:00Z'),
    ...fields,
  };
  return { schedule, scale };
}

export function creditTypeView(fields: Partial<CreditTypeView> = {}): CreditTypeView {
  return {
    id: 'tokens',
    scale: 2,
    burnOrder: 'priority',
    defaultExpiry: { type: 'duration', count: 1, unit: 'years' },
    defaultRollover: { percent: 25, cap: 1050n },
    deletedAt: null,
    name: 'Tokens',
    description: null,
    singularName: 'token',
    pluralName: 'tokens',
    icon: null,
    prices: [{ currency: 'EUR', pricePerUnit: '0.05' }],
    metadata: null,
    version: 2n,
    createdAt,
    updatedAt: createdAt,
    ...fields,
  };
}
