/** Codes of applied outcomes (contracts, "Codes"; a closed, stable list). */
export const APPLIED_CODES = ['APPLIED', 'APPLIED_PARTIALLY', 'NO_CHANGE'] as const;

/** Codes of rejected outcomes (contracts, "Codes"; a closed, stable list). */
export const REJECTION_CODES = [
  'ACCOUNT_NOT_FOUND',
  'ACCOUNT_EXISTS',
  'ACCOUNT_FROZEN',
  'ACCOUNT_CLOSED',
  'ACCOUNT_UNLIMITED',
  'INSUFFICIENT_CREDITS',
  'BALANCE_OVERFLOW',
  'AMOUNT_PRECISION',
  'VERSION_CONFLICT',
  'COMMAND_CONFLICT',
  'CREDIT_TYPE_NOT_FOUND',
  'CREDIT_TYPE_CONFLICT',
  'GRANT_NOT_FOUND',
  'GRANT_EXISTS',
  'GRANT_NOT_OPEN',
  'HOLD_NOT_FOUND',
  'HOLD_EXISTS',
  'HOLD_NOT_OPEN',
  'HOLD_OPEN',
  'HOLD_EXCEEDED',
  'SCHEDULE_NOT_FOUND',
  'SCHEDULE_EXISTS',
  'SCHEDULE_ENDED',
  'ORIGINAL_NOT_FOUND',
  'REVERSAL_EXCEEDS_ORIGINAL',
  'NOT_REVERSIBLE',
  'LIMIT_EXCEEDED',
] as const;

/** Reasons of dead letters, in the order in which they are checked (contracts, "Codes"). */
export const DEAD_LETTER_CODES = [
  'EMPTY_VALUE',
  'TOO_LARGE',
  'NOT_JSON',
  'UNKNOWN_TYPE',
  'UNSUPPORTED_VERSION',
  'MISSING_TENANT',
  'INVALID_FIELD',
  'UNKNOWN_TENANT',
  'NOT_DUE',
  'PROCESSING_FAILED',
] as const;

/** What kind of change a ledger entry is (contracts, "Outcome"). */
export const CAUSES = [
  'open',
  'configure',
  'delta',
  'set',
  'refill',
  'reset',
  'grant',
  'activation',
  'expiry',
  'void',
  'schedule',
  'hold',
  'capture',
  'extend',
  'release',
  'hold-expiry',
  'reversal',
] as const;

export type AppliedCode = (typeof APPLIED_CODES)[number];
export type RejectionCode = (typeof REJECTION_CODES)[number];
export type OutcomeCode = AppliedCode | RejectionCode;
export type DeadLetterCode = (typeof DEAD_LETTER_CODES)[number];
export type Cause = (typeof CAUSES)[number];
