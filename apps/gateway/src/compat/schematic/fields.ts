import { instantOf, isAmountText, isLengthWithin, isNotNegative, isPositive, LIMITS } from '@app/contracts';
import { z } from 'zod';

import { jsonObject } from '../../http/json-body.js';
import { type FieldError, Problem } from '../../http/problem.js';
import { exactDecimal, isJsonNumber } from '../adapter/exact-number.js';

/*
 * Kinds of fields. Numbers of bodies come from `jsonObject`, so that no digit is lost; of queries they are texts.
 * Fields that Schematic does not have are ignored, as it does.
 */

/** A kind of field that is checked, and perhaps changed, by hand; undefined: it is none of these. */
function kind<T>(allowed: string, read: (value: unknown) => T | undefined) {
  return z.unknown().transform((value, context): T => {
    const result = read(value);
    if (result !== undefined) return result;
    context.addIssue({ code: 'custom', message: value === undefined ? 'is required' : `must be ${allowed}` });
    return z.NEVER;
  });
}

export const text = (min: number, max: number) =>
  kind(`a string of ${min}–${max} characters`, (value) =>
    typeof value === 'string' && isLengthWithin(value, min, max) && !value.includes('\0') && value.isWellFormed()
      ? value
      : undefined,
  );

/** The id of a company, credit, grant or lease. */
export const id = text(1, LIMITS.idCharactersMax);

/** A JSON number above 0, exact, as a decimal. */
export const amountAbove0 = kind('a number above 0 of at most 64 digits', (value) => {
  const decimal = isJsonNumber(value) ? exactDecimal(value) : undefined;
  return decimal !== undefined && isPositive(decimal) ? decimal : undefined;
});

/** The same, or 0. */
export const amountFrom0 = kind('a number not below 0 of at most 64 digits', (value) => {
  const decimal = isJsonNumber(value) ? exactDecimal(value) : undefined;
  return decimal !== undefined && isNotNegative(decimal) ? decimal : undefined;
});

/** A whole number within bounds, as a decimal, since prices may be larger than any double tells exactly. */
export const integerFrom = (min: 0 | 1, max?: number) =>
  kind(`an integer of at least ${min}${max === undefined ? '' : ` and at most ${max}`}`, (value) => {
    const decimal = isJsonNumber(value) ? exactDecimal(value) : undefined;
    if (decimal === undefined || !/^\d+$/.test(decimal) || BigInt(decimal) < BigInt(min)) return undefined;
    return max === undefined || BigInt(decimal) <= BigInt(max) ? decimal : undefined;
  });

/** A decimal of 0 or above in a string. */
export const decimalText = kind('a decimal such as "0.5", not below 0', (value) =>
  typeof value === 'string' && isAmountText(value) && isNotNegative(value) ? value : undefined,
);

/** An instant as RFC 3339. */
export const instant = kind('an RFC 3339 time such as 2026-11-20T10:00:00Z', (value) =>
  typeof value === 'string' && instantOf(value) !== undefined ? value : undefined,
);

export const oneOf = <const T extends string>(...choices: readonly T[]) =>
  kind(`one of ${choices.join(', ')}`, (value) => choices.find((choice) => choice === value));

/** A field that may be left out; null is the same. */
export const optional = <T>(field: z.ZodType<T>) => field.nullish().transform((value) => value ?? undefined);

/** A number of a query. */
const numberOfQuery = (max: number) =>
  kind(`a whole number from 0 to ${max}`, (value) => {
    const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : Infinity;
    return number <= max ? number : undefined;
  });

/** What every list takes. */
export const paging = { limit: numberOfQuery(250).default(100), offset: numberOfQuery(2 ** 31 - 1).default(0) };

/** A parameter that may be given several times. */
export const texts = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(id).max(250));

/** A body by its schema; none at all is an empty one. @throws Problem 400 that names every wrong field */
export function bodyOf<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  return checked(schema, body instanceof Uint8Array && body.length > 0 ? jsonObject(body) : {}, '/');
}

/** A query by its schema. @throws Problem 400 that names every wrong parameter */
export function queryOf<S extends z.ZodType>(schema: S, query: unknown): z.output<S> {
  return checked(schema, query ?? {}, '?');
}

function checked<S extends z.ZodType>(schema: S, value: unknown, prefix: '/' | '?'): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }): FieldError => {
    const name = path.join('/');
    return { pointer: `${prefix}${name}`, message: name === '' ? message : `${name} ${message}` };
  });
  throw new Problem(400, 'INVALID_FIELD', errors.map(({ message }) => message).join('; '), { errors });
}
