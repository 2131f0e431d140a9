import type { Account } from '../account.js';
import { Change } from '../change.js';
import type { ExpireHold } from '../command.js';
import type { Decision } from '../decision.js';
import { type Deciding, notDue, quoted } from '../deciding.js';
import { noEffect } from '../due.js';
import { findHold } from './named-hold.js';

/** `hold.expire`, of the scheduler: as `hold.release`, after the hold's `expiresAt` (at that very instant it is open). */
export function expireHold(deciding: Deciding<ExpireHold>, account: Account): Decision {
  const { holdId, expiresAt } = deciding.command;
  const hold = findHold(deciding, account, holdId);
  if (hold === undefined) return notDue(`there is no hold ${quoted(holdId)}`);
  if (hold.expiresAt !== expiresAt) return notDue(`hold ${quoted(holdId)} expires at another instant`);
  if (deciding.appendedAt <= expiresAt) return notDue(`hold ${quoted(holdId)} has not expired yet`);

  const change = new Change(deciding, account);
  if (hold.status !== 'open') return noEffect(change, 'HOLD_NOT_OPEN', { holdId });
  change.putHold({ ...hold, status: 'expired', reserved: [], dueAt: null, updatedAt: deciding.at }, hold);
  return change.finish('APPLIED', undefined, { holdId });
}
