import type { Account } from '../account.js';
import { Change } from '../change.js';
import type { ActivateGrant } from '../command.js';
import type { Decision } from '../decision.js';
import { type Deciding, notDue, quoted } from '../deciding.js';
import { noEffect, orNoEffect } from '../due.js';
import { findGrant } from './named-grant.js';

/**
 * `grant.activate`, of the scheduler: opens a pending grant at or after its `effectiveAt`; debt is repaid first. One
 * that comes so late that the grant has expired meanwhile opens it all the same, with nothing to draw. Where a rule
 * stops it, the grant is voided.
 */
export function activateGrant(deciding: Deciding<ActivateGrant>, account: Account): Decision {
  const { grantId, effectiveAt } = deciding.command;
  const grant = findGrant(deciding, account, grantId);
  if (grant === undefined) return notDue(`there is no grant ${quoted(grantId)}`);
  if (grant.effectiveAt !== effectiveAt) return notDue(`grant ${quoted(grantId)} is effective at another instant`);
  if (deciding.appendedAt < effectiveAt) return notDue(`grant ${quoted(grantId)} is not effective yet`);

  const change = new Change(deciding, account);
  if (grant.status !== 'pending') return noEffect(change, 'GRANT_NOT_OPEN', { grantId });
  if (account.status === 'closed') {
    change.putGrant({ ...grant, dueAt: null });
    return noEffect(change, 'ACCOUNT_CLOSED', { grantId });
  }
  change.openGrant(grant);
  return orNoEffect(deciding, account, change.finish('APPLIED', grant.amount, { grantId }), (untouched, code) => {
    // Its activation has been used up, so that it can never open.
    untouched.endGrant(grant, 'voided');
    return noEffect(untouched, code, { grantId });
  });
}
