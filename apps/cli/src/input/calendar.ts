import { InvalidArgumentError } from 'commander';
import { isDate, LIMITS } from '@app/contracts';

import { oneOf } from './words.js';

const UNITS = ['days', 'weeks', 'months', 'years'] as const;

/** When grants expire, as the API takes it. */
export type ExpiryInput =
  | { readonly type: 'never' | 'period_end' }
  | { readonly type: 'duration'; readonly count: number; readonly unit: (typeof UNITS)[number] };

/** `never`, `period_end`, or a length of time in calendar units such as `3:months`. */
export function expiry(text: string): ExpiryInput {
  if (text === 'never' || text === 'period_end') return { type: text };
  const [count = '', unit = '', ...rest] = text.split(':');
  const value = /^[1-9][0-9]{0,5}$/.test(count) ? Number(count) : Number.NaN;
  if (!(value <= LIMITS.calendarCountMax) || rest.length > 0 || !UNITS.some((known) => known === unit)) {
    throw new InvalidArgumentError(
      `${JSON.stringify(text)} is no expiry: give never, period_end or <count>:<unit> with one of ${UNITS.join(', ')}, for example 3:months.`,
    );
  }
  return { type: 'duration', count: value, unit: oneOf(UNITS)(unit) };
}

/** A day (UTC) that exists, as it is sent. */
export function day(text: string): string {
  if (!isDate(text)) {
    throw new InvalidArgumentError(`${JSON.stringify(text)} is no day: give one that exists, for example 2026-11-20.`);
  }
  return text;
}
