import { CliError, Unreachable } from '../errors.js';
import { problemError } from './problem.js';

/** An answer that was not a refusal. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The body as it came: no number in it has lost a digit. */
  readonly text: string;
  /** How long the attempt took that was answered. */
  readonly tookMs: number;
  /** The outcome is that of an earlier command with this id. */
  readonly replayed: boolean;
}

export interface WriteRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** JSON text: what a person typed is sent as it is, never through a float. */
  readonly body: string;
  /** Becomes the command's id; the same in every attempt, so that a repeat has no second effect. */
  readonly commandId?: string;
  /** Seconds to wait for the outcome. */
  readonly waitS?: number;
}

export interface GatewayClientOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** How the key can be given, for messages. */
  readonly keyNames: string;
  /** How long a request is tried again while the gateway is away or busy, milliseconds. */
  readonly timeoutMs: number;
  /** For tests. */
  readonly fetch?: typeof fetch;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly now?: () => number;
}

/** One attempt may take this long beyond what the gateway was asked to wait. */
const ATTEMPT_MS_MAX = 10_000;
const BACK_OFF_MS_MIN = 100;
const BACK_OFF_MS_MAX = 3_000;

/** Status codes after which the same request may be sent again: its id makes that harmless. */
const TRY_AGAIN = new Set([429, 502, 503, 504]);

/**
 * The gateway's HTTP API. Writes and reads are tried again, with the same id, while the gateway is away or busy,
 * until `timeoutMs` is over. Refusals are thrown as CliError.
 */
export class GatewayClient {
  private readonly fetch: typeof fetch;
  private readonly sleep: (ms: number) => Promise<void>;
  private readonly now: () => number;

  constructor(private readonly options: GatewayClientOptions) {
    this.fetch = options.fetch ?? fetch;
    this.sleep = options.sleep ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
    this.now = options.now ?? Date.now;
  }

  get baseUrl(): string {
    return this.options.baseUrl;
  }

  /** Reads; parameters that are undefined are left out. */
  async read(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): Promise<unknown> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
    const suffix = search.size === 0 ? '' : `?${search.toString()}`;
    return (await this.patiently(`${path}${suffix}`, { method: 'GET' }, 0)).body;
  }

  /** Publishes. */
  async write(request: WriteRequest): Promise<Answer> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (request.commandId !== undefined) headers['idempotency-key'] = request.commandId;
    if (request.waitS !== undefined) headers.prefer = `wait=${request.waitS}`;
    const init = { method: request.method, headers, body: request.body };
    return this.patiently(request.path, init, (request.waitS ?? 0) * 1000);
  }

  private async patiently(path: string, init: RequestInit, waitMs: number): Promise<Answer> {
    const deadline = this.now() + this.options.timeoutMs;
    for (let attempt = 0; ; attempt += 1) {
      let failure: CliError;
      let afterMs = Math.min(BACK_OFF_MS_MAX, BACK_OFF_MS_MIN * 2 ** attempt);
      try {
        const startedMs = this.now();
        const response = await this.attempt(path, init, waitMs);
        const text = await response.text();
        const body = jsonOf(text);
        if (response.ok) {
          const replayed = response.headers.get('idempotent-replayed') === 'true';
          return { status: response.status, body, text, tookMs: this.now() - startedMs, replayed };
        }
        failure = problemError(response.status, body, this.options);
        if (!TRY_AGAIN.has(response.status)) throw failure;
        afterMs = Math.max(afterMs, retryAfterMs(response));
      } catch (error) {
        if (error instanceof CliError) throw error;
        failure = this.notReached(error);
      }
      afterMs *= 0.75 + Math.random() / 2;
      if (this.now() + afterMs > deadline) throw failure;
      await this.sleep(afterMs);
    }
  }

  private async attempt(path: string, init: RequestInit, waitMs: number): Promise<Response> {
    return this.fetch(`${this.options.baseUrl}${path}`, {
      ...init,
      headers: {
        accept: 'application/json',
        ...(init.headers as Record<string, string>),
        authorization: `Bearer ${this.options.apiKey}`,
      },
      redirect: 'error',
      signal: AbortSignal.timeout(waitMs + ATTEMPT_MS_MAX),
    });
  }

  private notReached(error: unknown): CliError {
    const cause = (error as { cause?: { code?: string; message?: string } }).cause;
    const why =
      error instanceof Error && error.name === 'TimeoutError'
        ? 'it did not answer in time'
        : (cause?.code ?? cause?.message ?? (error instanceof Error ? error.message : String(error)));
    return new Unreachable(`the gateway at ${this.options.baseUrl} can not be reached: ${why}`, {
      hint: 'Start it (`npm start`), or name another with --api-url or CREDITBUS_API_URL.',
      cause: error,
    });
  }
}

function jsonOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { detail: `the answer was no JSON: ${text.slice(0, 200)}` };
  }
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? '0');
  return Number.isFinite(seconds) ? Math.min(seconds * 1000, BACK_OFF_MS_MAX) : 0;
}
