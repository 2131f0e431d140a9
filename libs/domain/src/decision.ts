import type { Account, CreditType, Minor } from './account.js';
import type { AppliedCode, Cause, RejectionCode } from './codes.js';
import type { DecimalString, EpochMs } from './command.js';

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

/** Everything that a decision about one command may rest on, read in the chunk's own transaction. */
export interface DecisionState {
  /** Absent: no such account. */
  readonly account?: Account;
  /** Absent: the tenant has no such credit type. */
  readonly creditType?: CreditType;
  /** The command asks for an external id that another account of this tenant and credit type has. */
  readonly externalIdTaken: boolean;
}

export interface Applied {
  readonly status: 'applied';
  readonly code: AppliedCode;
  readonly cause: Cause;
  /** The entry's time (`recordedAt`): the log's, never earlier than the account's last applied entry. */
  readonly at: EpochMs;
  /** What was asked for, signed; absent when the command has no amount. */
  readonly requested?: Minor;
  readonly applied: Minor;
  readonly before: Balances;
  readonly after: Balances;
  /** Signed, sum to `applied`. */
  readonly allocations: readonly Allocation[];
  /** The account as it is from now on; its version is the entry's. */
  readonly account: Account;
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

/** Result of `decide`. */
export type Decision = Applied | Rejected;
