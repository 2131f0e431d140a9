import type { Account } from '../account.js';
import { Change } from '../change.js';
import type { UpdateGrant } from '../command.js';
import type { Decision } from '../decision.js';
import type { Deciding } from '../deciding.js';
import { sameMetadata } from '../settings.js';
import { type Grant, grantDueAt } from './grant.js';
import { namedGrant, refuseEnded } from './named-grant.js';
import { expiredBefore } from './new-grant.js';

/**
 * `grant.update`: name, metadata, priority and expiry; the amount never changes. A grant that has ended, by its
 * entry or by time, is `GRANT_NOT_OPEN`. A new expiry in the past ends it at once (its entry follows).
 */
export function updateGrant(deciding: Deciding<UpdateGrant>, account: Account): Decision {
  const { command } = deciding;
  const grant = namedGrant(deciding, account, command.grantId);
  if (grant.status === 'rejected') return grant;
  const refused = refuseEnded(deciding, grant);
  if (refused !== undefined) return refused;
  const next: Grant = {
    ...grant,
    name: command.name === undefined ? grant.name : command.name,
    metadata: command.metadata === undefined ? grant.metadata : command.metadata,
    priority: command.priority === undefined ? grant.priority : command.priority,
    expiresAt: command.expiresAt === undefined ? grant.expiresAt : command.expiresAt,
  };
  if (next.expiresAt !== null && next.expiresAt < grant.effectiveAt) {
    return expiredBefore(deciding, next.expiresAt, grant.effectiveAt);
  }
  const change = new Change(deciding, account);
  const about = { grantId: grant.grantId };
  if (sameFields(grant, next)) return change.finish('NO_CHANGE', undefined, about);
  change.putGrant({ ...next, dueAt: grantDueAt(next) });
  return change.finish('APPLIED', undefined, about);
}

function sameFields(a: Grant, b: Grant): boolean {
  return (
    a.name === b.name &&
    a.priority === b.priority &&
    a.expiresAt === b.expiresAt &&
    sameMetadata(a.metadata, b.metadata)
  );
}
