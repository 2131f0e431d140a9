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

/** Milliseconds since the epoch as RFC 3339 in UTC with three decimals. */
export function dateTimeOf(epochMs: number): string {
  // Entries of a chunk share few append times, and formatting one costs as much as a field of JSON.
  if (epochMs !== lastMs) {
    lastText = new Date(epochMs).toISOString();
    lastMs = epochMs;
  }
  return lastText;
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
