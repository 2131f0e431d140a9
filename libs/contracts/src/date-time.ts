import { LIMITS } from './limits.js';

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|[+-](\d{2}):(\d{2}))$/;

/** Whether a text is an RFC 3339 time of a day that exists, with an offset, at most 64 characters long. */
export function isDateTime(text: string): boolean {
  if (text.length > LIMITS.occurredAtCharactersMax) return false;
  const parts = RFC_3339.exec(text);
  if (!parts) return false;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as SixNumbers;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  // RFC 3339 allows second 60: leap seconds are not announced in advance, so any minute may have one.
  if (hour > 23 || minute > 59 || second > 60) return false;
  return Number(parts[7] ?? 0) <= 23 && Number(parts[8] ?? 0) <= 59;
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

type SixNumbers = [number, number, number, number, number, number];

function daysIn(year: number, month: number): number {
  // Day 0 of the next month; setUTCFullYear because Date.UTC takes the years 0-99 for 1900-1999.
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}
