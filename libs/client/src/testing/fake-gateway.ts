import { Creditbus, type CreditbusOptions } from '../creditbus.js';
import type { FetchAnswer, FetchInit } from '../http/fetch.js';

/** A request as the client sent it. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body: unknown;
  /** When it came, ms since the epoch. */
  readonly at: number;
}

export interface ScriptedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** What a request comes to: an answer, an error of the network, or silence until it is aborted. */
export type Script = ScriptedAnswer | Error | 'silence';

export const API_KEY = 'cb_live_topsecret0123456789';

/** Stands in for fetch: answers by script, the last line of it again and again, and keeps what it was sent. */
export class FakeGateway {
  readonly requests: SentRequest[] = [];
  #script: Script[] = [{ status: 200, body: {} }];

  answers(...script: Script[]): this {
    this.#script = script;
    return this;
  }

  client(options: Partial<CreditbusOptions> = {}): Creditbus {
    const quick = { backoffMs: 1, backoffMaxMs: 2 };
    const fetch = (url: string, init: FetchInit): Promise<FetchAnswer> => this.#answer(url, init);
    return new Creditbus({ baseUrl: 'https://credits.test', apiKey: API_KEY, fetch, ...quick, ...options });
  }

  get last(): SentRequest {
    const last = this.requests.at(-1);
    if (last === undefined) throw new Error('nothing was sent');
    return last;
  }

  async #answer(url: string, init: FetchInit): Promise<FetchAnswer> {
    const { origin, pathname, searchParams } = new URL(url);
    if (origin !== 'https://credits.test') throw new Error(`sent to ${origin}`);
    const body: unknown = init.body === undefined ? undefined : JSON.parse(init.body);
    const query = Object.fromEntries(searchParams);
    this.requests.push({ method: init.method, path: pathname, query, headers: init.headers, body, at: Date.now() });
    const script = this.#script.length > 1 ? this.#script.shift() : this.#script[0];
    if (script instanceof Error) throw script;
    if (script === 'silence' || script === undefined) return silence(init.signal);
    const { status, headers = {} } = script;
    const text = typeof script.body === 'string' ? script.body : JSON.stringify(script.body);
    return { status, headers: new Headers(headers), text: () => Promise.resolve(text) };
  }
}

function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

/** A problem as the gateway answers it. */
export function problem(status: number, code: string, extras: object = {}): ScriptedAnswer {
  const body = {
    ...{ type: `urn:creditbus:problem:${code.toLowerCase()}`, title: code, status, detail: `detail of ${code}` },
    ...{ instance: '/v1', code, requestId: 'r-1', ...extras },
  };
  return { status, body };
}

export const ACCEPTED: ScriptedAnswer = { status: 202, body: { commandId: 'c-1', status: 'accepted' } };

/** An outcome in the gateway's shape. */
export function outcome(status: 'applied' | 'rejected', code: string): Record<string, unknown> {
  return {
    ...{ tenantId: 'acme', accountId: 'key_1', creditType: 'credits', commandId: 'c-1', commandType: 'credit.delta' },
    ...{ status, code, cause: 'delta', recordedAt: '2026-11-20T10:00:00.250Z', message: `message of ${code}` },
  };
}
