import type { GrantExpiry } from '@app/domain';

import type { EXPIRY_UNITS } from './credit-body.js';

export type ExpiryUnit = (typeof EXPIRY_UNITS)[number];

/** When grants expire that don't say, as Schematic tells it; without a count never. */
export interface UnitAndCount {
  readonly unit: ExpiryUnit;
  readonly count: string | null;
}

/** Units of an expiry in Schematic's: a billing period is a calendar month. */
const UNITS: Readonly<Record<string, { readonly unit: ExpiryUnit; readonly times: number }>> = {
  days: { unit: 'days', times: 1 },
  weeks: { unit: 'days', times: 7 },
  months: { unit: 'billing_periods', times: 1 },
  years: { unit: 'billing_periods', times: 12 },
};

/** @param remembered the unit of a credit that has no count */
export function shownExpiry(expiry: GrantExpiry | null, remembered: ExpiryUnit): UnitAndCount {
  if (expiry?.type === 'period_end') return { unit: 'billing_periods', count: '1' };
  if (expiry?.type !== 'duration') return { unit: remembered, count: null };
  const { unit, times } = UNITS[expiry.unit] ?? { unit: remembered, times: 1 };
  return { unit, count: String(expiry.count * times) };
}

/** The opposite, as a command has it. */
export function expiryFields({ unit, count }: UnitAndCount): object | null {
  if (count === null) return null;
  return { type: 'duration', count: Number(count), unit: unit === 'days' ? 'days' : 'months' };
}
