import type { Account } from './account.js';
import { Change } from './change.js';
import type { RejectionCode } from './codes.js';
import type { Applied, Changes, Decision, Rejected } from './decision.js';
import type { Deciding } from './deciding.js';

/**
 * A scheduler's command without effect: `NO_CHANGE`, with the code that would have rejected it in `details`. What
 * `change` recorded, so that the scheduler has no more to do here, is kept.
 */
export function noEffect(
  change: Change,
  code: RejectionCode,
  about: Omit<Changes, 'grants' | 'holds' | 'details'> = {},
  changed: Partial<Account> = {},
): Decision {
  return change.finish('NO_CHANGE', undefined, { ...about, details: { code } }, changed);
}

/**
 * A scheduler's command is never rejected when it is due: where a rule rejects it, the entry is `NO_CHANGE` and
 * `settle` records what takes it off the scheduler's list.
 */
export function orNoEffect(
  deciding: Deciding,
  account: Account,
  decision: Applied | Rejected,
  settle: (change: Change, code: RejectionCode) => Decision,
): Decision {
  return decision.status === 'applied' ? decision : settle(new Change(deciding, account), decision.code);
}
