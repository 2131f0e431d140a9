import type { Account, Minor } from '../account.js';
import { balancesOf } from '../balances.js';
import type { EpochMs } from '../command.js';
import type { Rejected } from '../decision.js';
import { type Deciding, rejected } from '../deciding.js';
import { insufficient } from '../credit/floor.js';
import { HOLD_MAX_MS } from '../limits.js';

/**
 * How much of `wanted` (above 0) can be reserved: what is available above the account's floor. Floor policies are
 * for credits that are taken; they don't apply to holds. Less than wanted is refused unless `partial`, and then 0
 * when nothing is there.
 */
export function fundable(deciding: Deciding, account: Account, wanted: Minor, partial: boolean): Minor | Rejected {
  const { available } = balancesOf(account, deciding.at);
  const spendable = available - account.floor;
  if (wanted <= spendable) return wanted;
  if (!partial) return insufficient(deciding, account, available, wanted, null);
  return spendable > 0n ? spendable : 0n;
}

/** `LIMIT_EXCEEDED` for an expiry that is past or too far ahead; undefined: it is all right. */
export function refuseExpiry(deciding: Deciding, expiresAt: EpochMs): Rejected | undefined {
  const latest = deciding.at + HOLD_MAX_MS;
  if (expiresAt > deciding.at && expiresAt <= latest) return undefined;
  const [given, from, to] = [expiresAt, deciding.at, latest].map((instant) => new Date(instant).toISOString());
  const message = `expiresAt is ${given}; it must be after ${from} and not after ${to}`;
  return rejected(deciding, 'LIMIT_EXCEEDED', message, { field: 'expiresAt' });
}
