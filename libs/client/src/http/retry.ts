/** How long and how often a call is tried. Every limit is per call. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly maxAttempts: number;
  /** Time for all attempts and the pauses between them, ms; `wait` comes on top. */
  readonly deadlineMs: number;
  /** Time for one attempt, ms; `wait` comes on top. */
  readonly attemptTimeoutMs: number;
  /** Longest pause after the first attempt, ms; doubles with each further one. */
  readonly backoffMs: number;
  /** Longest pause of all, ms; a longer `Retry-After` is still honoured. */
  readonly backoffMaxMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  maxAttempts: 5,
  deadlineMs: 30_000,
  attemptTimeoutMs: 10_000,
  backoffMs: 100,
  backoffMaxMs: 5_000,
};

/**
 * A policy with what is given of another one; undefined keeps what was.
 * @throws RangeError for a limit that is no number of 0 or more
 */
export function withGiven(policy: RetryPolicy, given: Partial<RetryPolicy>): RetryPolicy {
  const limits: Record<keyof RetryPolicy, number> = { ...policy };
  for (const name of Object.keys(limits) as (keyof RetryPolicy)[]) {
    const value = given[name] ?? policy[name];
    if (!(value >= 0)) throw new RangeError(`${name} is ${value}: expected a number, 0 or more`);
    limits[name] = value;
  }
  return limits;
}

/**
 * Statuses after which the same request is sent again: "too many requests" and "unavailable". No answer at all (a network
 * error, a timeout) is the other case. Whether the command was accepted or not, its id is the same, so that it counts
 * once. Everything else is an answer, and asking again would get the same one; 500, 502 and 504 are left to the caller,
 * who knows what stands in between.
 */
const RETRIED_STATUSES: ReadonlySet<number> = new Set([429, 503]);

export function isRetriedStatus(status: number): boolean {
  return RETRIED_STATUSES.has(status);
}

/**
 * Pause after an attempt, ms. Full jitter: anything from 0 to the exponential bound, so that clients that failed
 * together don't come back together; but never before the server said.
 * @param attempt 1 for the first
 */
export function pauseAfter(attempt: number, policy: RetryPolicy, retryAfterMs: number | undefined): number {
  const bound = Math.min(policy.backoffMaxMs, policy.backoffMs * 2 ** (attempt - 1));
  return (retryAfterMs ?? 0) + Math.random() * bound;
}

/** `Retry-After` (RFC 9110: seconds, or a date) as ms from now; undefined when absent or unreadable. */
export function retryAfterMs(header: string | null, now: number = Date.now()): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = /^[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
