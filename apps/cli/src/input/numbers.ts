import { InvalidArgumentError } from 'commander';

/** A parser of whole numbers from `min` to `max`. */
export function integerBetween(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) {
      throw new InvalidArgumentError(
        `${JSON.stringify(text)} is not allowed here: give a whole number from ${min} to ${max}.`,
      );
    }
    return value;
  };
}

/** A version of an account, kept as text: it may be beyond 2^53. */
export function version(text: string): string {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text)) {
    throw new InvalidArgumentError(`${JSON.stringify(text)} is no version: give a whole number, for example 4.`);
  }
  return text;
}
