import type { Account } from '../account.js';
import type { Rejected } from '../decision.js';
import { type Deciding, quoted, rejected } from '../deciding.js';
import { type Grant, type GrantTexts, hasEnded } from './grant.js';

/** The account's grant with this id, in whatever state; undefined: it has none (another account's doesn't count). */
export function findGrant(deciding: Deciding, account: Account, grantId: string): Grant | undefined {
  const live = account.grants.find((grant) => grant.grantId === grantId);
  if (live !== undefined) return live;
  const grant = deciding.state.grants?.get(grantId);
  return grant?.accountId === account.accountId && grant.creditType === account.creditType ? grant : undefined;
}

/** The grant that a command names, or `GRANT_NOT_FOUND`. */
export function namedGrant(deciding: Deciding, account: Account, grantId: string): Grant | Rejected {
  const grant = findGrant(deciding, account, grantId);
  if (grant !== undefined) return grant;
  const message = `account ${quoted(account.accountId)} has no grant ${quoted(grantId)}`;
  return rejected(deciding, 'GRANT_NOT_FOUND', message, { grantId });
}

/**
 * What is said of a grant that the command names.
 * @throws Error when it wasn't read: what isn't known must not be written.
 */
export function textsOf({ state }: Deciding, grant: Grant): GrantTexts {
  const texts = grant.texts ?? state.grants?.get(grant.grantId)?.texts;
  if (texts === undefined) throw new Error(`name and metadata of grant ${grant.grantId} weren't read`);
  return texts;
}

/** `GRANT_NOT_OPEN` for a grant that has ended, by its entry or by time; undefined for all others. */
export function refuseEnded(deciding: Deciding, grant: Grant): Rejected | undefined {
  if (!hasEnded(grant, deciding.at)) return undefined;
  const status = grant.status === 'voided' ? 'voided' : 'expired';
  return rejected(deciding, 'GRANT_NOT_OPEN', `grant ${quoted(grant.grantId)} has been ${status}`, { status });
}
