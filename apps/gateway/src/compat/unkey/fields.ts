import { NumberText } from '@app/contracts';
import { MINOR_MAX } from '@app/domain';
import { z } from 'zod';

import { isJsonObject } from '../../http/json-body.js';
import { exactJson } from '../adapter/exact-json.js';

/*
 * Kinds of fields of Unkey's requests. They see values of `jsonObject`: what is no plain safe integer is a
 * `NumberText`, so that an amount never passes through a binary float.
 */

const DIGITS = /^(0|[1-9]\d{0,18})$/;

/** Longest `meta` in characters of JSON. */
export const META_CHARACTERS_MAX = 10_000;

/** A signed 64-bit integer of at least `min`, as its digits. */
export function int64(min: 0 | 1) {
  return z
    .custom<number | NumberText>(
      (value) => isInt64(value, BigInt(min)),
      `must be an integer from ${min} to ${MINOR_MAX}`,
    )
    .transform(String)
    .meta({ type: 'integer', format: 'int64', minimum: min });
}

/** The id of a key: that of its account. */
export const keyId = z.string().min(3).max(255);

/** The API that a key belongs to: the group of its account. Any is accepted. */
export const apiId = z.string().min(1).max(255);

export const name = z.string().min(1).max(255);
export const ownerId = z.string().min(1).max(255);

/** Milliseconds since 1970. */
export const expires = z.number().int().min(0).max(253_402_300_799_999);

/** Any JSON object; kept as it is and given back by getKey and verifyKey. */
export const meta = z
  .custom<Readonly<Record<string, unknown>>>(
    (value) => isJsonObject(value) && exactJson(value).length <= META_CHARACTERS_MAX,
    `must be an object of at most ${META_CHARACTERS_MAX} characters of JSON`,
  )
  .meta({ type: 'object' });

/** Of what Creditbus has nothing to offer for: only the empty list passes, since the rest would not be enforced. */
export function emptyList(what: string) {
  return z
    .custom<readonly never[]>(
      (value) => Array.isArray(value) && value.length === 0,
      `Creditbus does not enforce ${what}: must be empty or absent`,
    )
    .meta({ type: 'array', maxItems: 0, items: {} });
}

/** A flag of which Creditbus can only do the default. */
export function onlyFalse(message: string) {
  return z.literal(false, message);
}

const refillFields = {
  amount: int64(1),
  interval: z.enum(['daily', 'monthly']),
  refillDay: z.number().int().min(1).max(31).optional(),
};

/** Raises the credits to `amount`, every day or on a day of the month, at 00:00 UTC. */
export const refill = z.strictObject(refillFields).superRefine(({ interval, refillDay }, context) => {
  if (interval === 'monthly' && refillDay === undefined) {
    context.addIssue({ code: 'custom', path: ['refillDay'], message: 'is required when interval is monthly' });
  }
  if (interval === 'daily' && refillDay !== undefined) {
    context.addIssue({ code: 'custom', path: ['refillDay'], message: 'is only for the interval monthly' });
  }
});

/** A refill raises what is limited. */
export const NO_REFILL_WITHOUT_REMAINING = 'a refill needs a key with limited credits: remaining must be a number';

function isInt64(value: unknown, min: bigint): boolean {
  if (typeof value !== 'number' && !(value instanceof NumberText)) return false;
  const text = String(value);
  return DIGITS.test(text) && BigInt(text) >= min && BigInt(text) <= MINOR_MAX;
}
