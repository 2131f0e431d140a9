import { LIMITS } from './limits.js';

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** Whether a text is an RFC 3339 time of a day that exists, with an offset, at most 64 characters long. */
export function isDateTime(text: string): boolean {
  if (text.length > LIMITS.occurredAtCharactersMax || !RFC_3339.test(text)) return false;
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(twoDigits(text, 0) * 100 + twoDigits(text, 2), month))
    return false;
  // RFC 3339 allows second 60: leap seconds are not announced in advance, so any minute may have one.
  if (twoDigits(text, 11) > 23 || twoDigits(text, 14) > 59 || twoDigits(text, 17) > 60) return false;
  const utc = text.endsWith('Z') || text.endsWith('z');
  return utc || (twoDigits(text, text.length - 5) <= 23 && twoDigits(text, text.length - 2) <= 59);
}

/** First and last instant that a command may name: the years 1 to 9999, in UTC. */
export const INSTANT_MIN = -62_135_596_800_000;
export const INSTANT_MAX = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * An RFC 3339 time as milliseconds since the epoch; what is finer than a millisecond is cut off, a leap second is
 * the second after it. undefined when the text is no such time, or none between `INSTANT_MIN` and `INSTANT_MAX`.
 */
export function instantOf(text: string): number | undefined {
  if (!isDateTime(text)) return undefined;
  const leap = text.startsWith('60', 17);
  const seconds = Date.parse(`${text.slice(0, 10)}T${text.slice(11, 17)}${leap ? '59' : text.slice(17, 19)}Z`);
  const fraction = FRACTION.exec(text)?.[1] ?? '';
  const instant = seconds + (leap ? 1_000 : 0) + Number(fraction.slice(0, 3).padEnd(3, '0')) - offsetOf(text);
  return instant >= INSTANT_MIN && instant <= INSTANT_MAX ? instant : undefined;
}

/** Whether a text is a day that exists, as `2026-11-20`. */
export function isDate(text: string): boolean {
  return DATE.test(text) && !text.startsWith('0000') && isDateTime(`${text}T00:00:00Z`);
}

/** Milliseconds since the epoch as RFC 3339 in UTC with three decimals. */
export function dateTimeOf(epochMs: number): string {
  // Entries of a chunk share few append times, and formatting one costs as much as a field of JSON.
  if (epochMs !== lastMs) {
    lastText = new Date(epochMs).toISOString();
    lastMs = epochMs;
  }
  return lastText;
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const FRACTION = /\.(\d+)/;

/** How far the local time of a valid time is ahead of UTC, in milliseconds. */
function offsetOf(text: string): number {
  if (text.endsWith('Z') || text.endsWith('z')) return 0;
  const minutes = twoDigits(text, text.length - 5) * 60 + twoDigits(text, text.length - 2);
  return (text.charAt(text.length - 6) === '-' ? -minutes : minutes) * 60_000;
}

let lastMs = NaN;
let lastText = '';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}
