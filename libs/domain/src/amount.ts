import { MINOR_MAX, MINOR_MIN, type Minor, type Scale } from './account.js';
import type { DecimalString } from './command.js';

/** Digits of the largest 64-bit amount; a canonical number with more of them before the point can't fit. */
const MAX_INTEGER_DIGITS = 19;

/** 10^scale for every scale there is. */
const POWERS: readonly bigint[] = Array.from({ length: 10 }, (_, scale) => 10n ** BigInt(scale));

/** True when the amount fits a signed 64-bit integer, as every stored amount must. */
export function fitsMinor(minor: bigint): minor is Minor {
  return minor >= MINOR_MIN && minor <= MINOR_MAX;
}

/**
 * The canonical decimal of an amount in minor units: `formatMinor(-1050n, 2)` is `"-10.5"`. Exact; never `-0`,
 * never an exponent, no trailing zeros in the fraction.
 */
export function formatMinor(minor: Minor, scale: Scale): DecimalString {
  if (scale === 0) return minor.toString();
  const digits = (minor < 0n ? -minor : minor).toString().padStart(scale + 1, '0');
  let end = digits.length;
  const point = end - scale;
  while (end > point && digits.charCodeAt(end - 1) === 48) end -= 1;
  const magnitude = end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`;
  return minor < 0n ? `-${magnitude}` : magnitude;
}

/**
 * The amount in minor units of a canonical decimal, exactly. `precision`: it has more decimals than the scale;
 * `overflow`: it is outside the signed 64-bit range (`precision` when both). Text that is no canonical decimal is
 * the decoder's business and not looked for here.
 */
export function parseMinor(text: DecimalString, scale: Scale): Minor | 'precision' | 'overflow' {
  const point = text.indexOf('.');
  const decimals = point < 0 ? 0 : text.length - point - 1;
  if (decimals > scale) return 'precision';
  const sign = text.charCodeAt(0) === 45 ? 1 : 0;
  if ((point < 0 ? text.length : point) - sign > MAX_INTEGER_DIGITS) return 'overflow';
  const minor =
    point < 0
      ? BigInt(text) * power(scale)
      : BigInt(text.slice(0, point) + text.slice(point + 1)) * power(scale - decimals);
  return fitsMinor(minor) ? minor : 'overflow';
}

/** 10^exponent, for exponents 0–9. */
function power(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}
