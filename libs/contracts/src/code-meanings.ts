import type { AppliedCode, DeadLetterCode, RejectionCode } from '@app/domain';

/** What each code tells the publisher, for the documentation. */
export const APPLIED_MEANINGS: Readonly<Record<AppliedCode, string>> = {
  APPLIED: 'Done as asked.',
  APPLIED_PARTIALLY: 'Clamped or partial: less was applied or reserved than requested.',
  NO_CHANGE: 'Nothing had to change; the version grew nevertheless.',
};

export const REJECTION_MEANINGS: Readonly<Record<RejectionCode, string>> = {
  ACCOUNT_NOT_FOUND: 'The tenant has no such account of this credit type.',
  ACCOUNT_EXISTS: 'The account exists with other settings, or another one has the external id.',
  ACCOUNT_FROZEN: 'The account is frozen until it is active again.',
  ACCOUNT_CLOSED: 'The account is closed for ever.',
  ACCOUNT_UNLIMITED: 'An unlimited account has nothing to add to or subtract from.',
  INSUFFICIENT_CREDITS: 'Available would go below the floor.',
  BALANCE_OVERFLOW: 'An amount or a result is outside the signed 64-bit range of minor units.',
  AMOUNT_PRECISION: 'An amount has more decimals than the credit type.',
  VERSION_CONFLICT: 'The account has another version than `expectedVersion`.',
  COMMAND_CONFLICT: 'The command id belongs to a command with another body.',
  CREDIT_TYPE_NOT_FOUND: 'The tenant has no such credit type, or it is deleted.',
  CREDIT_TYPE_CONFLICT: "The credit type has another scale for ever, or is built in and can't be deleted.",
  GRANT_NOT_FOUND: 'The account has no such grant.',
  GRANT_EXISTS: 'The grant id is taken.',
  GRANT_NOT_OPEN: 'The grant has ended.',
  HOLD_NOT_FOUND: 'The account has no such hold.',
  HOLD_EXISTS: 'The hold id is taken.',
  HOLD_NOT_OPEN: 'The hold has ended or expired.',
  HOLD_OPEN: 'The account has open holds.',
  HOLD_EXCEEDED: 'More would be captured than is held.',
  SCHEDULE_NOT_FOUND: 'The tenant has no such schedule.',
  SCHEDULE_EXISTS: 'The schedule id is taken.',
  SCHEDULE_ENDED: 'The schedule has ended.',
  ORIGINAL_NOT_FOUND: 'The account has no such entry to reverse.',
  REVERSAL_EXCEEDS_ORIGINAL: 'Reversals would add up to more than the entry.',
  NOT_REVERSIBLE: 'Entries of this kind are not reversed.',
  LIMIT_EXCEEDED: 'The account has as many of these as it may have, or a time is too late or too early.',
};

export const DEAD_LETTER_MEANINGS: Readonly<Record<DeadLetterCode, string>> = {
  EMPTY_VALUE: 'The record has no value.',
  TOO_LARGE: 'The value is larger than 64 KiB.',
  NOT_JSON: 'The value is not UTF-8, not JSON, or not an object.',
  UNKNOWN_TYPE: '`type` is missing or not a type of command.',
  UNSUPPORTED_VERSION: '`schemaVersion` is not 1.',
  MISSING_TENANT: '`tenantId` is missing, null or empty.',
  INVALID_FIELD: 'A field is malformed; the pointer names it.',
  UNKNOWN_TENANT: 'There is no such tenant.',
  NOT_DUE: 'A command of the scheduler came before its time, or for something that is no more.',
  PROCESSING_FAILED: 'A bug: the command could not be processed. It works after a redrive once the bug is fixed.',
};
