import type { z } from 'zod';

import { jsonObject } from '../../http/json-body.js';
import { type FieldError, Problem } from '../../http/problem.js';

/**
 * The body of a request by its schema. Content types don't matter.
 * @throws Problem 400 in Unkey's words that names every wrong field
 */
export function bodyBy<Schema extends z.ZodType>(schema: Schema, path: string, bytes: unknown): z.output<Schema> {
  const parsed = schema.safeParse(objectIn(bytes, path));
  if (parsed.success) return parsed.data;
  throw notBySchema(path, parsed.error.issues.flatMap(faultsOf));
}

function objectIn(bytes: unknown, path: string): object {
  try {
    return jsonObject(bytes instanceof Uint8Array ? bytes : new Uint8Array());
  } catch (error) {
    if (error instanceof Problem) throw notBySchema(path, error.extras.errors ?? []);
    throw error;
  }
}

function notBySchema(path: string, errors: readonly FieldError[]): Problem {
  const detail = `POST request body for '${path}' failed to validate schema`;
  return new Problem(400, 'INVALID_REQUEST', detail, { errors });
}

/** An unknown field is a fault of its own. */
function faultsOf(issue: z.core.$ZodIssue): FieldError[] {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
  return keys.map((key) => {
    const path = key === undefined ? issue.path : [...issue.path, key];
    return {
      pointer: path.map((part) => `/${String(part)}`).join(''),
      message: key === undefined ? issue.message : 'there is no such field',
    };
  });
}
