import type { Outcome, Problem, ProblemCode } from './types.js';

/**
 * Codes of failures that the gateway did not name:
 * `NETWORK_ERROR` no answer came · `TIMEOUT` none came in time · `UNEXPECTED_ANSWER` something else answered (a proxy,
 * for example), or a cache read of another account or tenant · `OUTCOME_UNKNOWN` no outcome was recorded in the time
 * given to wait for it · `STALE_READ` a cache was given only balances older than what it has seen.
 */
export type ClientCode = 'NETWORK_ERROR' | 'TIMEOUT' | 'UNEXPECTED_ANSWER' | 'OUTCOME_UNKNOWN' | 'STALE_READ';

export type ErrorCode = ProblemCode | Outcome['code'] | ClientCode;

export interface ErrorFacts {
  readonly code: ErrorCode;
  readonly status?: number | undefined;
  readonly problem?: Problem | undefined;
  readonly commandId?: string | undefined;
  readonly attempts?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** A call that failed. Never holds the API key. */
export class CreditbusError extends Error {
  override readonly name: string = 'CreditbusError';
  /** What went wrong; stable, a closed list. */
  readonly code: ErrorCode;
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  /** What the gateway answered. */
  readonly problem: Problem | undefined;
  /**
   * Id of the command, of calls that write. Try again with it (`idempotencyKey`) and it has one effect, whether or not
   * this attempt had one.
   */
  readonly commandId: string | undefined;
  /** How often it was tried. */
  readonly attempts: number;
  /** When to come back at the earliest, as the gateway said, ms. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, facts: ErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = facts.code;
    this.status = facts.status;
    this.problem = facts.problem;
    this.commandId = facts.commandId;
    this.attempts = facts.attempts ?? 1;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/**
 * The command was processed and refused: it changed nothing. Final for this id, its repeat is refused alike. To try
 * again, for example after a top-up, make a new call.
 */
export class CommandRejected extends CreditbusError {
  override readonly name = 'CommandRejected';
  /** Why, and what the account held. */
  readonly outcome: Outcome;

  constructor(outcome: Outcome, facts: Omit<ErrorFacts, 'code'>) {
    super(`${outcome.code}: ${outcome.message ?? 'the command was rejected'}`, {
      ...facts,
      code: outcome.code,
      commandId: outcome.commandId,
    });
    this.outcome = outcome;
  }
}
