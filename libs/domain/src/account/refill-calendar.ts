import type { Account, Refill } from '../account.js';
import { dateIn, daysInMonth, startOfDate, utcDateOf } from '../calendar.js';
import type { EpochMs } from '../command.js';
import { DAY_MS } from '../limits.js';

/** True when the refill runs on this date (`2026-11-20`): daily ones always, monthly ones on their day. */
export function isRefillDate(refill: Refill, date: string): boolean {
  if (refill.interval === 'daily') return true;
  const [year, month, day] = partsOf(date);
  return day === refillDayOf(refill, year, month);
}

/** The first date after another one on which the refill runs. */
export function firstRefillAfter(refill: Refill, date: string): string {
  if (refill.interval === 'daily') return utcDateOf(Date.parse(date) + DAY_MS);
  const [year, month, day] = partsOf(date);
  const thisMonth = refillDayOf(refill, year, month);
  if (day < thisMonth) return dateOf(year, month, thisMonth);
  const next = month === 12 ? ([year + 1, 1] as const) : ([year, month + 1] as const);
  return dateOf(...next, refillDayOf(refill, ...next));
}

/** When the next refill of an account is due: the first instant of its date in the refill's zone; null: it has none. */
export function refillDueAt({ refill, refillDueOn }: Pick<Account, 'refill' | 'refillDueOn'>): EpochMs | null {
  return refill === null || refillDueOn === null ? null : startOfDate(refill.timeZone, refillDueOn);
}

/**
 * The date with which a refill set at an instant begins: its first after today. A date is refilled once, so that one
 * which another zone has had already (today there is yesterday here) is not waited for again.
 */
export function firstRefillOf(refill: Refill | null, at: EpochMs, refilledOn: string | null): string | null {
  if (refill === null) return null;
  const today = dateIn(refill.timeZone, at);
  return firstRefillAfter(refill, refilledOn !== null && refilledOn > today ? refilledOn : today);
}

/** Its day in a month: days 29 to 31 of a shorter month are its last. */
function refillDayOf(refill: Refill, year: number, month: number): number {
  return Math.min(refill.refillDay ?? 1, daysInMonth(year, month));
}

function partsOf(date: string): readonly [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

function dateOf(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
