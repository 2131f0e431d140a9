import type { Account } from '../account.js';
import { Change } from '../change.js';
import type { CreateGrant } from '../command.js';
import type { Decision } from '../decision.js';
import type { Deciding } from '../deciding.js';
import { grantIdOf } from '../ids.js';
import { describedGrant, tooManyGrants } from './new-grant.js';

/**
 * `grant.create`: effective at or before `at` (or not said) it opens at once and repays debt first, else it is
 * pending until its activation and counts nowhere. Unlimited accounts may have grants, too: they stay.
 */
export function createGrant(deciding: Deciding<CreateGrant>, account: Account): Decision {
  const { command, state } = deciding;
  const grantId = grantIdOf(command, command, 0, state.deriveId);
  const defaults = { grantId, createdIndex: 0, kind: 'purchased', metadata: command.metadata ?? null } as const;
  const grant = describedGrant(deciding, account, command, defaults);
  if (grant.status === 'rejected') return grant;
  const refused = tooManyGrants(deciding, account.grants.length + 1);
  if (refused !== undefined) return refused;
  const change = new Change(deciding, account);
  if (grant.status === 'pending') change.putGrant(grant);
  else change.openGrant(grant);
  return change.finish('APPLIED', grant.amount, { grantId });
}
