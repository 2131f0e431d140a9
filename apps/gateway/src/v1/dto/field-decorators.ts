import {
  AMOUNT_ALLOWED,
  canonicalAmount,
  isAmountText,
  isDateTime,
  isLengthWithin,
  isPositive,
  LIMITS,
} from '@app/contracts';
import { ValidateBy, ValidateIf } from 'class-validator';

/*
 * Decorators for what class-validator has no exact equal of. They see values of `parseJsonLossless`: a JavaScript
 * number is a plain integer within ±(2^53−1), every other JSON number is a `NumberText`.
 */

/** The field may be absent. Null is a value like any other, unlike with `@IsOptional()`. */
export function MayBeAbsent(): PropertyDecorator {
  return ValidateIf((_object, value) => value !== undefined);
}

/** The field may be null, with a meaning of its own. */
export function MayBeNull(): PropertyDecorator {
  return ValidateIf((_object, value) => value !== null);
}

/** A string of min to max Unicode code points; class-validator's `@Length` counts some emoji otherwise. */
export function Characters(min: number, max: number): PropertyDecorator {
  return check('characters', `a string of ${min}-${max} characters`, (value) => {
    return typeof value === 'string' && isLengthWithin(value, min, max);
  });
}

/** An amount of the contracts: exact, as a decimal string or a plain integer. */
export function IsAmount(options: { positive?: true } = {}): PropertyDecorator {
  const allowed = options.positive ? `above 0: ${AMOUNT_ALLOWED}` : AMOUNT_ALLOWED;
  return check('isAmount', allowed, (value) => isAmount(value, options.positive ?? false));
}

/** `reject`, `clamp`, `allow` or `{ "downTo": amount }`. */
export function IsInsufficientPolicy(): PropertyDecorator {
  return check('isInsufficientPolicy', '"reject", "clamp", "allow" or { "downTo": amount }', (value) => {
    if (typeof value === 'string') return ['reject', 'clamp', 'allow'].includes(value);
    return typeof value === 'object' && value !== null && 'downTo' in value && isAmount(value.downTo, false);
  });
}

/** A version of an account: an integer or a string of digits. */
export function IsVersion(): PropertyDecorator {
  return check('isVersion', `an integer or a string of digits, 0-${LIMITS.versionMax}`, (value) => {
    if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
    return typeof value === 'string' && /^\d{1,19}$/.test(value) && BigInt(value) <= LIMITS.versionMax;
  });
}

/** Pairs of strings within the limits. */
export function IsMetadata(): PropertyDecorator {
  const { metadataPairsMax, metadataKeyCharactersMax, metadataValueCharactersMax } = LIMITS;
  const allowed =
    `an object of at most ${metadataPairsMax} strings, keys of at most ${metadataKeyCharactersMax} and values of ` +
    `at most ${metadataValueCharactersMax} characters`;
  return check('isMetadata', allowed, (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const pairs = Object.entries(value);
    const isPair = ([key, item]: [string, unknown]): boolean =>
      isLengthWithin(key, 0, metadataKeyCharactersMax) &&
      typeof item === 'string' &&
      isLengthWithin(item, 0, metadataValueCharactersMax);
    return pairs.length <= metadataPairsMax && pairs.every(isPair);
  });
}

/** An RFC 3339 time of a day that exists; class-validator's own check lets others pass. */
export function IsDateTime(): PropertyDecorator {
  return check('isDateTime', 'an RFC 3339 time such as "2026-11-20T10:00:00Z"', (value) => {
    return typeof value === 'string' && isDateTime(value);
  });
}

function isAmount(value: unknown, positive: boolean): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) && (!positive || value > 0);
  return typeof value === 'string' && isAmountText(value) && (!positive || isPositive(canonicalAmount(value)));
}

function check(name: string, allowed: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name, validator: { validate } }, { message: `$property must be ${allowed}` });
}
