import type { Account } from '../account.js';
import type { Rejected } from '../decision.js';
import { type Deciding, quoted, rejected } from '../deciding.js';
import type { Hold } from './hold.js';

/** The account's hold with this id, in whatever state; undefined: it has none (another account's doesn't count). */
export function findHold(deciding: Deciding, account: Account, holdId: string): Hold | undefined {
  const open = account.holds.find((hold) => hold.holdId === holdId);
  if (open !== undefined) return open;
  const { hold } = deciding.state;
  if (hold?.holdId !== holdId) return undefined;
  return hold.accountId === account.accountId && hold.creditType === account.creditType ? hold : undefined;
}

/** The open hold that a command names, or `HOLD_NOT_FOUND`, or `HOLD_NOT_OPEN` when it has ended, or after its expiry. */
export function openHold(deciding: Deciding, account: Account, holdId: string): Hold | Rejected {
  const hold = findHold(deciding, account, holdId);
  if (hold === undefined) {
    const message = `account ${quoted(account.accountId)} has no hold ${quoted(holdId)}`;
    return rejected(deciding, 'HOLD_NOT_FOUND', message, { holdId });
  }
  if (hold.status === 'open' && deciding.at <= hold.expiresAt) return hold;
  const status = hold.status === 'open' ? 'expired' : hold.status;
  return rejected(deciding, 'HOLD_NOT_OPEN', `hold ${quoted(holdId)} is ${status}`, { status });
}
