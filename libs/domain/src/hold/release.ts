import type { Account } from '../account.js';
import { Change } from '../change.js';
import type { ReleaseHold } from '../command.js';
import type { Decision } from '../decision.js';
import type { Deciding } from '../deciding.js';
import { openHold } from './named-hold.js';

/**
 * `hold.release`: what is reserved and not captured is free again, in the same grants with their own expiry; what
 * belongs to a grant that has ended is lost with it.
 */
export function releaseHold(deciding: Deciding<ReleaseHold>, account: Account): Decision {
  const hold = openHold(deciding, account, deciding.command.holdId);
  if (hold.status === 'rejected') return hold;
  const change = new Change(deciding, account);
  change.putHold({ ...hold, status: 'released', reserved: [], dueAt: null, updatedAt: deciding.at }, hold);
  return change.finish('APPLIED', undefined, { holdId: hold.holdId });
}
