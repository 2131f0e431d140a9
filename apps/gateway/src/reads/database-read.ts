import { BeyondReach, InvalidCursor, TimeInFuture } from '@app/store';

import { invalidField, Problem, unavailable } from '../http/problem.js';

/**
 * Runs a read and gives its failures their HTTP meaning: what the request asked wrongly is 400, a bug of ours stays
 * one, everything else is an outage of the database: 503, to be tried again.
 */
export async function databaseRead<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Problem || error instanceof TypeError || error instanceof RangeError) throw error;
    if (error instanceof InvalidCursor) throw queryProblem('INVALID_CURSOR', 'cursor', error.message);
    if (error instanceof BeyondReach) throw invalidField('?offset', error.message);
    if (error instanceof TimeInFuture) throw queryProblem('TIME_IN_FUTURE', 'at', error.message);
    if (isUnstorable(error)) {
      throw new Problem(400, 'INVALID_REQUEST', 'a value of the request is none that can be stored', { cause: error });
    }
    throw unavailable('the database cannot be read right now; try again', error);
  }
}

/** Postgres' class 22, data exceptions: U+0000, a number or time out of range. The same request fails for ever. */
function isUnstorable(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
}

function queryProblem(code: 'INVALID_CURSOR' | 'TIME_IN_FUTURE', name: string, message: string): Problem {
  const { errors } = invalidField(`?${name}`, message).extras;
  return new Problem(400, code, message, { errors });
}
