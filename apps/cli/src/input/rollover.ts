import { InvalidArgumentError } from 'commander';

import { amount } from './amount.js';

/** How much of what remains is carried over, as the API takes it. */
export interface RolloverInput {
  readonly percent: number;
  readonly cap?: string;
}

/** `<percent>` or `<percent>:<cap>`. */
export function rollover(text: string): RolloverInput {
  const [percent = '', cap, ...rest] = text.split(':');
  const value = /^(?:0|[1-9][0-9]{0,2})$/.test(percent) ? Number(percent) : Number.NaN;
  if (!(value <= 100) || rest.length > 0) {
    throw new InvalidArgumentError(
      `${JSON.stringify(text)} is no rollover: give <percent 0-100> or <percent>:<cap>, for example 25 or 25:100.`,
    );
  }
  return cap === undefined ? { percent: value } : { percent: value, cap: amount(cap) };
}
