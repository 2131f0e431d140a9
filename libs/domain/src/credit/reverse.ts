import type { Account, Minor } from '../account.js';
import { formatMinor } from '../amount.js';
import { Change } from '../change.js';
import type { Cause } from '../codes.js';
import type { ReverseEntry } from '../command.js';
import type { Allocation, Decision, OriginalEntry, Rejected } from '../decision.js';
import { type Deciding, positiveAmountOf, quoted, rejected } from '../deciding.js';
import { freeOf, hasEnded, isDrawable } from '../grant/grant.js';
import { findGrant } from '../grant/named-grant.js';
import { newGrant, tooManyGrants } from '../grant/new-grant.js';
import { derivedGrantId } from '../ids.js';
import { ADJUSTMENT_DAYS, DAY_MS } from '../limits.js';
import { isRejected, policyOf } from '../settings.js';
import { accountUnlimited, insufficient, takeable } from './floor.js';

const REVERSIBLE: ReadonlySet<Cause> = new Set(['delta', 'set', 'capture', 'reset']);

/**
 * `credit.reverse`: undoes all or part of what an earlier entry of the account moved (its `applied`).
 *
 * What the entry took is given back to the same grants and the base, newest allocation first, keeping expiry; what
 * belongs to a grant that has ended meanwhile (by its entry or by time) goes to one `adjustment` grant, or with
 * `onExpiredGrant: "forfeit"` to nobody. What the entry gave is taken back under the floor policy: from where it
 * went as far as it is still there, then in burn order. Without `amount`: all that has not been reversed yet.
 *
 * Checks, in order: the original exists and was applied (`ORIGINAL_NOT_FOUND`), its kind (`NOT_REVERSIBLE`), the
 * account is not unlimited (`ACCOUNT_UNLIMITED`), all reversals together stay within the original
 * (`REVERSAL_EXCEEDS_ORIGINAL`).
 */
export function reverse(deciding: Deciding<ReverseEntry>, account: Account): Decision {
  const { command } = deciding;
  const asked = command.amount === undefined ? undefined : positiveAmountOf(deciding, 'amount', command.amount);
  if (typeof asked === 'object') return asked;
  const original = originalOf(deciding, account);
  if ('code' in original) return original;
  if (account.unlimited) return accountUnlimited(deciding, account);

  const moved = original.applied < 0n ? -original.applied : original.applied;
  const left = moved - original.reversed;
  const amount = asked ?? left;
  if (amount > left || (amount === 0n && moved > 0n)) return exceeds(deciding, original, asked, moved, left);
  const change = new Change(deciding, account);
  if (amount === 0n) return change.finish('NO_CHANGE', 0n, { reverses: { commandId: original.commandId, amount } });
  return original.applied < 0n
    ? giveBack(deciding, account, change, original, amount)
    : takeBack(deciding, account, change, original, amount);
}

function originalOf(deciding: Deciding<ReverseEntry>, account: Account): OriginalEntry | Rejected {
  const { original } = deciding.state;
  const { reverses } = deciding.command;
  if (
    original?.commandId !== reverses ||
    original.status !== 'applied' ||
    original.accountId !== account.accountId ||
    original.creditType !== account.creditType
  ) {
    const message = `account ${quoted(account.accountId)} has no applied entry of command ${quoted(reverses)}`;
    return rejected(deciding, 'ORIGINAL_NOT_FOUND', message, { reverses });
  }
  if (REVERSIBLE.has(original.cause)) return original;
  return rejected(
    deciding,
    'NOT_REVERSIBLE',
    `command ${quoted(reverses)} is a ${original.cause}; only ${[...REVERSIBLE].join(', ')} can be reversed`,
    { cause: original.cause },
  );
}

function exceeds(
  deciding: Deciding,
  original: OriginalEntry,
  asked: Minor | undefined,
  moved: Minor,
  left: Minor,
): Rejected {
  const { scale } = deciding.creditType;
  const [all, rest] = [formatMinor(moved, scale), formatMinor(left, scale)];
  const wanted = asked === undefined ? '' : `, ${formatMinor(asked, scale)} is more`;
  return rejected(
    deciding,
    'REVERSAL_EXCEEDS_ORIGINAL',
    `command ${quoted(original.commandId)} moved ${all}, of which ${rest} can still be reversed${wanted}`,
    { left: rest },
  );
}

function giveBack(
  deciding: Deciding<ReverseEntry>,
  account: Account,
  change: Change,
  original: OriginalEntry,
  amount: Minor,
): Decision {
  const { command, at } = deciding;
  let orphaned = 0n;
  const orphans: string[] = [];
  for (const { grantId, amount: part } of newestFirst(original, -1n, amount)) {
    if (grantId === null) {
      change.moveBase(part);
      continue;
    }
    const grant = findGrant(deciding, account, grantId);
    if (grant === undefined)
      throw new Error(`grant ${grantId} of entry ${original.commandId} is missing from the state`);
    if (hasEnded(grant, at)) {
      orphaned += part;
      orphans.push(grantId);
    } else {
      change.moveGrant(grant, part);
    }
  }
  const reverses = { commandId: original.commandId, amount };
  if (orphaned === 0n) return finish(deciding, change, amount, { reverses });
  if (command.onExpiredGrant === 'forfeit') return change.finish('APPLIED_PARTIALLY', amount, { reverses });
  const days = deciding.state.adjustmentDays ?? ADJUSTMENT_DAYS;
  const adjustment = newGrant(deciding, account, {
    grantId: derivedGrantId(command, 0, deciding.state.deriveId),
    createdIndex: 0,
    kind: 'adjustment',
    amount: orphaned,
    expiresAt: at + days * DAY_MS,
    sourceGrantId: orphans.length === 1 ? (orphans[0] ?? null) : null,
  });
  if (adjustment.status === 'rejected') return adjustment;
  change.openGrant(adjustment);
  return finish(deciding, change, amount, { reverses, grantId: adjustment.grantId });
}

function finish(
  deciding: Deciding,
  change: Change,
  amount: Minor,
  about: { readonly reverses: { readonly commandId: string; readonly amount: Minor }; readonly grantId?: string },
): Decision {
  return tooManyGrants(deciding, change.liveGrants().length) ?? change.finish('APPLIED', amount, about);
}

function takeBack(
  deciding: Deciding<ReverseEntry>,
  account: Account,
  change: Change,
  original: OriginalEntry,
  amount: Minor,
): Decision {
  const own = policyOf(deciding, deciding.command.onInsufficient);
  if (isRejected(own)) return own;
  const policy = own ?? account.onInsufficient;
  const { available } = change;
  const taken = takeable(available, amount, policy ?? 'reject', account.floor);
  if (taken === undefined) return insufficient(deciding, account, available, amount, policy);
  let rest = taken;
  for (const { grantId, amount: part } of newestFirst(original, 1n, taken)) {
    const there = grantId === null ? change.freeBase : drawableOf(deciding, change, grantId);
    const back = there <= 0n ? 0n : there < part ? there : part;
    if (back === 0n) continue;
    const grant = grantId === null ? undefined : change.grant(grantId);
    if (grant === undefined) change.moveBase(-back);
    else change.moveGrant(grant, -back);
    rest -= back;
  }
  if (rest > 0n) change.take(rest);
  return change.finish(taken === amount ? 'APPLIED' : 'APPLIED_PARTIALLY', amount, {
    reverses: { commandId: original.commandId, amount: taken },
  });
}

function drawableOf(deciding: Deciding, change: Change, grantId: string): Minor {
  const grant = change.grant(grantId);
  return grant !== undefined && isDrawable(grant, deciding.at) ? freeOf(grant) : 0n;
}

/**
 * The original's allocations of one sign, the newest first, all positive: what earlier reversals have undone is left
 * out, and together they are `amount`.
 */
function newestFirst(original: OriginalEntry, sign: 1n | -1n, amount: Minor): readonly Allocation[] {
  const parts: Allocation[] = [];
  let skip = original.reversed;
  let rest = amount;
  for (let index = original.allocations.length - 1; index >= 0 && rest > 0n; index -= 1) {
    const allocation = original.allocations[index];
    if (allocation === undefined || allocation.amount * sign <= 0n) continue;
    const whole = allocation.amount * sign;
    const skipped = skip < whole ? skip : whole;
    skip -= skipped;
    const part = whole - skipped < rest ? whole - skipped : rest;
    rest -= part;
    if (part > 0n) parts.push({ grantId: allocation.grantId, amount: part });
  }
  return parts;
}
