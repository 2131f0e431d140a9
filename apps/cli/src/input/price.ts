import { InvalidArgumentError } from 'commander';

import { amount } from './amount.js';

/** What one credit costs. */
export interface PriceInput {
  readonly currency: string;
  readonly amount: string;
}

/** `<currency>:<amount>`, for example `EUR:0.05`. */
export function price(text: string): PriceInput {
  const at = text.indexOf(':');
  if (at < 1) {
    throw new InvalidArgumentError(
      `${JSON.stringify(text)} is no price: give <currency>:<amount>, for example EUR:0.05.`,
    );
  }
  return { currency: text.slice(0, at), amount: amount(text.slice(at + 1)) };
}
