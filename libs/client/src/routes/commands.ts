import { CommandRejected, CreditbusError, type ErrorCode } from '../errors.js';
import { pauseAfter, DEFAULT_RETRY } from '../http/retry.js';
import { pause } from '../http/time.js';
import type { CallOptions, WriteOptions } from '../http/transport.js';
import {
  type AppliedOutcome,
  type BatchResult,
  type Body,
  type Command,
  isApplied,
  type Outcome,
  type Written,
} from '../types.js';
import { uuidV7 } from '../uuid-v7.js';
import { RouteGroup } from './route-group.js';

/** How long to wait for an outcome. */
export interface OutcomeOptions extends CallOptions {
  /** Gives up after this time, ms; default 30,000. */
  readonly timeoutMs?: number | undefined;
}

/** Commands of any type, and what became of them. */
export class Commands extends RouteGroup {
  /** Publishes one command. */
  publish(command: Command, options?: WriteOptions): Promise<Written> {
    return this.write('publishCommand', { body: command }, options);
  }

  /**
   * Publishes up to 1,000 commands. Each has a result, in order; one that is refused does not hold back the others.
   * Commands without an `id` get one, which is kept over the retries of this call.
   */
  async publishBatch(commands: readonly Command[], options?: CallOptions): Promise<BatchResult[]> {
    const body: Body<'publishBatch'> = {
      commands: commands.map((command) => ({ ...command, id: command.id ?? uuidV7() })),
    };
    const { results } = await this.read<{ results: BatchResult[] }>('publishBatch', { body }, options);
    return results;
  }

  /** Refunds all or part of an earlier command. */
  reverse(commandId: string, body: Body<'reverseCommand'> = {}, options?: WriteOptions): Promise<Written> {
    return this.write('reverseCommand', { path: { commandId }, body }, options);
  }

  /**
   * The recorded outcome, applied or rejected.
   * @throws CreditbusError `COMMAND_NOT_RECORDED` when it was not processed yet, or never sent
   */
  get(commandId: string, options?: CallOptions): Promise<Outcome> {
    return this.read('getCommand', { path: { commandId } }, options);
  }

  /**
   * The outcome of what was written, waited for when the answer was only that it was accepted: as often as the gateway
   * says, until it is recorded.
   * @throws CommandRejected when it was refused
   * @throws CreditbusError `OUTCOME_UNKNOWN` when nothing was recorded in time: it may still come, unless the command
   * was dead-lettered (which has no recorded outcome)
   */
  async outcomeOf(written: Written | string, options: OutcomeOptions = {}): Promise<AppliedOutcome> {
    if (typeof written !== 'string' && isApplied(written)) return written;
    const commandId = typeof written === 'string' ? written : written.commandId;
    const { timeoutMs = 30_000, ...call } = options;
    const endsAt = Date.now() + timeoutMs;
    for (let attempt = 1; ; attempt += 1) {
      const deadlineMs = Math.max(1, Math.min(call.deadlineMs ?? DEFAULT_RETRY.deadlineMs, endsAt - Date.now()));
      const answer = await recordedOrNot(this.get(commandId, { ...call, deadlineMs }));
      if (!(answer instanceof CreditbusError)) {
        if (answer.status === 'rejected') throw new CommandRejected(answer, { attempts: attempt });
        return answer as AppliedOutcome;
      }
      const pauseMs = pauseAfter(attempt, POLLING, answer.retryAfterMs);
      if (Date.now() + pauseMs >= endsAt) {
        const message = `no outcome of command ${commandId} was recorded within ${timeoutMs} ms`;
        throw new CreditbusError(message, { code: 'OUTCOME_UNKNOWN', commandId, attempts: attempt, cause: answer });
      }
      await pause(pauseMs, options.signal);
    }
  }
}

/** The outcome, or why there is none yet. */
async function recordedOrNot(outcome: Promise<Outcome>): Promise<Outcome | CreditbusError> {
  try {
    return await outcome;
  } catch (error) {
    if (error instanceof CreditbusError && NO_OUTCOME_YET.has(error.code)) return error;
    throw error;
  }
}

/** A look-up without an answer in time says no more than that there is none yet. */
const NO_OUTCOME_YET: ReadonlySet<ErrorCode> = new Set(['COMMAND_NOT_RECORDED', 'TIMEOUT']);

/** Polling is for what takes longer than a waiting call: no need to ask ten times a second. */
const POLLING = { ...DEFAULT_RETRY, backoffMs: 100, backoffMaxMs: 2_000 };
