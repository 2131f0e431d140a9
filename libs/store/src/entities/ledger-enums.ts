import { APPLIED_CODES, CAUSES, REJECTION_CODES } from '@app/domain';

/** Labels of `command_type` in Postgres: all types of the contract, those of later releases too. */
export const LEDGER_COMMAND_TYPES = [
  'account.open',
  'account.configure',
  'credit.delta',
  'credit.set',
  'credit.reverse',
  'account.refill',
  'account.reset',
  'grant.create',
  'grant.update',
  'grant.void',
  'grant.activate',
  'grant.expire',
  'schedule.create',
  'schedule.update',
  'schedule.end',
  'schedule.apply',
  'hold.create',
  'hold.capture',
  'hold.extend',
  'hold.release',
  'hold.expire',
  'credit-type.put',
  'credit-type.delete',
];

/** Labels of `outcome_code`. */
export const OUTCOME_CODES = [...APPLIED_CODES, ...REJECTION_CODES];

/** Labels of `entry_cause`. */
export const ENTRY_CAUSES = [...CAUSES];
