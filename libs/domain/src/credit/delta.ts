import type { Account, Minor } from '../account.js';
import { fitsMinor } from '../amount.js';
import { balancesOf } from '../balances.js';
import { Change } from '../change.js';
import type { Delta } from '../command.js';
import type { Applied, Balances, Decision, Rejected } from '../decision.js';
import { amountOf, applied, type Deciding, fromBase, noChange, overflow } from '../deciding.js';
import { isRejected, policyOf } from '../settings.js';
import { accountUnlimited, insufficient, takeable } from './floor.js';

/**
 * `credit.delta`: adds to the base (so debt is repaid first; no floor stops it), or subtracts from grants in burn
 * order, then from the base, under the floor policy of the command, else of the account, else `reject`. 0 is
 * `NO_CHANGE`; an unlimited account refuses every delta, 0 too.
 */
export function delta(deciding: Deciding<Delta>, account: Account): Decision {
  const { command } = deciding;
  const amount = amountOf(deciding, 'delta', command.delta);
  if (typeof amount !== 'bigint') return amount;
  const own = policyOf(deciding, command.onInsufficient);
  if (isRejected(own)) return own;
  if (account.unlimited) return accountUnlimited(deciding, account);
  if (amount === 0n) return noChange(deciding, account, amount);
  const before = balancesOf(account, deciding.at);
  if (amount > 0n) return moveBase(deciding, account, before, amount, amount);

  const policy = own ?? account.onInsufficient;
  const taken = takeable(before.available, -amount, policy ?? 'reject', account.floor);
  if (taken === undefined) return insufficient(deciding, account, before.available, -amount, policy);
  if (account.grants.length === 0) return moveBase(deciding, account, before, amount, -taken);
  const change = new Change(deciding, account, before);
  change.take(taken);
  return change.finish(-taken === amount ? 'APPLIED' : 'APPLIED_PARTIALLY', amount);
}

/** The short way for what only the base takes part in: most commands, on accounts without grants. */
function moveBase(
  deciding: Deciding,
  account: Account,
  before: Balances,
  requested: Minor,
  amount: Minor,
): Applied | Rejected {
  const base = account.base + amount;
  const balance = account.balance + amount;
  if (!fitsMinor(base) || !fitsMinor(balance) || !fitsMinor(before.available + amount)) {
    return overflow(deciding, balance);
  }
  const next: Account = { ...account, base, balance, version: account.version + 1n, updatedAt: deciding.at };
  const code = amount === requested ? 'APPLIED' : 'APPLIED_PARTIALLY';
  return applied(deciding, code, next, before, requested, amount, fromBase(amount));
}
