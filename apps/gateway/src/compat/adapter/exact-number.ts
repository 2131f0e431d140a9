import { LIMITS, NumberText } from '@app/contracts';

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Whether a value of `jsonObject` was written as a JSON number. */
export function isJsonNumber(value: unknown): value is number | NumberText {
  return typeof value === 'number' || value instanceof NumberText;
}

/**
 * The decimal that a JSON number means, exactly, as commands take it: `1.50` and `15e-1` are "1.5", `1e2` is "100",
 * `-0` is "0", 9007199254740993 stays as it is. No digit passes through a binary float.
 * @returns undefined for a number that no amount can be, since written out it has too many characters
 */
export function exactDecimal(number: number | NumberText): string | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(String(number)) ?? [];
  const written = whole + fraction;
  const digits = written.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';

  // Where the point stands, counted from the first significant digit; compared before anything is made that long.
  const point = whole.length + Number(exponent) - (written.length - digits.length);
  if (Math.abs(point) > LIMITS.amountCharactersMax) return undefined;
  const padded = significant.padEnd(point, '0');
  const before = point > 0 ? padded.slice(0, point) : '0';
  const after = point > 0 ? padded.slice(point) : '0'.repeat(-point) + padded;
  const decimal = `${sign}${before}${after === '' ? '' : `.${after}`}`;
  return decimal.length > LIMITS.amountCharactersMax ? undefined : decimal;
}
