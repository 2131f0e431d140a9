import { InvalidArgumentError } from 'commander';

import { amount } from './amount.js';

/** A refill as the API takes it. */
export interface RefillInput {
  readonly interval: 'daily' | 'monthly';
  readonly amount: string;
  readonly refillDay?: number;
}

/** `daily:<amount>` or `monthly:<amount>:<day>`. */
export function refill(text: string): RefillInput {
  const [interval, size = '', day, ...rest] = text.split(':');
  if (interval === 'daily' && day === undefined) return { interval, amount: amount(size) };
  if (interval === 'monthly' && rest.length === 0 && day !== undefined && /^(?:[1-9]|[12][0-9]|3[01])$/.test(day)) {
    return { interval, amount: amount(size), refillDay: Number(day) };
  }
  throw new InvalidArgumentError(
    `${JSON.stringify(text)} is no refill: give daily:<amount> or monthly:<amount>:<day 1-31>, for example monthly:1000:1.`,
  );
}
