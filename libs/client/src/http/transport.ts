import { CommandRejected, CreditbusError, type ErrorFacts } from '../errors.js';
import { jsonWithDigits } from '../exact-number.js';
import { OPERATIONS } from '../generated/operations.js';
import type { OperationId, Problem } from '../types.js';
import { uuidV7 } from '../uuid-v7.js';
import type { Fetch, FetchAnswer } from './fetch.js';
import { isRetriedStatus, pauseAfter, retryAfterMs, type RetryPolicy, withGiven } from './retry.js';
import { pause, TIMED_OUT, withTimeout } from './time.js';

/** Options of any call; those about time replace the client's. */
export interface CallOptions extends Partial<RetryPolicy> {
  /** Stops the call, pauses included, with the signal's reason. A command that was sent may still be applied. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of a call that writes. */
export interface WriteOptions extends CallOptions {
  /**
   * Id of the command: one effect per id, for ever. Without it the body's `id`, else a new one, made once per call and
   * sent again with each of its retries. Give the id of what caused the command, so that it also survives a restart.
   */
  readonly idempotencyKey?: string | undefined;
  /** Waits for the outcome, whole seconds, at most 30. Without it the answer is that the command was accepted. */
  readonly wait?: number | undefined;
}

export interface Call {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: object | undefined;
  readonly body?: object | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
  readonly commandId: string | undefined;
}

interface Failure {
  readonly error: CreditbusError;
  readonly isRetried: boolean;
}

/** Sends calls, again and again where that is right. */
export class Transport {
  readonly #baseUrl: string;
  // Private to the language: no inspection, serialisation or error shows it.
  readonly #apiKey: string;
  readonly #fetch: Fetch;
  readonly #policy: RetryPolicy;

  constructor(baseUrl: string, apiKey: string, fetch: Fetch, policy: RetryPolicy) {
    this.#baseUrl = baseUrl;
    this.#apiKey = apiKey;
    this.#fetch = fetch;
    this.#policy = policy;
  }

  /**
   * @returns a successful answer
   * @throws CommandRejected, CreditbusError, or the signal's reason
   */
  async call(id: OperationId, call: Call, options: WriteOptions = {}): Promise<Answer> {
    const policy = withGiven(this.#policy, options);
    const request = this.#request(id, call, options);
    const waitMs = OPERATIONS[id].waits ? (options.wait ?? 0) * 1_000 : 0;
    const endsAt = Date.now() + policy.deadlineMs + waitMs;
    for (let attempt = 1; ; attempt += 1) {
      const timeLeft = Math.max(1, Math.min(policy.attemptTimeoutMs + waitMs, endsAt - Date.now()));
      const result = await this.#attempt(request, attempt, timeLeft, options.signal);
      if ('status' in result) return result;
      const pauseMs = pauseAfter(attempt, policy, result.error.retryAfterMs);
      if (!result.isRetried || attempt >= policy.maxAttempts || Date.now() + pauseMs >= endsAt) throw result.error;
      await pause(pauseMs, options.signal);
    }
  }

  #request(id: OperationId, call: Call, options: WriteOptions): Request {
    const { method, path, keyed, waits } = OPERATIONS[id];
    const headers: Record<string, string> = {
      accept: 'application/json, application/problem+json',
      authorization: `Bearer ${this.#apiKey}`,
    };
    let body = call.body;
    let commandId: string | undefined;
    if (keyed) {
      const given = options.idempotencyKey ?? idIn(body);
      commandId = given ?? uuidV7();
      // A header carries printable ASCII; any other id travels in the body.
      if (/^[\x21-\x7e]+$/.test(commandId)) headers['idempotency-key'] = commandId;
      else body = { ...body, id: commandId };
    }
    if (waits && options.wait !== undefined) headers.prefer = `wait=${wholeSeconds(options.wait)}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const url = this.#baseUrl + pathOf(path, call.path ?? {}) + queryOf(call.query);
    return { method, url, headers, body: body === undefined ? undefined : jsonWithDigits(body), commandId };
  }

  async #attempt(
    request: Request,
    attempts: number,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Answer | Failure> {
    signal?.throwIfAborted();
    const { method, url, headers, body, commandId } = request;
    const facts = { commandId, attempts };
    try {
      return await withTimeout(timeoutMs, signal, async (attemptSignal) => {
        const init = { method, headers, signal: attemptSignal, redirect: 'manual' } as const;
        const answer = await this.#fetch(url, body === undefined ? init : { ...init, body });
        const text = await answer.text();
        return this.#judge(answer, text, facts);
      });
    } catch (error) {
      signal?.throwIfAborted();
      const where = `${method} ${new URL(url).pathname}`;
      if (error === TIMED_OUT) {
        const message = `${where}: no answer within ${timeoutMs} ms`;
        return { error: new CreditbusError(message, { ...facts, code: 'TIMEOUT' }), isRetried: true };
      }
      const cause = this.#harmless(error);
      const message = `${where}: no answer: ${cause.message}`;
      return { error: new CreditbusError(message, { ...facts, code: 'NETWORK_ERROR', cause }), isRetried: true };
    }
  }

  #judge(answer: FetchAnswer, text: string, facts: Omit<ErrorFacts, 'code'>): Answer | Failure {
    const { status } = answer;
    if (status >= 200 && status < 300) {
      const body = parsed(text);
      if (body !== undefined) return { status, body };
    }
    const json = parsed(this.#withoutKey(text));
    return {
      error: errorOf(status, json, { ...facts, status, retryAfterMs: retryAfterMs(answer.headers.get('retry-after')) }),
      isRetried: isRetriedStatus(status),
    };
  }

  /** What a fetch function threw, without anything that it may have hung on it, such as the request's headers. */
  #harmless(error: unknown): Error {
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    // Node's fetch only says "fetch failed"; the reason (ECONNREFUSED …) is the cause's.
    const reason = cause instanceof Error && cause.message !== '' ? `${message}: ${cause.message}` : message;
    return new Error(this.#withoutKey(reason));
  }

  #withoutKey(text: string): string {
    return text.replaceAll(this.#apiKey, '[API key]');
  }
}

function errorOf(status: number, json: unknown, facts: Omit<ErrorFacts, 'code'>): CreditbusError {
  if (!isProblem(json)) {
    const message = `the answer with status ${status} is not from a Creditbus gateway`;
    return new CreditbusError(message, { ...facts, code: 'UNEXPECTED_ANSWER' });
  }
  const commandId = json.commandId ?? facts.commandId;
  if (json.outcome !== undefined) return new CommandRejected(json.outcome, { ...facts, problem: json });
  return new CreditbusError(`${json.code}: ${json.detail}${fieldsOf(json)}`, {
    ...facts,
    code: json.code,
    problem: json,
    commandId,
  });
}

function fieldsOf(problem: Problem): string {
  const fields = problem.errors?.map(({ pointer, message }) => `${pointer}: ${message}`) ?? [];
  return fields.length === 0 ? '' : ` (${fields.join('; ')})`;
}

/** By its shape: a code that is younger than this client is still a code. */
function isProblem(json: unknown): json is Problem {
  const { code, detail } = (json ?? {}) as Partial<Problem>;
  return typeof code === 'string' && typeof detail === 'string';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function idIn(body: object | undefined): string | undefined {
  const id = (body as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? id : undefined;
}

function pathOf(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_match, name: string) => {
    const value = values[name] ?? '';
    // "." and ".." would be taken for steps in the path, even encoded.
    if (value === '' || value === '.' || value === '..') {
      throw new TypeError(`${name} is '${value}': expected the id of something`);
    }
    return encodeURIComponent(value);
  });
}

function queryOf(query: object | undefined): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}

function wholeSeconds(wait: number): number {
  if (!Number.isInteger(wait) || wait < 0) throw new RangeError(`wait is ${wait}: expected whole seconds, 0 to 30`);
  return wait;
}
