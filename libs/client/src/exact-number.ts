/**
 * An amount or a version as it is given to the client: digits in a string, or a bigint.
 *
 * Amounts are never JavaScript numbers. A number has 53 bits: 9007199254740993 silently becomes …992, and 0.1 + 0.2 is
 * not 0.3. Strings carry every digit, decimal places included (`'-2.50'`); bigint is for whole amounts. What the gateway
 * answers are strings for the same reason; `BigInt(text)` makes a bigint of one without decimal places.
 */
export type ExactNumber = string | bigint;

/** JSON text in which each bigint is its digits in a string. */
export function jsonWithDigits(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
}
