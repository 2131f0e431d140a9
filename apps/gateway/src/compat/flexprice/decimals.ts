import { formatMinor } from '@app/domain';

/*
 * Exact arithmetic with decimals as they are written: what credits are worth in a currency has more decimals than
 * either of them, and nothing is ever rounded.
 */

interface Exact {
  readonly digits: bigint;
  readonly decimals: number;
}

/** The product of two decimals, with as many decimals as it takes. */
export function product(a: string, b: string): string {
  const [x, y] = [exact(a), exact(b)];
  return formatMinor(x.digits * y.digits, x.decimals + y.decimals);
}

/** The quotient with at most so many decimals; undefined: it has more, or ends nowhere. The divisor is above 0. */
export function quotient(dividend: string, divisor: string, decimalsMax: number): string | undefined {
  const [x, y] = [exact(dividend), exact(divisor)];
  const numerator = x.digits * 10n ** BigInt(y.decimals + decimalsMax);
  const denominator = y.digits * 10n ** BigInt(x.decimals);
  return numerator % denominator === 0n ? formatMinor(numerator / denominator, decimalsMax) : undefined;
}

function exact(decimal: string): Exact {
  const [whole = '', fraction = ''] = decimal.split('.');
  return { digits: BigInt(whole + fraction), decimals: fraction.length };
}
