import { Injectable, Logger } from '@nestjs/common';
import { type DeadLetterReply, type Outcome, outcomeOf } from '@app/contracts';
import type { DeadLetterCode, RejectionCode } from '@app/domain';
import { EntryReader } from '@app/store';

import { unavailable } from '../http/problem.js';
import { CommandLog, OutcomeReplies } from './command-log.js';
import type { PreparedCommand } from './prepared-command.js';

export interface SubmitOptions {
  /** How long to wait for the outcome; absent: answer as soon as the broker has acknowledged. */
  readonly waitMs?: number;
  /** W3C trace context, carried to the events. */
  readonly traceparent?: string;
}

/** What became of a command that was published. */
export type Submitted =
  /** On the log; its outcome is not known yet. */
  | { readonly kind: 'accepted'; readonly commandId: string }
  /** `replayed`: the id had been used before, this is its first outcome. */
  | { readonly kind: 'applied'; readonly outcome: Outcome; readonly replayed: boolean }
  | Refused
  | { readonly kind: 'dead-lettered'; readonly commandId: string; readonly code: DeadLetterCode; readonly message: string };

export interface Refused {
  readonly kind: 'rejected';
  readonly commandId: string;
  readonly code: RejectionCode;
  readonly message: string;
  /** Absent for a conflict that was found in the ledger: it has no entry. */
  readonly outcome?: Outcome;
  readonly replayed: boolean;
}

/** The one way by which every route, compatible ones too, changes anything: publish, and perhaps wait. */
@Injectable()
export class Commands {
  private readonly logger = new Logger(Commands.name);

  constructor(
    private readonly log: CommandLog,
    private readonly replies: OutcomeReplies,
    private readonly entries: EntryReader,
  ) {}

  /**
   * Publishes the command and, when asked to, waits for its outcome. A lost reply costs only time: after the wait
   * the ledger is asked once.
   * @throws Problem 503 with the command's id when the broker did not acknowledge.
   */
  async submit(prepared: PreparedCommand, options: SubmitOptions = {}): Promise<Submitted> {
    const { waitMs, traceparent } = options;
    const { id } = prepared.command;
    const awaited = waitMs === undefined || waitMs === 0 ? undefined : this.replies.expect(waitMs);
    const headers = { ...(traceparent !== undefined && { traceparent }), ...awaited?.headers };
    try {
      await this.log.publish({ key: prepared.key, value: prepared.value, headers });
    } catch (error) {
      awaited?.cancel();
      throw unavailable('the command was not acknowledged by the broker; send it again with the same id', error, id);
    }
    if (waitMs === undefined) return { kind: 'accepted', commandId: id };
    const reply = awaited ? await awaited.value : await sleep(waitMs);
    return this.fromReply(reply, prepared) ?? (await this.fromLedger(prepared)) ?? { kind: 'accepted', commandId: id };
  }

  private fromReply(reply: Buffer | undefined, { command }: PreparedCommand): Submitted | undefined {
    if (reply === undefined) return undefined;
    try {
      const answer = JSON.parse(reply.toString('utf8')) as Outcome | DeadLetterReply;
      if (answer.status === 'dead-lettered') {
        return { kind: 'dead-lettered', commandId: command.id, code: answer.code, message: answer.message };
      }
      return submitted(answer, answer.duplicate === true);
    } catch (error) {
      this.logger.warn(`a reply that is no outcome was ignored: ${String(error)}`);
      return undefined;
    }
  }

  /** With Postgres away the outcome is simply not known yet. */
  private async fromLedger({ command, fingerprint }: PreparedCommand): Promise<Submitted | undefined> {
    const entry = await this.entries.findByCommandId(command.tenantId, command.id).catch((error: unknown) => {
      this.logger.warn(`the ledger could not be asked for a command's outcome: ${String(error)}`);
      return null;
    });
    if (!entry) return undefined;
    if (entry.fingerprint.equals(fingerprint)) return submitted(outcomeOf(entry), false);
    const message = `command id ${JSON.stringify(command.id)} was used before for another command; use a new id`;
    return { kind: 'rejected', commandId: command.id, code: 'COMMAND_CONFLICT', message, replayed: false };
  }
}

function submitted(outcome: Outcome, replayed: boolean): Submitted {
  if (outcome.status === 'applied') return { kind: 'applied', outcome, replayed };
  const { commandId, message = outcome.code } = outcome;
  return { kind: 'rejected', commandId, code: outcome.code as RejectionCode, message, outcome, replayed };
}

function sleep(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}
