import type { Account } from '../account.js';
import { Change } from '../change.js';
import type { ExpireGrant } from '../command.js';
import type { Decision } from '../decision.js';
import { type Deciding, notDue, quoted } from '../deciding.js';
import { noEffect } from '../due.js';
import { findGrant } from './named-grant.js';

/**
 * `grant.expire`, of the scheduler: drops what is free of a grant after its `expiresAt` (at that very instant it
 * still counts); held credits stay with their holds and are lost when those end.
 */
export function expireGrant(deciding: Deciding<ExpireGrant>, account: Account): Decision {
  const { grantId, expiresAt } = deciding.command;
  const grant = findGrant(deciding, account, grantId);
  if (grant === undefined) return notDue(`there is no grant ${quoted(grantId)}`);
  if (grant.expiresAt !== expiresAt) return notDue(`grant ${quoted(grantId)} expires at another instant, or never`);
  if (deciding.appendedAt <= expiresAt) return notDue(`grant ${quoted(grantId)} has not expired yet`);
  if (grant.status === 'pending') return notDue(`grant ${quoted(grantId)} has not been activated yet`);

  const change = new Change(deciding, account);
  if (grant.status !== 'open') return noEffect(change, 'GRANT_NOT_OPEN', { grantId });
  if (account.status === 'closed') {
    change.putGrant({ ...grant, dueAt: null });
    return noEffect(change, 'ACCOUNT_CLOSED', { grantId });
  }
  if (grant.rollsAt !== null && grant.rollsAt <= expiresAt) {
    return notDue(`grant ${quoted(grantId)} is ended by its schedule`);
  }
  change.endGrant(grant, 'expired');
  return change.finish('APPLIED', undefined, { grantId });
}
