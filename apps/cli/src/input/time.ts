import { InvalidArgumentError } from 'commander';

const RFC_3339 = /^\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2}))?$/;
const DURATION = /^(\d{1,9})(s|m|h|d|w)$/;
const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** RFC 3339 writes years with four digits; the contract has them from 0001 on. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** A length of time such as `30s`, `15m`, `12h`, `90d` or `4w`, in milliseconds. */
export function durationMs(text: string): number {
  const [, count, unit] = DURATION.exec(text) ?? [];
  const factor = unit === undefined ? undefined : UNIT_MS[unit];
  if (count === undefined || factor === undefined) {
    throw new InvalidArgumentError(
      `${JSON.stringify(text)} is no duration: give a number and one of s, m, h, d, w, for example 90d.`,
    );
  }
  return Number(count) * factor;
}

/** Judges a point in time: RFC 3339 (a bare date is its midnight UTC). Returns milliseconds since the epoch. */
export function instant(text: string): number {
  return instantOr('', text);
}

/** A point in time, or a duration from now (`90d`). */
export function instantOrDuration(direction: 1 | -1, now: () => number = Date.now): (text: string) => number {
  return (text) => {
    if (DURATION.test(text)) return existing(text, now() + direction * durationMs(text));
    return instantOr(`, or a duration ${direction === 1 ? 'from now' : 'back from now'} such as 90d`, text);
  };
}

function existing(text: string, ms: number): number {
  if (ms >= FIRST_MS && ms <= LAST_MS) return ms;
  throw new InvalidArgumentError(`${JSON.stringify(text)} is too long: the time must lie in the years 1 to 9999.`);
}

function instantOr(alternative: string, text: string): number {
  const value = RFC_3339.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(value) || !dayExists(text)) {
    const allowed = `RFC 3339, for example 2026-12-01 or 2026-12-01T08:00:00Z${alternative}`;
    throw new InvalidArgumentError(`${JSON.stringify(text)} is no time: give ${allowed}.`);
  }
  return value;
}

/** `Date.parse` moves 30 February to 2 March; a person who typed it should hear about it. */
function dayExists(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
