import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { type DeadLetterReply, isSameCommand, type Outcome, outcomeOf } from '@app/contracts';
import type { DeadLetterCode, RejectionCode } from '@app/domain';
import { BufferFull, PublishTimeout } from '@app/messaging';
import { EntryReader } from '@app/store';

import { unavailable } from '../http/problem.js';
import { Metrics } from '../metrics/metrics.js';
import { type AwaitedReply, CommandLog, OutcomeReplies } from './command-log.js';
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
  | {
      readonly kind: 'dead-lettered';
      readonly commandId: string;
      readonly code: DeadLetterCode;
      readonly message: string;
    };

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
export class Commands implements OnModuleDestroy {
  private readonly logger = new Logger(Commands.name);
  /** Ends every wait when the process stops: their requests are answered 202 at once. */
  private readonly waits = new Set<() => void>();
  private isStopping = false;

  constructor(
    private readonly log: CommandLog,
    private readonly replies: OutcomeReplies,
    private readonly entries: EntryReader,
    private readonly metrics: Metrics,
  ) {}

  onModuleDestroy(): void {
    this.isStopping = true;
    for (const end of this.waits) end();
  }

  /**
   * Publishes the command and, when asked to, waits for its outcome. A lost reply costs only time: after the wait
   * the ledger is asked once.
   * @throws Problem 503 with the command's id when the broker did not acknowledge, or the gateway stops.
   */
  async submit(prepared: PreparedCommand, options: SubmitOptions = {}): Promise<Submitted> {
    const { waitMs, traceparent } = options;
    const { id } = prepared.command;
    if (this.isStopping) {
      throw unavailable('the gateway is stopping; send the command again with the same id', undefined, {
        commandId: id,
      });
    }
    const awaited = waitMs === undefined || waitMs === 0 ? undefined : this.replies.expect(waitMs);
    await this.publish(prepared, { ...(traceparent !== undefined && { traceparent }), ...awaited?.headers }).catch(
      (error: unknown) => {
        awaited?.cancel();
        const neverSent = error instanceof BufferFull || (error instanceof PublishTimeout && !error.sent);
        throw unavailable('the command was not acknowledged by the broker; send it again with the same id', error, {
          commandId: id,
          maybePublished: !neverSent,
        });
      },
    );
    const accepted: Submitted = { kind: 'accepted', commandId: id };
    if (waitMs === undefined) return accepted;

    const replied = this.fromReply(await this.wait(awaited ?? pause(waitMs)), prepared);
    const known = replied ?? (await this.fromLedger(prepared));
    this.metrics.gateway.waits.inc({ result: replied ? 'outcome' : known ? 'ledger' : 'timeout' });
    return known ?? accepted;
  }

  private async publish({ command, key, value }: PreparedCommand, headers: AwaitedReply['headers']): Promise<void> {
    const { commands, publishSeconds } = this.metrics.gateway;
    const acknowledged = publishSeconds.startTimer();
    try {
      await this.log.publish({ key, value, headers });
    } catch (error) {
      commands.inc({ type: command.type, result: 'unavailable' });
      throw error;
    }
    acknowledged();
    commands.inc({ type: command.type, result: 'accepted' });
  }

  private async wait({ value, cancel }: Pick<AwaitedReply, 'value' | 'cancel'>): Promise<Buffer | undefined> {
    // One that begins only now, since its command has just been acknowledged, would hold up the stop.
    if (this.isStopping) cancel();
    this.waits.add(cancel);
    try {
      return await value;
    } finally {
      this.waits.delete(cancel);
    }
  }

  private fromReply(reply: Buffer | undefined, { command }: PreparedCommand): Submitted | undefined {
    if (reply === undefined) return undefined;
    try {
      const answer = JSON.parse(reply.toString('utf8')) as Outcome | DeadLetterReply;
      if (answer.status === 'dead-lettered') {
        return { kind: 'dead-lettered', commandId: command.id, code: answer.code, message: answer.message };
      }
      if (answer.commandId !== command.id) throw new Error('it is of another command');
      return submitted(answer, answer.duplicate === true);
    } catch (error) {
      this.logger.warn(`a reply that is no outcome was ignored: ${String(error)}`);
      return undefined;
    }
  }

  /** With Postgres away the outcome is simply not known yet. */
  private async fromLedger(prepared: PreparedCommand): Promise<Submitted | undefined> {
    const { command } = prepared;
    const entry = await this.entries.findByCommandId(command.tenantId, command.id).catch((error: unknown) => {
      this.logger.warn(`the ledger could not be asked for a command's outcome: ${String(error)}`);
      return null;
    });
    if (!entry) return undefined;
    if (isSameCommand(entry.fingerprint, prepared)) return submitted(outcomeOf(entry), false);
    const message = `command id ${JSON.stringify(command.id)} was used before for another command; use a new id`;
    return { kind: 'rejected', commandId: command.id, code: 'COMMAND_CONFLICT', message, replayed: false };
  }
}

function submitted(outcome: Outcome, replayed: boolean): Submitted {
  if (outcome.status === 'applied') return { kind: 'applied', outcome, replayed };
  const { commandId, message = outcome.code } = outcome;
  return { kind: 'rejected', commandId, code: outcome.code as RejectionCode, message, outcome, replayed };
}

/** The wait of a command whose reply can't be received. */
function pause(ms: number): Pick<AwaitedReply, 'value' | 'cancel'> {
  let cancel = (): void => undefined;
  const value = new Promise<undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    cancel = () => {
      clearTimeout(timer);
      resolve(undefined);
    };
  });
  return { value, cancel };
}
