import { DEAD_LETTER_CODES, REJECTION_CODES } from '@app/domain';

import type { ErrorShape } from '../../http/error-shapes.js';
import { Problem, type ProblemCode } from '../../http/problem.js';

/** What Klaim calls a body that is missing, no JSON, or without a numeric `credit_delta`. */
export const INVALID_BODY = 'Invalid JSON format in request body';
export const UNKNOWN_USER = 'Can not find user with the given user_id.';

/** Rejections and dead letters that have a status of their own here; all others are 400. */
const STATUS_OF: Partial<Record<ProblemCode, number>> = {
  ACCOUNT_NOT_FOUND: 404,
  COMMAND_CONFLICT: 409,
  TOO_LARGE: 413,
};

/** Sentences that Klaim documents; everything else is told in our own words. */
const MESSAGE_OF: Partial<Record<ProblemCode, string>> = {
  ACCOUNT_NOT_FOUND: UNKNOWN_USER,
  NOT_JSON: INVALID_BODY,
};

const OF_THE_COMMAND: ReadonlySet<ProblemCode> = new Set([...REJECTION_CODES, ...DEAD_LETTER_CODES]);

/** Errors have one field. */
export const klaimErrorShape: ErrorShape = ({ code, detail }) => ({
  contentType: 'application/json',
  body: { message: MESSAGE_OF[code] ?? detail },
});

/** A problem with the status that Klaim gives it; what has nothing to do with the command keeps its own. */
export function withKlaimStatus(error: unknown): unknown {
  if (!(error instanceof Problem) || !OF_THE_COMMAND.has(error.code)) return error;
  const { code, detail, extras } = error;
  return new Problem(STATUS_OF[code] ?? 400, code, detail, extras);
}
