import type { Account } from '../account.js';
import { fitsMinor } from '../amount.js';
import { balancesOf } from '../balances.js';
import type { SetBalance } from '../command.js';
import type { Decision } from '../decision.js';
import { amountOf, applied, type Deciding, fromBase, noChange, overflow } from '../deciding.js';
import { freeOf, isDrawable } from '../grant/grant.js';

/**
 * `credit.set`: makes `value` the account's available by changing the base; open holds stay. It says what shall be
 * there, so no floor policy applies to it: a value below the floor is set as it is.
 *
 * null makes the account unlimited: the base becomes 0 (`applied` shows what was dropped), the refill is
 * cleared, grants stay. A number makes an unlimited account limited again. What is so already is `NO_CHANGE`.
 */
export function set(deciding: Deciding<SetBalance>, account: Account): Decision {
  const { value } = deciding.command;
  return value === null ? setUnlimited(deciding, account) : setValue(deciding, account, value);
}

function setUnlimited(deciding: Deciding, account: Account): Decision {
  if (account.unlimited && account.base === 0n && account.refill === null) return noChange(deciding, account);
  const dropped = -account.base;
  const balance = account.balance + dropped;
  if (!fitsMinor(dropped) || !fitsMinor(balance)) return overflow(deciding, balance);
  const next: Account = {
    ...account,
    unlimited: true,
    base: 0n,
    balance,
    refill: null,
    refillDueOn: null,
    version: account.version + 1n,
    updatedAt: deciding.at,
  };
  return applied(deciding, 'APPLIED', next, balancesOf(account, deciding.at), undefined, dropped, fromBase(dropped));
}

function setValue(deciding: Deciding, account: Account, text: string): Decision {
  const value = amountOf(deciding, 'value', text);
  if (typeof value !== 'bigint') return value;
  const before = balancesOf(account, deciding.at);
  const amount = value - before.available;
  if (amount === 0n && !account.unlimited) return noChange(deciding, account, value);
  const base = account.base + amount;
  const balance = account.balance + amount;
  if (!fitsMinor(amount) || !fitsMinor(base) || !fitsMinor(balance)) return overflow(deciding, balance);
  // What will be left when the grants have expired has to fit as well: nothing can refuse that entry.
  const withoutGrants = value - freeInGrants(deciding, account);
  if (!fitsMinor(withoutGrants)) return overflow(deciding, withoutGrants);
  const next: Account = {
    ...account,
    unlimited: false,
    base,
    balance,
    version: account.version + 1n,
    updatedAt: deciding.at,
  };
  return applied(deciding, 'APPLIED', next, before, value, amount, fromBase(amount));
}

/** What may be drawn of the account's grants. */
function freeInGrants({ at }: Deciding, { grants }: Account): bigint {
  return grants.reduce((sum, grant) => (isDrawable(grant, at) ? sum + freeOf(grant) : sum), 0n);
}
