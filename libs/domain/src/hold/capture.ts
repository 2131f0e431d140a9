import type { Account, FloorPolicy, Minor } from '../account.js';
import { fitsMinor, formatMinor } from '../amount.js';
import { balancesOf } from '../balances.js';
import { Change } from '../change.js';
import type { CaptureHold } from '../command.js';
import { insufficient, takeable } from '../credit/floor.js';
import type { Allocation, Decision, Rejected } from '../decision.js';
import { type Deciding, overflow, positiveAmountOf, quoted, rejected } from '../deciding.js';
import { isRejected, policyOf } from '../settings.js';
import { type Hold, reservedOf, uncapturedOf } from './hold.js';
import { openHold } from './named-hold.js';

/**
 * `hold.capture`: takes what the hold reserves, in the order in which it reserved it, any number of times up to what
 * is left. More is `HOLD_EXCEEDED`; with `overage: "charge"` the excess is an ordinary delta with its floor policy,
 * in the same entry, all or nothing with it. The hold ends when all of its amount is captured, or with `final`,
 * which returns the rest.
 *
 * On an unlimited account what was reserved of grants while it was limited is taken, and everything else is free:
 * applied may be 0. A hold made while unlimited reserves nothing: captured when limited, all of it is overage.
 */
export function captureHold(deciding: Deciding<CaptureHold>, account: Account): Decision {
  const { command, at } = deciding;
  const wanted = positiveAmountOf(deciding, 'amount', command.amount);
  if (typeof wanted !== 'bigint') return wanted;
  const own = policyOf(deciding, command.onInsufficient);
  if (isRejected(own)) return own;
  const hold = openHold(deciding, account, command.holdId);
  if (hold.status === 'rejected') return hold;
  const left = account.unlimited ? uncapturedOf(hold) : reservedOf(hold);
  if (wanted > left && command.overage !== 'charge') return exceeded(deciding, hold, wanted, left);

  const excess = account.unlimited || wanted <= left ? 0n : wanted - left;
  const charged = excess === 0n ? 0n : chargeable(deciding, account, excess, own ?? account.onInsufficient);
  if (typeof charged !== 'bigint') return charged;
  const captured = hold.captured + wanted - excess + charged;
  if (!fitsMinor(captured)) return overflow(deciding, captured);

  const change = new Change(deciding, account);
  const reserved = takeReserved(change, hold, wanted, account.unlimited);
  const ends = command.final === true || captured >= hold.amount;
  const next: Hold = {
    ...hold,
    captured,
    reserved: ends ? [] : reserved,
    status: ends ? 'captured' : 'open',
    dueAt: ends ? null : hold.dueAt,
    updatedAt: at,
  };
  change.putHold(next, hold);
  if (charged > 0n) change.take(charged);
  return change.finish(charged === excess ? 'APPLIED' : 'APPLIED_PARTIALLY', wanted, { holdId: hold.holdId });
}

/** Takes up to `wanted` from what the hold reserves; returns what it reserves from then on. */
function takeReserved(change: Change, hold: Hold, wanted: Minor, unlimited: boolean): readonly Allocation[] {
  const kept: Allocation[] = [];
  let rest = wanted;
  for (const { grantId, amount } of hold.reserved) {
    const taken = amount < rest ? amount : rest;
    rest -= taken;
    if (taken < amount) kept.push({ grantId, amount: amount - taken });
    if (taken === 0n) continue;
    // The base of an unlimited account is 0 and stays so: what was reserved of it is free now.
    if (grantId === null) {
      if (!unlimited) change.moveBase(-taken);
      continue;
    }
    const grant = change.grant(grantId);
    if (grant === undefined) throw new Error(`grant ${grantId} is reserved by a hold and missing from the account`);
    change.moveGrant(grant, -taken);
  }
  return kept;
}

/** How much of the excess a delta would take; capturing what is held leaves the available as it is. */
function chargeable(deciding: Deciding, account: Account, excess: Minor, policy: FloorPolicy | null): Minor | Rejected {
  const { available } = balancesOf(account, deciding.at);
  const taken = takeable(available, excess, policy ?? 'reject', account.floor);
  return taken ?? insufficient(deciding, account, available, excess, policy);
}

function exceeded(deciding: Deciding, hold: Hold, wanted: Minor, left: Minor): Rejected {
  const { scale } = deciding.creditType;
  const [asked, there] = [formatMinor(wanted, scale), formatMinor(left, scale)];
  return rejected(
    deciding,
    'HOLD_EXCEEDED',
    `hold ${quoted(hold.holdId)} has ${there} left, ${asked} is more; overage "charge" takes the excess as a delta`,
    { left: there },
  );
}
