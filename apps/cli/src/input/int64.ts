import { InvalidArgumentError } from 'commander';

const INT64_MAX = 2n ** 63n - 1n;

/**
 * A whole number from 0 to 2^63 - 1, kept as its digits: it never becomes a float.
 * @throws InvalidArgumentError saying what is allowed
 */
export function int64(text: string): string {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text) || BigInt(text) > INT64_MAX) {
    throw new InvalidArgumentError(
      `${JSON.stringify(text)} is not allowed here: give a whole number from 0 to ${INT64_MAX}.`,
    );
  }
  return text;
}
