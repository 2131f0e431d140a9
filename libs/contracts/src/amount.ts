import type { DecimalString } from '@app/domain';
import { LIMITS } from './limits.js';

/** What an amount may be, for messages. */
export const AMOUNT_ALLOWED =
  'a decimal string such as "-3" or "10.5" (no exponent, no "+", no "-0", at most 64 characters), or a JSON number ' +
  'written as a plain integer within ±9007199254740991';

const AMOUNT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const NEGATIVE_ZERO = /^-0(?:\.0+)?$/;

/** Whether a text is an amount (contracts, "Command record"). How many decimals are allowed is the credit type's business. */
export function isAmountText(text: string): boolean {
  return (
    text.length <= LIMITS.amountCharactersMax &&
    AMOUNT.test(text) &&
    !(text.charCodeAt(0) === MINUS && NEGATIVE_ZERO.test(text))
  );
}

/** The one form of an amount: without trailing zeros in the fraction. The text must be an amount. */
export function canonicalAmount(text: string): DecimalString {
  const point = text.indexOf('.');
  if (point < 0) return text;
  let end = text.length;
  while (text.charCodeAt(end - 1) === ZERO) end -= 1;
  return text.slice(0, end - 1 === point ? point : end);
}

/** Whether a canonical amount is above zero. */
export function isPositive(amount: DecimalString): boolean {
  return amount.charCodeAt(0) !== MINUS && amount !== '0';
}

/** Whether a canonical amount is zero or above. */
export function isNotNegative(amount: DecimalString): boolean {
  return amount.charCodeAt(0) !== MINUS;
}

const MINUS = 0x2d;
const ZERO = 0x30;
