import { type CliError, Refused, Unreachable } from '../errors.js';

/** RFC 9457 as the gateway writes it; every field may be missing when a proxy answered instead. */
export interface Problem {
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly message?: string }[];
  readonly requestId?: string;
  readonly commandId?: string;
}

/** What a refusal of the gateway means for the person at the terminal. */
export function problemError(status: number, body: unknown, baseUrl: string): CliError {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Problem;
  const code = problem.code ?? `HTTP_${status}`;
  const fields = (problem.errors ?? []).map((error) => `${error.pointer ?? ''} ${error.message ?? ''}`.trim());
  const summary = problem.detail ?? problem.title ?? `the gateway answered ${status}`;
  // A problem with one field often says the same twice.
  const message = [summary, ...fields.filter((field) => !field.endsWith(summary))].join('; ');
  const hint = hintFor(status, baseUrl);
  const options = { code, details: body ?? undefined, ...(hint === undefined ? {} : { hint }) };
  return status === 429 || status >= 500 ? new Unreachable(message, options) : new Refused(message, options);
}

function hintFor(status: number, baseUrl: string): string | undefined {
  switch (status) {
    case 401:
      return `${baseUrl} does not know this API key, or it is revoked or expired. Give another with --api-key or CREDITBUS_API_KEY; \`creditbus keys create\` makes one.`;
    case 403:
      return 'The API key may not do this: see its scopes, account prefix and group with `creditbus keys list`.';
    case 429:
      return 'The API key has reached its rate limit; try again later.';
    case 503:
      return 'The gateway can not publish or read right now; nothing was accepted. Try again with the same --id.';
    default:
      return undefined;
  }
}
