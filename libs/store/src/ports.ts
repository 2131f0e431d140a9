import type { Fence } from '@app/messaging';
import type {
  AppliedToCatalog,
  Command,
  DeadLetterCode,
  Decision,
  DecisionState,
  EpochMs,
  LedgerEntry,
} from '@app/domain';

/** A decoded command with its place on the log. */
export interface LoggedCommand {
  readonly command: Command;
  /** SHA-256 of the canonical form, 32 bytes. */
  readonly fingerprint: Buffer;
  /** See `Decoded`. */
  readonly earlierFingerprint?: () => Buffer;
  readonly offset: bigint;
  /** The record's append time. */
  readonly appendedAt: EpochMs;
}

/** The part of a chunk that the store needs: the commands in offset order and the fence. */
export interface CommandChunk {
  readonly topic: string;
  readonly partition: number;
  /** What the progress row must hold, else PositionLost; see `Fence` in @app/messaging. */
  readonly fence: Fence;
  /** Position after the chunk's last record (dead letters included); the row becomes max(fence.nextOffset, toOffset). */
  readonly toOffset: bigint;
  readonly commands: readonly LoggedCommand[];
}

/** A definition in the catalogue (credit type, schedule template) as an entry left it. */
export type CatalogChange = AppliedToCatalog['changed'];

/**
 * What became of one command of a chunk (overview, "The idea that keeps it simple"). `changed` is there when an entry
 * was applied to the catalogue (`isCatalogEntry`): what it left there, kept with the entry, so that a redelivery makes
 * the same event. Such an entry has no account, and no balance event.
 */
export type CommandResult =
  /** Applied or rejected now, for the first time. */
  | { readonly kind: 'decided'; readonly entry: LedgerEntry; readonly changed?: CatalogChange }
  /** Found in the ledger at this very position: its events are sent again. */
  | { readonly kind: 'redelivery'; readonly entry: LedgerEntry; readonly changed?: CatalogChange }
  /** Same id and body from another position: no event; the reply gets the first outcome. */
  | { readonly kind: 'duplicate'; readonly entry: LedgerEntry; readonly changed?: CatalogChange }
  /** Same id, other body: a rejection `COMMAND_CONFLICT` built from the record; it has no row. */
  | { readonly kind: 'conflict'; readonly entry: LedgerEntry }
  | {
      readonly kind: 'dead-letter';
      readonly reason: DeadLetterCode;
      readonly message: string;
      readonly pointer?: string;
    };

export type Decide = (state: DecisionState, command: Command, at: EpochMs) => Decision;

/**
 * A failure that is the fault of one command, not of the surroundings: `decide` threw, or Postgres refused the
 * data (SQLSTATE class 22, CHECK violation). The chunk was rolled back. Everything else is an outage and waits.
 */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  constructor(
    message: string,
    /** Index within the chunk's commands when it is known. */
    readonly index: number | undefined,
    options: { cause: unknown },
  ) {
    super(message, options);
  }
}

/** The ledger: applies chunks of commands, each in one transaction. */
export interface Ledger {
  /**
   * Applies the commands in order and moves the progress row, all or nothing. One result per command, in order.
   * @throws PositionLost when the fence did not hold. @throws CommandFailed when one command can't be processed.
   * Any other error is an outage; nothing was applied, or everything was and the acknowledgement was lost.
   */
  apply(chunk: CommandChunk): Promise<readonly CommandResult[]>;
}
