import type { EpochMs } from './command.js';
import { DAY_MS } from './limits.js';

/** Units of the calendar; a date plus months or years that doesn't exist means that month's last day. */
export type CalendarUnit = 'days' | 'months';

/** The last instant that the calendar reaches (end of the year 9999); nothing is scheduled after it. */
export const LAST_INSTANT: EpochMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The first instant that the calendar reaches (beginning of the year 1). */
export const FIRST_INSTANT: EpochMs = -62_135_596_800_000;

/** Formatters are costly to make; more zones than these don't exist, but they may be spelled in many ways. */
const FORMATTERS_MAX = 1_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** True when the name is a time zone that the calendar knows (IANA names, and UTC). */
export function isTimeZone(name: string): boolean {
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The instant `count` units after (negative: before) another one, by the wall clock of the zone: the time of day
 * stays through a change of daylight saving time. A month's missing day is its last day; a time of day that a
 * change skips is moved on by what was skipped, one that comes twice is the first. No units after it is the instant
 * itself. undefined outside the calendar's reach.
 */
export function addToInstant(
  instant: EpochMs,
  unit: CalendarUnit,
  count: number,
  timeZone: string,
): EpochMs | undefined {
  if (count === 0) return instant;
  const local = instant + offsetAt(timeZone, instant);
  const moved = unit === 'days' ? local + count * DAY_MS : addMonths(local, count);
  if (!(moved >= FIRST_INSTANT + 2 * DAY_MS && moved <= LAST_INSTANT - 2 * DAY_MS)) return undefined;
  return fromLocal(moved, timeZone);
}

/** The day of an instant in UTC, as `2026-11-20`. */
export function utcDateOf(instant: EpochMs): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The day of an instant by the clocks of a zone. */
export function dateIn(timeZone: string, instant: EpochMs): string {
  return utcDateOf(instant + offsetAt(timeZone, instant));
}

/**
 * The first instant of a date (`2026-11-20`) in a zone: its midnight, or where the clocks skip that, when they do. Of
 * a date that a zone skipped as a whole, the first instant after it.
 */
export function startOfDate(timeZone: string, date: string): EpochMs {
  const midnight = Date.parse(date);
  const start = fromLocal(midnight, timeZone);
  const before = offsetAt(timeZone, midnight - DAY_MS);
  if (start + offsetAt(timeZone, start) === midnight) return start;
  // The clocks are moved on somewhere between their midnight by the new offset and by the old one.
  let [skipped, shown] = [midnight - Math.max(before, offsetAt(timeZone, midnight + DAY_MS)) - 1, start];
  while (shown - skipped > 1) {
    const middle = Math.floor((skipped + shown) / 2);
    if (offsetAt(timeZone, middle) === before) skipped = middle;
    else shown = middle;
  }
  return shown;
}

/** Number of days of a month (1–12). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Wall clock time (as if it were UTC) moved by months, its day clamped to the month's last. */
function addMonths(local: number, count: number): number {
  const date = new Date(local);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + count;
  const year = Math.floor(months / 12);
  const month = months - year * 12;
  return date.setUTCFullYear(year, month, Math.min(date.getUTCDate(), daysInMonth(year, month + 1)));
}

/** The instant at which clocks of the zone show the given time. */
function fromLocal(local: number, timeZone: string): EpochMs {
  const before = offsetAt(timeZone, local - DAY_MS);
  const after = offsetAt(timeZone, local + DAY_MS);
  const first = local - Math.max(before, after);
  if (offsetAt(timeZone, first) === local - first) return first;
  const second = local - Math.min(before, after);
  if (offsetAt(timeZone, second) === local - second) return second;
  return local - before;
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(timeZone: string, instant: EpochMs): number {
  if (timeZone === 'UTC') return 0;
  let year = 0;
  let month = 1;
  let day = 1;
  let timeMs = 0;
  for (const { type, value } of formatterOf(timeZone).formatToParts(instant)) {
    if (type === 'year') year = Number(value);
    else if (type === 'month') month = Number(value);
    else if (type === 'day') day = Number(value);
    else if (type === 'hour') timeMs += Number(value) * 3_600_000;
    else if (type === 'minute') timeMs += Number(value) * 60_000;
    else if (type === 'second') timeMs += Number(value) * 1_000;
  }
  const local = new Date(timeMs).setUTCFullYear(year, month - 1, day);
  return local - Math.floor(instant / 1_000) * 1_000;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (formatters.size >= FORMATTERS_MAX) formatters.clear();
  formatters.set(timeZone, made);
  return made;
}
