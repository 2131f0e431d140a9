import { canonicalAmount, instantOf, isAmountText, isLengthWithin, isPositive, LIMITS } from '@app/contracts';
import { parseMinor } from '@app/domain';
import { z } from 'zod';

import { exactDecimal, isJsonNumber } from '../adapter/exact-number.js';

/*
 * Kinds of fields of Flexprice's requests. Messages go on from the field's name: "credits is required". They see
 * values of `jsonObject`: what is no plain safe integer is a `NumberText`.
 */

/** Decimals of the credit type `flexprice`. */
export const CREDIT_DECIMALS = 8;

interface Given {
  readonly input?: unknown;
}

const must =
  (allowed: string) =>
  ({ input }: Given): string =>
    input === undefined || input === null ? 'is required' : `must be ${allowed}`;

/** A field that may be left out; null is the same, as in Flexprice. */
export function optional<Kind extends z.ZodType>(kind: Kind) {
  return kind.nullish().transform((value) => value ?? undefined);
}

/** An empty text is a missing one. U+0000 can be stored nowhere. */
export function text(charactersMax: number) {
  const allowed = `a text of at most ${charactersMax} characters`;
  return z
    .string({ error: must(allowed) })
    .min(1, 'is required')
    .refine((value) => isLengthWithin(value, 0, charactersMax), `must be ${allowed}`)
    .refine((value) => !value.includes('\0'), 'must not contain U+0000')
    .meta({ maxLength: charactersMax });
}

export const id = text(LIMITS.idCharactersMax);

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: must(`one of ${values.join(', ')}`) });
}

export function wholeNumber(min: number, max: number) {
  const allowed = `a whole number from ${min} to ${max}`;
  return z
    .int({ error: must(allowed) })
    .min(min, `must be ${allowed}`)
    .max(max, `must be ${allowed}`);
}

/** A decimal above 0, as a string or a JSON number, in canonical form. */
export const rate = decimal('a decimal above 0', isPositive);

/** Credits above 0 with no more decimals than the credit type has. */
export const credits = decimal(
  `a decimal above 0 with at most ${CREDIT_DECIMALS} decimals`,
  (value) => isPositive(value) && areCredits(value),
);

/** The same, or 0. */
export const creditsOrNone = decimal(
  `a decimal of at least 0 with at most ${CREDIT_DECIMALS} decimals`,
  (value) => value === '0' || (isPositive(value) && areCredits(value)),
);

/** RFC 3339. */
export const instant = z
  .string({ error: must('an RFC 3339 time such as 2026-12-01T00:00:00Z') })
  .refine((value) => instantOf(value) !== undefined, 'must be an RFC 3339 time such as 2026-12-01T00:00:00Z')
  .meta({ format: 'date-time' });

/** The same, from now on. */
export const instantToCome = instant
  .refine((value) => isToCome(value), 'cannot be in the past')
  .meta({ format: 'date-time' });

/** A day as the number YYYYMMDD: its beginning in UTC. */
export const dayToCome = z
  .int({ error: must('a day as the number YYYYMMDD') })
  .transform((day) => String(day).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3T00:00:00Z'))
  .refine((value) => instantOf(value) !== undefined, 'must be a day as the number YYYYMMDD')
  .refine((value) => isToCome(value), 'cannot be in the past');

export const metadata = z.record(z.string(), z.string('must be a text'), {
  error: must('an object whose values are texts'),
});

/** What Creditbus has nothing to offer for: refused, since leaving it out silently would not be what was asked for. */
export function unsupported(why: string) {
  return z.null(why).optional();
}

function decimal(allowed: string, isAllowed: (canonical: string) => boolean) {
  return z
    .custom<string>((value) => decimalOf(value) !== undefined, { error: must(allowed), abort: true })
    .transform((value) => decimalOf(value) ?? '')
    .refine(isAllowed, `must be ${allowed}`)
    .meta({ type: 'string', format: 'decimal' });
}

function decimalOf(value: unknown): string | undefined {
  const written = isJsonNumber(value) ? exactDecimal(value) : value;
  return typeof written === 'string' && isAmountText(written) ? canonicalAmount(written) : undefined;
}

function areCredits(value: string): boolean {
  return typeof parseMinor(value, CREDIT_DECIMALS) === 'bigint';
}

function isToCome(time: string): boolean {
  return (instantOf(time) ?? Infinity) >= Date.now();
}
