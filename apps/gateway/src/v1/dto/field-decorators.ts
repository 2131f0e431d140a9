import {
  AMOUNT_ALLOWED,
  canonicalAmount,
  instantOf,
  isAmountText,
  isDate,
  isDateTime,
  isLengthWithin,
  isNotNegative,
  isPositive,
  isTimeZoneName,
  LIMITS,
  NumberText,
} from '@app/contracts';
import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsInstance, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';

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
  return check('characters', `a string of ${min}-${max} characters`, (value) => hasCharacters(value, min, max));
}

/** Name of a credit type. */
export function IsCreditType(): PropertyDecorator {
  return check('isCreditType', `1-${LIMITS.creditTypeCharactersMax} of A-Z a-z 0-9 _ . -`, (value) => {
    return hasCharacters(value, 1, LIMITS.creditTypeCharactersMax) && /^[A-Za-z0-9_.-]+$/.test(value as string);
  });
}

/** Below what amounts are refused. */
type AmountBound = 'above 0' | '0 or above';

/** An amount of the contracts: exact, as a decimal string or a plain integer. */
export function IsAmount(bound?: AmountBound): PropertyDecorator {
  const allowed = bound === undefined ? AMOUNT_ALLOWED : `${bound}: ${AMOUNT_ALLOWED}`;
  return check('isAmount', allowed, (value) => isAmount(value, bound));
}

/** `reject`, `clamp`, `allow` or `{ "downTo": amount }`. */
export function IsInsufficientPolicy(): PropertyDecorator {
  return check('isInsufficientPolicy', '"reject", "clamp", "allow" or { "downTo": amount }', (value) => {
    if (typeof value === 'string') return ['reject', 'clamp', 'allow'].includes(value);
    return typeof value === 'object' && value !== null && 'downTo' in value && isAmount(value.downTo);
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
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof NumberText)
      return false;
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

/** An RFC 3339 time that decides something: of the years 1 to 9999. */
export function IsInstant(): PropertyDecorator {
  const allowed = 'an RFC 3339 time of the years 1 to 9999 such as "2026-11-20T10:00:00Z"';
  return check('isInstant', allowed, (value) => typeof value === 'string' && instantOf(value) !== undefined);
}

/** A day that exists. */
export function IsDay(): PropertyDecorator {
  return check('isDay', 'a day that exists, such as "2026-11-20"', (value) => {
    return typeof value === 'string' && isDate(value);
  });
}

/** Name of a time zone of the IANA database. */
export function IsTimeZoneName(): PropertyDecorator {
  return check('isTimeZoneName', 'a time zone of the IANA database such as "Europe/Berlin"', (value) => {
    return typeof value === 'string' && isTimeZoneName(value);
  });
}

/** An integer; of its field `command-from-body` has read `1.0` as 1. */
export function IsIntegerWithin(min: number, max: number): PropertyDecorator {
  return check('isIntegerWithin', `an integer from ${min} to ${max}`, (value) => isIntegerWithin(value, min, max));
}

export function isIntegerWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

/** An object with fields of its own. */
export function IsObjectOf(Dto: new () => object): PropertyDecorator {
  return applyDecorators(IsInstance(Dto, { message: '$property must be an object' }), ValidateNested());
}

/** Up to `max` objects with fields of their own. */
export function IsListOf(Dto: new () => object, max: number): PropertyDecorator {
  return applyDecorators(
    IsArray({ message: '$property must be an array' }),
    ArrayMaxSize(max, { message: `$property must have at most ${max} items` }),
    IsInstance(Dto, { each: true, message: 'each item of $property must be an object' }),
    ValidateNested({ each: true }),
  );
}

/** A rule over a field, absent or not, and the others of its object. `allowed` follows "must be". */
export function Rule<T extends object>(
  name: string,
  allowed: string,
  validate: (value: unknown, fields: Partial<T>) => boolean,
): PropertyDecorator {
  return ValidateBy(
    { name, validator: { validate: (value, args) => validate(value, args?.object as Partial<T>) } },
    { message: `$property must be ${allowed}` },
  );
}

/** Whether a value is a string of min to max Unicode code points. */
export function hasCharacters(value: unknown, min: number, max: number): boolean {
  return typeof value === 'string' && isLengthWithin(value, min, max);
}

export function isAmount(value: unknown, bound?: AmountBound): boolean {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && (bound === undefined || value > 0 || (value === 0 && bound === '0 or above'));
  }
  if (typeof value !== 'string' || !isAmountText(value)) return false;
  const amount = canonicalAmount(value);
  return bound === undefined || (bound === 'above 0' ? isPositive(amount) : isNotNegative(amount));
}

function check(name: string, allowed: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name, validator: { validate } }, { message: `$property must be ${allowed}` });
}
