import { InvalidArgumentError } from 'commander';

import { UsageError } from '../errors.js';
import { amount } from './amount.js';
import { type OrNull, sent } from './null-value.js';

/** A refill as the API takes it. */
export interface RefillInput {
  readonly interval: 'daily' | 'monthly';
  readonly amount: string;
  readonly refillDay?: number;
  readonly timeZone?: string;
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

/** The refill with its zone. @throws UsageError for a zone without a refill. */
export function refillIn(
  timeZone: string | undefined,
  given: OrNull<RefillInput> | undefined,
): RefillInput | null | undefined {
  const asked = sent(given);
  if (timeZone === undefined) return asked;
  if (asked === undefined || asked === null) {
    throw new UsageError(
      '--refill-time-zone without a refill.',
      'Give --refill with it: the zone belongs to the refill.',
    );
  }
  return { ...asked, timeZone };
}
