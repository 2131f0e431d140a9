import type { OutgoingRecord } from '@app/messaging';

/** Where commands are published. */
export abstract class CommandLog {
  /**
   * Resolves once all in-sync replicas have acknowledged the record. Rejects when the broker is away, the deadline
   * has passed, or the bounded buffer is full: then the record may or may not be on the log, and the same command id
   * may be sent again.
   */
  abstract publish(record: OutgoingRecord): Promise<void>;
}

/** A place on a reply topic where one outcome is awaited. */
export interface AwaitedReply {
  /** What the record must carry for the worker to answer here. */
  readonly headers: NonNullable<OutgoingRecord['headers']>;
  /** The value of the reply, or undefined when none came within `waitMs` or was cancelled. Never rejects. */
  readonly value: Promise<Buffer | undefined>;
  /** Gives up waiting. Needs no `this`. */
  readonly cancel: () => void;
}

/** Outcomes of published commands, as the worker sends them back. */
export abstract class OutcomeReplies {
  /** Undefined: replies can't be received now, so only the ledger will tell the outcome. */
  abstract expect(waitMs: number): AwaitedReply | undefined;
}
