import type { Account, CreditType, CreditTypeDefinition, Minor } from './account.js';
import type { AppliedCode, Cause, RejectionCode } from './codes.js';
import type { DecimalString, EpochMs } from './command.js';
import type { Grant } from './grant/grant.js';
import type { Hold } from './hold/hold.js';
import type { Schedule } from './schedule/schedule.js';

/** What an account holds, before or after an entry. Minor units. */
export interface Balances {
  readonly balance: Minor;
  readonly held: Minor;
  readonly available: Minor;
  /** When true, balance and available are shown as null on the wire. */
  readonly unlimited: boolean;
}

/** How much an entry gave to (positive) or took from (negative) one grant, or the base (null). */
export interface Allocation {
  readonly grantId: string | null;
  readonly amount: Minor;
}

/** The applied entry that a reversal names. */
export interface OriginalEntry {
  readonly commandId: string;
  readonly accountId: string;
  readonly creditType: string;
  readonly status: 'applied' | 'rejected';
  readonly cause: Cause;
  /** 0 when rejected. */
  readonly applied: Minor;
  readonly allocations: readonly Allocation[];
  /** Sum of `reverses.amount` of the reversals of it so far, at least 0. */
  readonly reversed: Minor;
}

/**
 * Makes an id for what a command makes: the same for the same arguments, different for others, and not to be
 * guessed into being by a publisher (a hash). `index` counts what one command makes.
 */
export type DeriveId = (tenantId: string, commandId: string, kind: ObjectKind, index: number) => string;
export type ObjectKind = 'grant' | 'hold' | 'schedule';

/** Everything that a decision about one command may rest on, read in the chunk's own transaction. */
export interface DecisionState {
  /** Absent: no such account. With its live grants and open holds. */
  readonly account?: Account;
  /** Absent: the tenant has no such credit type and never had; a deleted one is present with `deletedAt`. */
  readonly creditType?: CreditType;
  /** The command asks for an external id that another account of this tenant and credit type has. */
  readonly externalIdTaken: boolean;
  readonly deriveId: DeriveId;
  /** Those of `idsMadeBy(command)` that the tenant has already. */
  readonly takenIds?: ReadonlySet<string>;
  /**
   * By id, those of `grantIdsNeededBy(command)`, in whatever state. The account's live ones may be left out, but for
   * the one whose texts a `grant.update` is about.
   */
  readonly grants?: ReadonlyMap<string, Grant>;
  /** The hold that the command names, in whatever state; may be left out when it is among the account's. */
  readonly hold?: Hold;
  /** The schedule that the command names. */
  readonly schedule?: Schedule;
  /** The entry whose command id a reversal names, of whatever account of the tenant. */
  readonly original?: OriginalEntry;
  /** Of `credit-type.put` and `credit-type.delete`: the stored definition, a deleted one too. */
  readonly definition?: CreditTypeDefinition;
  /** How long an `adjustment` grant of a reversal lasts, in days; default `ADJUSTMENT_DAYS`. */
  readonly adjustmentDays?: number;
}

/** What an entry made or changed beside the account itself. */
export interface Changes {
  /** Made or changed, ended ones included, as they are from now on. */
  readonly grants: readonly Grant[];
  /** Made or changed, ended ones included, as they are from now on. */
  readonly holds: readonly Hold[];
  /** Made or changed. */
  readonly schedule?: Schedule;
  /** What the command was about: named by it, or made by it when that is just one. */
  readonly grantId?: string;
  readonly holdId?: string;
  readonly scheduleId?: string;
  /** Of a reversal: the original, and how much of it is used up by this entry (at least 0). */
  readonly reverses?: { readonly commandId: string; readonly amount: Minor };
  /** Why a scheduler's command had no effect (`code`), or that a schedule's period was skipped. */
  readonly details?: Readonly<Record<string, string>>;
}

export interface Applied extends Changes {
  readonly status: 'applied';
  readonly code: AppliedCode;
  readonly cause: Cause;
  /** The entry's time (`recordedAt`): the log's, never earlier than the account's last applied entry. */
  readonly at: EpochMs;
  /** What was asked for, as sent; absent when the command has no amount. */
  readonly requested?: Minor;
  readonly applied: Minor;
  readonly before: Balances;
  readonly after: Balances;
  /** Signed, sum to `applied`. In the order in which they were taken or given. */
  readonly allocations: readonly Allocation[];
  /** The account as it is from now on; its version is the entry's. */
  readonly account: Account;
}

/** Applied to the catalogue: a credit type or a schedule template; no account is touched. */
export interface AppliedToCatalog {
  readonly status: 'catalog';
  readonly code: AppliedCode;
  readonly cause: Cause;
  readonly at: EpochMs;
  /** As it is from now on; its version is the entry's. */
  readonly changed:
    | { readonly kind: 'credit-type'; readonly creditType: CreditTypeDefinition }
    | { readonly kind: 'schedule'; readonly schedule: Schedule };
}

export interface Rejected {
  readonly status: 'rejected';
  readonly code: RejectionCode;
  readonly cause: Cause;
  /** The entry's time (`recordedAt`): the log's, never earlier than the account's last applied entry. */
  readonly at: EpochMs;
  /** As sent, since it may not fit the scale or the range. */
  readonly requested?: DecimalString;
  /** Absent when the account is not known. */
  readonly before?: Balances;
  /** For people: names the field, the value and what is allowed. */
  readonly message: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** A scheduler's command before its time, or about nothing there is: a dead letter `NOT_DUE`, without an entry. */
export interface NotDue {
  readonly status: 'not-due';
  /** For people. */
  readonly message: string;
}

/** Result of `decide`. */
export type Decision = Applied | AppliedToCatalog | Rejected | NotDue;
