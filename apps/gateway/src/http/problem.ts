import { DEAD_LETTER_CODES, REJECTION_CODES, type DeadLetterCode, type RejectionCode } from '@app/domain';

/** Codes of problems that are neither a rejection nor a dead letter: the gateway's own refusals (a closed, stable list). */
export const GATEWAY_CODES = [
  'INVALID_REQUEST',
  'INVALID_CURSOR',
  'TIME_IN_FUTURE',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'REQUEST_TIMEOUT',
  'COMMAND_NOT_RECORDED',
  'UNSUPPORTED_MEDIA_TYPE',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL_ERROR',
] as const;

export const PROBLEM_CODES = [...new Set([...GATEWAY_CODES, ...DEAD_LETTER_CODES, ...REJECTION_CODES])];

export type ProblemCode = (typeof GATEWAY_CODES)[number] | DeadLetterCode | RejectionCode;

/** One field that is wrong: where (JSON pointer into the body, or `?name` / header name) and what is allowed. */
export interface FieldError {
  readonly pointer: string;
  readonly message: string;
}

/** Wrong fields that a problem lists at most; it says how many more there are. */
export const LISTED_ERRORS_MAX = 20;
/** Longest pointer, message and detail of a problem in UTF-16 units, so that no refusal is larger than 64 KiB. */
const POINTER_CHARS_MAX = 128;
const MESSAGE_CHARS_MAX = 300;
const DETAIL_CHARS_MAX = 1_000;

export interface ProblemExtras {
  readonly errors?: readonly FieldError[];
  /** The command's id, also a made one, so that a retry can reuse it. */
  readonly commandId?: string;
  /** The outcome of a rejected command. */
  readonly outcome?: object;
  /** Of a batch: what became of each command. */
  readonly results?: readonly object[];
  /** Response headers that belong to the problem, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
  /** Of a 503: the command may have reached the log, so only a repeat with the same id is safe. */
  readonly maybePublished?: boolean;
}

/**
 * A refusal, thrown from anywhere and shown by the filter: as RFC 9457 problem details on native routes, in the
 * shape of their system on compatible ones. `detail` is for people and never holds a secret or a stack trace. However
 * much is wrong with a request, and however long it says it, the refusal is small.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly detail: string;
  readonly extras: ProblemExtras;

  constructor(
    readonly status: number,
    readonly code: ProblemCode,
    detail: string,
    extras: ProblemExtras = {},
  ) {
    const unlisted = (extras.errors?.length ?? 0) - LISTED_ERRORS_MAX;
    const more = unlisted > 0 ? ` (and ${unlisted} more errors that are not listed)` : '';
    const told = cut(detail, DETAIL_CHARS_MAX - more.length) + more;
    super(told, { cause: extras.cause });
    this.detail = told;
    this.extras = extras.errors ? { ...extras, errors: listed(extras.errors) } : extras;
  }
}

function listed(errors: readonly FieldError[]): FieldError[] {
  return errors.slice(0, LISTED_ERRORS_MAX).map(({ pointer, message }) => ({
    pointer: cut(pointer, POINTER_CHARS_MAX),
    message: cut(message, MESSAGE_CHARS_MAX),
  }));
}

function cut(text: string, charsMax: number): string {
  return text.length <= charsMax ? text : `${text.slice(0, charsMax - 1).toWellFormed()}…`;
}

/** Content type of problem details (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** RFC 9457 problem details as they are sent. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ProblemCode;
  readonly errors?: readonly FieldError[];
  readonly requestId: string;
  readonly commandId?: string;
  readonly outcome?: object;
  readonly results?: readonly object[];
}

/** The body of a problem, for one request. */
export function problemBody(problem: Problem, instance: string, requestId: string): ProblemBody {
  const { errors, commandId, outcome, results } = problem.extras;
  return {
    type: `urn:creditbus:problem:${problem.code.toLowerCase().replaceAll('_', '-')}`,
    title: title(problem.code),
    status: problem.status,
    detail: problem.detail,
    instance,
    code: problem.code,
    ...(errors && { errors }),
    requestId,
    ...(commandId !== undefined && { commandId }),
    ...(outcome && { outcome }),
    ...(results && { results }),
  };
}

/** `ACCOUNT_NOT_FOUND` → `Account not found`: the same for every occurrence of a code, as RFC 9457 asks. */
function title(code: ProblemCode): string {
  const words = code.toLowerCase().replaceAll('_', ' ').replace('json', 'JSON');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** 400 that names one wrong field. */
export function invalidField(pointer: string, message: string, commandId?: string): Problem {
  return new Problem(400, 'INVALID_FIELD', message, { errors: [{ pointer, message }], commandId });
}

/** 503 with `Retry-After`: the request had no effect that we know of; the same command id may be sent again. */
export function unavailable(detail: string, cause: unknown, extras: ProblemExtras = {}): Problem {
  return new Problem(503, 'UNAVAILABLE', detail, { headers: { 'Retry-After': '1' }, cause, ...extras });
}
