import type { Account, FloorPolicy, Minor } from '../account.js';
import { formatMinor } from '../amount.js';
import type { Rejected } from '../decision.js';
import { type Deciding, quoted, rejected } from '../deciding.js';

/**
 * How much of `wanted` (above 0) may be taken while `available` is there (domain rules, "Floor");
 * undefined: nothing, the command is rejected.
 */
export function takeable(available: Minor, wanted: Minor, policy: FloorPolicy, floor: Minor): Minor | undefined {
  if (policy === 'allow') return wanted;
  const spendable = available - (typeof policy === 'object' ? policy.downTo : floor);
  if (wanted <= spendable) return wanted;
  if (policy !== 'clamp') return undefined;
  return spendable > 0n ? spendable : 0n;
}

/** The rejection of taking `wanted` (above 0) where the floor stops it. */
export function insufficient(
  deciding: Deciding,
  account: Account,
  available: Minor,
  wanted: Minor,
  policy: FloorPolicy | null,
): Rejected {
  const { id, scale } = deciding.creditType;
  const floor = formatMinor(typeof policy === 'object' && policy !== null ? policy.downTo : account.floor, scale);
  const there = formatMinor(available, scale);
  return rejected(
    deciding,
    'INSUFFICIENT_CREDITS',
    `${formatMinor(wanted, scale)} ${id} asked for, ${there} available, and no less than ${floor} may be left`,
    { available: there, floor },
  );
}

/** The rejection of what can't be done to an account without a number. */
export function accountUnlimited(deciding: Deciding, account: Account): Rejected {
  return rejected(
    deciding,
    'ACCOUNT_UNLIMITED',
    `account ${quoted(account.accountId)} is unlimited: there is nothing to add to or take from; credit.set makes it limited`,
  );
}
