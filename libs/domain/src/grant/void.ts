import type { Account } from '../account.js';
import { Change } from '../change.js';
import type { VoidGrant } from '../command.js';
import type { Decision } from '../decision.js';
import type { Deciding } from '../deciding.js';
import { namedGrant, refuseEnded } from './named-grant.js';

/**
 * `grant.void`: drops what is free of it; held credits stay with their holds and are lost when those end. Voiding
 * again is `NO_CHANGE`; an expired grant (by its entry or by time) is `GRANT_NOT_OPEN`.
 */
export function voidGrant(deciding: Deciding<VoidGrant>, account: Account): Decision {
  const grant = namedGrant(deciding, account, deciding.command.grantId);
  if (grant.status === 'rejected') return grant;
  const change = new Change(deciding, account);
  const about = { grantId: grant.grantId };
  if (grant.status === 'voided') return change.finish('NO_CHANGE', undefined, about);
  const refused = refuseEnded(deciding, grant);
  if (refused !== undefined) return refused;
  change.endGrant(grant, 'voided');
  return change.finish('APPLIED', undefined, about);
}
