import { DEAD_LETTER_CODES } from '@app/domain';

import type { ErrorShape } from '../../http/error-shapes.js';
import { Problem, type ProblemCode } from '../../http/problem.js';

/** Every path of Schematic's, unknown ones too. */
export const SCHEMATIC_PATHS = /^\/(v2\/)?billing\/credits(\/|$)/;

/** Rejections whose status differs from the native one: Schematic has no 422, and 402 for too few credits. */
const STATUS_OF: Partial<Record<ProblemCode, number>> = {
  INSUFFICIENT_CREDITS: 402,
  COMMAND_CONFLICT: 409,
  AMOUNT_PRECISION: 400,
  BALANCE_OVERFLOW: 400,
  LIMIT_EXCEEDED: 400,
};

const DEAD_LETTERS: ReadonlySet<ProblemCode> = new Set(DEAD_LETTER_CODES);

/** Errors have one field. */
export const schematicErrorShape: ErrorShape = ({ detail }) => ({
  contentType: 'application/json',
  body: { error: detail },
});

/** A problem with the status that Schematic gives it. */
export function withSchematicStatus(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const { code, detail, extras } = error;
  const status = STATUS_OF[code] ?? (error.status === 422 && DEAD_LETTERS.has(code) ? 400 : error.status);
  return status === error.status ? error : new Problem(status, code, detail, extras);
}

export function isProblem(error: unknown, code: ProblemCode): error is Problem {
  return error instanceof Problem && error.code === code;
}
