import {
  type Cause,
  CAUSES,
  type GrantKind,
  type ScheduleCadence,
  type SchedulePeriod,
  type ScheduleScope,
  type ScheduleStatus,
} from '@app/domain';

/*
 * Flexprice's words and ours, in one table each.
 */

/** The credit type of subscriptions and wallets. */
export const FLEXPRICE_CREDIT_TYPE = 'flexprice';

export const SCOPES = { PLAN: 'plan', SUBSCRIPTION: 'account', ADDON: 'addon' } as const satisfies Record<
  string,
  ScheduleScope
>;

export const CADENCES = { ONETIME: 'one_time', RECURRING: 'recurring' } as const satisfies Record<
  string,
  ScheduleCadence
>;

export const PERIODS = {
  DAILY: 'daily',
  WEEKLY: 'weekly',
  MONTHLY: 'monthly',
  QUARTERLY: 'quarterly',
  HALF_YEARLY: 'half_yearly',
  ANNUAL: 'yearly',
} as const satisfies Record<string, SchedulePeriod>;

export const EXPIRY_TYPES = { NEVER: 'never', DURATION: 'duration', BILLING_CYCLE: 'period_end' } as const;

export const EXPIRY_UNITS = { DAY: 'days', WEEK: 'weeks', MONTH: 'months', YEAR: 'years' } as const;

/** A schedule that has given all it has to give still stands; only one that was ended is archived. */
export const STATUSES = {
  published: ['active', 'completed'],
  archived: ['ended'],
  deleted: [],
} as const satisfies Record<string, readonly ScheduleStatus[]>;

/** Why credits are added, and the kind of grant that makes of them. */
export const TOP_UP_REASONS = {
  FREE_CREDIT_GRANT: 'free',
  PURCHASED_CREDIT_DIRECT: 'purchased',
  PURCHASED_CREDIT_INVOICED: 'purchased',
  SUBSCRIPTION_CREDIT_GRANT: 'plan',
  CREDIT_NOTE: 'refund',
  CREDIT_ADJUSTMENT: 'adjustment',
} as const satisfies Record<string, GrantKind>;

/** The reason that may take more than there is. */
export const MANUAL_DEBIT = 'MANUAL_BALANCE_DEBIT';

export const DEBIT_REASONS = [
  MANUAL_DEBIT,
  'INVOICE_PAYMENT',
  'CREDIT_EXPIRED',
  'CREDIT_ADJUSTMENT',
  'WALLET_TERMINATION',
] as const;

/** The reason of an entry whose command gave none: by its cause, else an adjustment. */
const REASON_OF_CAUSE: Partial<Record<Cause, string>> = {
  expiry: 'CREDIT_EXPIRED',
  schedule: 'SUBSCRIPTION_CREDIT_GRANT',
};
const OTHER_REASON = 'CREDIT_ADJUSTMENT';

export function reasonOf({ reason, cause }: { readonly reason: string | null; readonly cause: Cause }): string {
  return reason ?? REASON_OF_CAUSE[cause] ?? OTHER_REASON;
}

/** The causes whose entries have this reason when their command gave none. */
export function causesOf(reason: string): readonly Cause[] {
  return CAUSES.filter((cause) => reasonOf({ reason: null, cause }) === reason);
}

/** Every reason that a transaction may be asked for by. */
export const TRANSACTION_REASONS = [...new Set([...keysOf(TOP_UP_REASONS), ...DEBIT_REASONS])] as const;

/** The keys of one of these tables. */
export function keysOf<Table extends object>(table: Table): [keyof Table & string, ...(keyof Table & string)[]] {
  return Object.keys(table) as [keyof Table & string, ...(keyof Table & string)[]];
}

/** Flexprice's word for ours. */
export function wordFor<Word extends string, Ours>(table: Readonly<Record<Word, Ours>>, ours: Ours): Word {
  const word = (Object.keys(table) as Word[]).find((key) => table[key] === ours);
  if (word === undefined) throw new RangeError(`there is no word for ${JSON.stringify(ours)}`);
  return word;
}
