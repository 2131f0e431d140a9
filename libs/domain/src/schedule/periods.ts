import { addToInstant, type CalendarUnit } from '../calendar.js';
import type { EpochMs, GrantExpiry, SchedulePeriod } from '../command.js';
import { DAY_MS } from '../limits.js';
import type { Schedule } from './schedule.js';

/** What decides when the periods of a schedule start. */
export type Calendar = Pick<Schedule, 'cadence' | 'period' | 'periodCount' | 'anchor' | 'start' | 'timeZone'>;

/** A period of a schedule: number k starts k periods after the anchor. */
export interface Period {
  readonly index: number;
  readonly start: EpochMs;
}

const UNITS: Readonly<Record<SchedulePeriod, readonly [count: number, unit: CalendarUnit]>> = {
  daily: [1, 'days'],
  weekly: [7, 'days'],
  monthly: [1, 'months'],
  quarterly: [3, 'months'],
  half_yearly: [6, 'months'],
  yearly: [12, 'months'],
};

/** Mean length of a month of the Gregorian calendar. */
const MONTH_MEAN_MS = 30.436875 * DAY_MS;

/**
 * When period `index` starts: that many periods after the anchor, counted from the anchor and never from the
 * period before, so that January 31 leads to February 28 and then to March 31. undefined: beyond the calendar.
 */
export function periodStart(calendar: Calendar, index: number): EpochMs | undefined {
  if (calendar.period === null || calendar.cadence === 'one_time') return index === 0 ? calendar.start : undefined;
  const [count, unit] = UNITS[calendar.period];
  return addToInstant(calendar.anchor, unit, index * count * calendar.periodCount, calendar.timeZone);
}

/** The first period: the earliest that doesn't start before `start`. */
export function firstPeriod(calendar: Calendar): Period | undefined {
  if (calendar.period === null || calendar.cadence === 'one_time') return { index: 0, start: calendar.start };
  const [count, unit] = UNITS[calendar.period];
  const lengthMs = count * calendar.periodCount * (unit === 'days' ? DAY_MS : MONTH_MEAN_MS);
  // The estimate is off by a few days at most; begin safely before it.
  let index = Math.floor((calendar.start - calendar.anchor - 4 * DAY_MS) / lengthMs) - 1;
  for (;;) {
    const start = periodStart(calendar, index);
    if (start === undefined) {
      if (index > 0) return undefined;
    } else if (start >= calendar.start) {
      return { index, start };
    }
    index += 1;
  }
}

/**
 * The period after another one. Where a zone skipped a whole day, two periods fall on the same instant and count
 * as one.
 */
export function periodAfter(calendar: Calendar, { index, start }: Period): Period | undefined {
  for (let next = index + 1; ; next += 1) {
    const nextStart = periodStart(calendar, next);
    if (nextStart === undefined) return undefined;
    if (nextStart > start) return { index: next, start: nextStart };
  }
}

/** When a grant that is effective from an instant on expires; null: never. `periodEnd`: start of the period after it. */
export function expiryOf(
  expiry: GrantExpiry,
  effectiveAt: EpochMs,
  periodEnd: EpochMs | undefined,
  timeZone: string,
): EpochMs | null {
  switch (expiry.type) {
    case 'never':
      return null;
    case 'period_end':
      return periodEnd ?? null;
    case 'duration': {
      const { count, unit } = expiry;
      const days = unit === 'days' ? count : unit === 'weeks' ? 7 * count : undefined;
      const instant =
        days === undefined
          ? addToInstant(effectiveAt, 'months', unit === 'years' ? 12 * count : count, timeZone)
          : addToInstant(effectiveAt, 'days', days, timeZone);
      return instant ?? null;
    }
  }
}

/** The end of a period for `period_end`: when the one after it would start, whether or not the schedule goes on till then. */
export function periodEnd(calendar: Calendar, period: Period): EpochMs | undefined {
  if (calendar.period === null) return undefined;
  if (calendar.cadence === 'recurring') return periodAfter(calendar, period)?.start;
  const [count, unit] = UNITS[calendar.period];
  return addToInstant(period.start, unit, count * calendar.periodCount, calendar.timeZone);
}
