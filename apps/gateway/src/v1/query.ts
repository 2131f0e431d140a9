import { isDateTime } from '@app/contracts';
import { type ObjectListQuery, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX } from '@app/store';

import { invalidField } from '../http/problem.js';

const CREDIT_TYPE = /^[A-Za-z0-9_.-]{1,64}$/;
/** Longer than any value that could match something. */
const VALUE_CHARS_MAX = 2048;

/**
 * The query parameters of a route, each at most once.
 * @throws Problem 400 for a parameter that the route doesn't have, so that a misspelt filter isn't silently ignored.
 */
export function queryOf<N extends string>(query: unknown, names: readonly N[]): Partial<Record<N, string>> {
  const values: Partial<Record<N, string>> = {};
  for (const [name, value] of Object.entries(query ?? {})) {
    if (!isOneOf(names, name)) {
      const allowed = names.length === 0 ? 'none' : names.join(', ');
      throw invalidField(`?${name.slice(0, 64)}`, `unknown query parameter; allowed here: ${allowed}`);
    }
    if (typeof value !== 'string') throw invalidField(`?${name}`, `${name} is given more than once`);
    if (value.length > VALUE_CHARS_MAX || value.includes('\0') || !value.isWellFormed()) {
      throw invalidField(`?${name}`, `${name} is too long or has characters that no value can have`);
    }
    values[name] = value;
  }
  return values;
}

/** The only query parameter of routes that write. */
export function creditTypeQuery(query: unknown): string | undefined {
  return creditTypeOf(queryOf(query, ['creditType']).creditType);
}

export function creditTypeOf(value: string | undefined): string | undefined {
  if (value === undefined || CREDIT_TYPE.test(value)) return value;
  throw invalidField(
    '?creditType',
    `creditType is ${JSON.stringify(value.slice(0, 64))}; allowed are 1–64 of A–Z a–z 0–9 _ . -`,
  );
}

export function limitOf(value: string | undefined): number {
  if (value === undefined) return PAGE_LIMIT_DEFAULT;
  const limit = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (limit >= 1 && limit <= PAGE_LIMIT_MAX) return limit;
  throw invalidField('?limit', `limit is ${JSON.stringify(value.slice(0, 20))}; allowed is 1–${PAGE_LIMIT_MAX}`);
}

/** A time in milliseconds since the epoch. */
export function timeOf(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const time = isDateTime(value) ? Date.parse(value) : Number.NaN;
  if (Number.isFinite(time)) return time;
  throw invalidField(`?${name}`, `${name} must be an RFC 3339 time such as 2026-11-20T10:00:00Z (a + is written %2B)`);
}

export function choiceOf<T extends string>(
  name: string,
  value: string | undefined,
  choices: readonly T[],
): T | undefined {
  if (value === undefined || isOneOf(choices, value)) return value;
  throw invalidField(`?${name}`, `${name} is ${JSON.stringify(value.slice(0, 64))}; allowed are ${choices.join(', ')}`);
}

/** The query of a list of what belongs to an account: grants, holds, schedules. */
export function objectListQuery<Status extends string>(
  query: unknown,
  statuses: readonly Status[],
): { readonly creditType: string | undefined; readonly filters: ObjectListQuery<Status> } {
  const q = queryOf(query, ['creditType', 'from', 'to', 'status', 'limit', 'cursor']);
  return {
    creditType: creditTypeOf(q.creditType),
    filters: {
      from: timeOf('from', q.from),
      to: timeOf('to', q.to),
      status: choiceOf('status', q.status, statuses),
      limit: limitOf(q.limit),
      cursor: q.cursor,
    },
  };
}

function isOneOf<T extends string>(choices: readonly T[], value: string): value is T {
  return (choices as readonly string[]).includes(value);
}
