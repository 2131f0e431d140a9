import type { Account, FloorPolicy, Minor } from './account.js';
import { fitsMinor, formatMinor } from './amount.js';
import { balancesOf } from './balances.js';
import type { Delta } from './command.js';
import type { Applied, Balances, Decision, Rejected } from './decision.js';
import { amountOf, applied, type Deciding, fromBase, noChange, overflow, quoted, rejected } from './deciding.js';
import { isRejected, policyOf } from './settings.js';

/**
 * `credit.delta`: adds (first repays debt; no floor stops it) or subtracts under the floor policy of the command,
 * else of the account, else `reject`. 0 is `NO_CHANGE`; an unlimited account refuses every delta, 0 too.
 */
export function delta(deciding: Deciding<Delta>, account: Account): Decision {
  const { command } = deciding;
  const amount = amountOf(deciding, 'delta', command.delta);
  if (typeof amount !== 'bigint') return amount;
  const own = policyOf(deciding, command.onInsufficient);
  if (isRejected(own)) return own;
  if (account.unlimited) return accountUnlimited(deciding, account);
  if (amount === 0n) return noChange(deciding, account, amount);
  const before = balancesOf(account);
  if (amount > 0n) return move(deciding, account, before, amount, amount);

  const taken = takeable(before.available, -amount, own ?? account.onInsufficient ?? 'reject', account.floor);
  if (taken === undefined) return insufficient(deciding, before, amount, own ?? account.onInsufficient, account.floor);
  return move(deciding, account, before, amount, -taken);
}

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

function move(
  deciding: Deciding,
  account: Account,
  before: Balances,
  requested: Minor,
  amount: Minor,
): Applied | Rejected {
  const base = account.base + amount;
  const balance = account.balance + amount;
  if (!fitsMinor(base) || !fitsMinor(balance) || !fitsMinor(balance - account.held)) return overflow(deciding, balance);
  const next: Account = {
    ...account,
    base,
    balance,
    version: account.version + 1n,
    updatedAt: deciding.at,
  };
  const code = amount === requested ? 'APPLIED' : 'APPLIED_PARTIALLY';
  return applied(deciding, code, next, before, requested, amount, fromBase(amount));
}

function accountUnlimited(deciding: Deciding, account: Account): Rejected {
  return rejected(
    deciding,
    'ACCOUNT_UNLIMITED',
    `account ${quoted(account.accountId)} is unlimited: there is nothing to add to or take from; credit.set makes it limited`,
  );
}

function insufficient(
  deciding: Deciding,
  before: Balances,
  amount: Minor,
  policy: FloorPolicy | null,
  accountFloor: Minor,
): Rejected {
  const { id, scale } = deciding.creditType;
  const floor = formatMinor(policy !== null && typeof policy === 'object' ? policy.downTo : accountFloor, scale);
  const available = formatMinor(before.available, scale);
  return rejected(
    deciding,
    'INSUFFICIENT_CREDITS',
    `${formatMinor(-amount, scale)} ${id} asked for, ${available} available, and no less than ${floor} may be left`,
    { available, floor },
  );
}
