import type { Account } from '../account.js';
import { Change } from '../change.js';
import type { UpdateGrant } from '../command.js';
import type { Decision } from '../decision.js';
import type { Deciding } from '../deciding.js';
import { sameMetadata } from '../settings.js';
import { type Grant, grantDueAt, type GrantTexts } from './grant.js';
import { namedGrant, refuseEnded, textsOf } from './named-grant.js';
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
  const texts = textsOf(deciding, grant);
  const next: Grant = {
    ...grant,
    texts: sameTexts(texts, command)
      ? texts
      : {
          ...texts,
          name: command.name === undefined ? texts.name : command.name,
          metadata: command.metadata === undefined ? texts.metadata : command.metadata,
        },
    priority: command.priority === undefined ? grant.priority : command.priority,
    expiresAt: command.expiresAt === undefined ? grant.expiresAt : command.expiresAt,
  };
  if (next.expiresAt !== null && next.expiresAt < grant.effectiveAt) {
    return expiredBefore(deciding, next.expiresAt, grant.effectiveAt);
  }
  const change = new Change(deciding, account);
  const about = { grantId: grant.grantId };
  const isSame = next.texts === texts && grant.priority === next.priority && grant.expiresAt === next.expiresAt;
  if (isSame) return change.finish('NO_CHANGE', undefined, about);
  change.putGrant({ ...next, dueAt: grantDueAt(next) });
  return change.finish('APPLIED', undefined, about);
}

/** True when the command says of it what is said already, or nothing. */
function sameTexts({ name, metadata }: GrantTexts, command: UpdateGrant): boolean {
  return (
    (command.name === undefined || command.name === name) &&
    (command.metadata === undefined || sameMetadata(command.metadata, metadata))
  );
}
