import { type CliError, Refused, Unreachable } from '../errors.js';
import { WHAT_TO_DO } from './what-to-do.js';

/** RFC 9457 as the gateway writes it; every field may be missing when a proxy answered instead. */
export interface Problem {
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly FieldError[];
  readonly requestId?: string;
  readonly commandId?: string;
}

/** What is wrong with one field: natively at a `pointer`, in Unkey's shape at a `location`. */
interface FieldError {
  readonly pointer?: string;
  readonly location?: string;
  readonly message?: string;
}

/** Unkey's shape: the problem lies below `error`, the request's id below `meta`. */
interface UnkeyProblem {
  readonly meta?: { readonly requestId?: string };
  readonly error?: Problem;
}

/** Whom the answer came from, for hints. */
export interface Asked {
  readonly baseUrl: string;
  /** How the key can be given. */
  readonly keyNames: string;
}

/** What a refusal of the gateway means for the person at the terminal. */
export function problemError(status: number, body: unknown, asked: Asked): CliError {
  const { error: inner, ...outer } = (isObject(body) ? body : {}) as Problem & UnkeyProblem;
  const problem: Problem = isObject(inner) ? inner : outer;
  const code = problem.code ?? `HTTP_${status}`;
  const fields = (problem.errors ?? []).map(({ pointer, location, message }) =>
    `${pointer ?? location ?? ''} ${message ?? ''}`.trim(),
  );
  const summary = problem.detail ?? problem.title ?? `the gateway answered ${status}`;
  // A problem with one field often says the same twice.
  const message = [summary, ...fields.filter((field) => !field.endsWith(summary))].join('; ');
  const hint = codeHint(code) ?? hintFor(status, asked);
  const options = { code, details: body ?? undefined, ...(hint === undefined ? {} : { hint }) };
  return status === 429 || status >= 500 ? new Unreachable(message, options) : new Refused(message, options);
}

function codeHint(code: string): string | undefined {
  return Object.hasOwn(WHAT_TO_DO, code) ? WHAT_TO_DO[code as keyof typeof WHAT_TO_DO] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function hintFor(status: number, { baseUrl, keyNames }: Asked): string | undefined {
  switch (status) {
    case 401:
      return `${baseUrl} does not know this API key, or it is revoked or expired. Give another with ${keyNames}; \`creditbus keys create\` makes one.`;
    case 403:
      return 'The API key may not do this: see its scopes, account prefix and group with `creditbus keys list`.';
    case 429:
      return 'The API key has reached its rate limit; try again later.';
    case 503:
      return 'The gateway can not publish or read right now; try again later.';
    default:
      return undefined;
  }
}
