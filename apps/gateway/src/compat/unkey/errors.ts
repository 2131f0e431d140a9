import { STATUS_CODES } from 'node:http';

import { REJECTION_CODES } from '@app/domain';

import type { ErrorShape } from '../../http/error-shapes.js';
import { type FieldError, Problem, type ProblemCode } from '../../http/problem.js';

const KEY_NOT_FOUND = 'We could not find the requested key.';
const UNLIMITED = 'You cannot increment or decrement a key with unlimited credits.';

/** Rejections of commands that have a status or a sentence of their own here; all others are 400 in our words. */
const REFUSALS: Partial<Record<ProblemCode, { readonly status: number; readonly detail?: string }>> = {
  ACCOUNT_NOT_FOUND: { status: 404, detail: KEY_NOT_FOUND },
  ACCOUNT_UNLIMITED: { status: 400, detail: UNLIMITED },
  COMMAND_CONFLICT: { status: 409 },
};

const REJECTIONS: ReadonlySet<ProblemCode> = new Set(REJECTION_CODES);

/**
 * Unkey's errors. On a 400 there is always a list of `errors`, also an empty one, and a 429 has a content type of its
 * own: the official client takes neither otherwise.
 */
export const unkeyErrorShape: ErrorShape = ({ status, code, detail, extras }, request) => ({
  contentType: status === 429 ? 'application/problem+json' : 'application/json',
  body: {
    meta: { requestId: request.id },
    error: {
      title: STATUS_CODES[status] ?? 'Error',
      detail,
      status,
      type: `urn:creditbus:problem:${code.toLowerCase().replaceAll('_', '-')}`,
      ...(status === 400 && { errors: (extras.errors ?? []).map(validationError) }),
    },
  },
});

/** There is no such key, or it is another workspace's (P10: told in the same words). */
export function keyNotFound(): Problem {
  return new Problem(404, 'ACCOUNT_NOT_FOUND', KEY_NOT_FOUND);
}

/** A request that the schema lets pass and that makes no sense. */
export function badRequest(detail: string): Problem {
  return new Problem(400, 'INVALID_REQUEST', detail);
}

/** What the command was refused with, in Unkey's words; faults of its fields are not those of the request's. */
export function withUnkeyStatus(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const { status, code, detail, extras } = error;
  const refusal = REFUSALS[code];
  if (!refusal && !REJECTIONS.has(code) && status !== 400) return error;
  return new Problem(refusal?.status ?? 400, code, refusal?.detail ?? detail, { ...extras, errors: [] });
}

/** `/credits/refill/amount` → `body.credits.refill.amount`; a header keeps its name. */
function validationError({ pointer, message }: FieldError): { location: string; message: string } {
  const inBody = pointer === '' || pointer.startsWith('/');
  return { location: inBody ? `body${pointer.replaceAll('/', '.')}` : `header.${pointer}`, message };
}
