import type { Account, Minor } from '../account.js';
import { fitsMinor } from '../amount.js';
import { Change } from '../change.js';
import type { ExtendHold } from '../command.js';
import type { Allocation, Decision } from '../decision.js';
import { type Deciding, overflow, positiveAmountOf } from '../deciding.js';
import { fundable, refuseExpiry } from './funding.js';
import type { Hold } from './hold.js';
import { openHold } from './named-hold.js';

/**
 * `hold.extend`: reserves more, lasts longer, or both. An expiry before the present one changes nothing: it never
 * shortens. With `partial` what is there is added; nothing added and no later expiry is `NO_CHANGE`.
 */
export function extendHold(deciding: Deciding<ExtendHold>, account: Account): Decision {
  const { command, at } = deciding;
  const wanted = command.amount === undefined ? undefined : positiveAmountOf(deciding, 'amount', command.amount);
  if (typeof wanted === 'object') return wanted;
  const hold = openHold(deciding, account, command.holdId);
  if (hold.status === 'rejected') return hold;
  const expiresAt = Math.max(hold.expiresAt, command.expiresAt ?? hold.expiresAt);
  const refused = expiresAt === hold.expiresAt ? undefined : refuseExpiry(deciding, expiresAt);
  if (refused !== undefined) return refused;

  const added =
    wanted === undefined
      ? 0n
      : account.unlimited
        ? wanted
        : fundable(deciding, account, wanted, command.partial === true);
  if (typeof added !== 'bigint') return added;
  const about = { holdId: hold.holdId };
  const change = new Change(deciding, account);
  if (added === 0n && expiresAt === hold.expiresAt) return change.finish('NO_CHANGE', wanted, about);
  if (!fitsMinor(hold.amount + added)) return overflow(deciding, hold.amount + added);
  const next: Hold = {
    ...hold,
    amount: hold.amount + added,
    reserved: added === 0n || account.unlimited ? hold.reserved : merged(hold.reserved, change.reservable(added)),
    expiresAt,
    dueAt: expiresAt,
    updatedAt: at,
  };
  change.putHold(next, hold);
  return change.finish(wanted === undefined || added === wanted ? 'APPLIED' : 'APPLIED_PARTIALLY', wanted, about);
}

/** Both reservations, what is from the same grant together. */
function merged(first: readonly Allocation[], second: readonly Allocation[]): readonly Allocation[] {
  const amounts = new Map<string | null, Minor>();
  for (const { grantId, amount } of [...first, ...second]) amounts.set(grantId, (amounts.get(grantId) ?? 0n) + amount);
  return [...amounts].map(([grantId, amount]) => ({ grantId, amount }));
}
