import type { z } from 'zod';

import { jsonObject } from '../../http/json-body.js';
import { Problem } from '../../http/problem.js';

/** The body of a request by its schema; content types don't matter. @throws Problem 400 that names every wrong field */
export function bodyBy<Schema extends z.ZodType>(schema: Schema, bytes: unknown): z.output<Schema> {
  return checked(schema, jsonObject(bytes instanceof Uint8Array ? bytes : new Uint8Array()));
}

/** The same, of a request that needs no body. @throws Problem 400 */
export function optionalBodyBy<Schema extends z.ZodType>(schema: Schema, bytes: unknown): z.output<Schema> {
  return checked(schema, bytes instanceof Uint8Array && bytes.length > 0 ? jsonObject(bytes) : {});
}

/** Query parameters by their schema. @throws Problem 400 that names every wrong one */
export function queryBy<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
  return checked(schema, query);
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({
    pointer: path.map((part) => `/${String(part)}`).join(''),
    message: [path.map(String).join('.'), message].filter((part) => part !== '').join(' '),
  }));
  throw new Problem(400, 'INVALID_FIELD', errors.map(({ message }) => message).join('; '), { errors });
}
