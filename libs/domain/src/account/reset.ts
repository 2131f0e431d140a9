import type { Account, Minor, Rollover } from '../account.js';
import { fitsMinor, formatMinor } from '../amount.js';
import { burnOrderOf, inBurnOrder } from '../burn-order.js';
import { Change } from '../change.js';
import type { ResetAccount } from '../command.js';
import { accountUnlimited } from '../credit/floor.js';
import type { Decision, Rejected } from '../decision.js';
import { amountOf, type Deciding, rejected } from '../deciding.js';
import { freeOf, type Grant, isDrawable } from '../grant/grant.js';
import { describedGrant, newGrant, tooManyGrants } from '../grant/new-grant.js';
import { derivedGrantId, grantIdOf } from '../ids.js';
import { carriedOf, rolloverOf } from '../rollover.js';
import { isRejected } from '../settings.js';

/**
 * `account.reset`: one entry that ends a billing period and begins the next.
 *
 * With `grants`, open grants of kind `plan` and `rollover` end, a share of the plan grants' free remains is carried
 * as one grant of kind `rollover`, and the new grants are made (a grant still pending is of a period to come and
 * stays, and an exhausted one that a later reversal fills again is of the new period). With `value`, open `rollover` grants end, a share of what the base holds above 0 is carried, and the base
 * becomes the value. What was carried once is never carried again; held credits stay with their holds.
 *
 * `value` on an unlimited account is `ACCOUNT_UNLIMITED`: a job that resets everybody must not limit those who are
 * not. `grants` are made there as well.
 */
export function reset(deciding: Deciding<ResetAccount>, account: Account): Decision {
  const { command } = deciding;
  const rollover = rolloverOf(deciding, command.rollover);
  if (rollover !== null && 'status' in rollover) return rollover;
  return command.value === undefined
    ? resetGrants(deciding, account, rollover)
    : resetBase(deciding, account, command.value, rollover);
}

function resetGrants(deciding: Deciding<ResetAccount>, account: Account, rollover: Rollover | null): Decision {
  const made = describedGrants(deciding, account);
  if ('status' in made) return made;
  const requested = made.reduce((sum, grant) => sum + grant.amount, 0n);
  if (!fitsMinor(requested)) return tooLarge(deciding, requested);
  const change = new Change(deciding, account);
  const plans = inOrder(deciding, account).filter(({ kind, status }) => kind === 'plan' && status === 'open');
  const usable = plans.filter((grant) => isDrawable(grant, deciding.at) && freeOf(grant) > 0n);
  const remaining = usable.reduce((sum, grant) => sum + freeOf(grant), 0n);
  endRollovers(deciding, change, account);
  for (const grant of plans) change.endGrant(grant, 'expired');
  const refused = carry(deciding, account, change, carriedOf(remaining, rollover), usable);
  if (refused !== undefined) return refused;
  for (const grant of made) {
    if (grant.status === 'pending') change.putGrant(grant);
    else change.openGrant(grant);
  }
  return finish(deciding, change, requested, made);
}

/** The rejection of grants that each fit the range and together don't. */
function tooLarge(deciding: Deciding<ResetAccount>, requested: bigint): Rejected {
  const sum = formatMinor(requested, deciding.creditType.scale);
  return rejected(
    deciding,
    'BALANCE_OVERFLOW',
    `the grants are ${sum} together, which is larger than an amount can be`,
    {
      field: 'grants',
    },
  );
}

function resetBase(
  deciding: Deciding<ResetAccount>,
  account: Account,
  text: string,
  rollover: Rollover | null,
): Decision {
  const value = amountOf(deciding, 'value', text);
  if (isRejected(value)) return value;
  if (account.unlimited) return accountUnlimited(deciding, account);
  const change = new Change(deciding, account);
  const free = change.freeBase;
  endRollovers(deciding, change, account);
  change.moveBase(value - free);
  const refused = carry(deciding, account, change, carriedOf(free, rollover), []);
  return refused ?? finish(deciding, change, value, []);
}

function finish(deciding: Deciding, change: Change, requested: bigint, made: readonly Grant[]): Decision {
  const [only] = made;
  return (
    tooManyGrants(deciding, change.liveGrants().length) ??
    change.finish('APPLIED', requested, made.length === 1 && only !== undefined ? { grantId: only.grantId } : {})
  );
}

/** The new grants as they are described, or the rejection of the first that can't be made. */
function describedGrants(deciding: Deciding<ResetAccount>, account: Account): readonly Grant[] | Rejected {
  const { command, state } = deciding;
  const grants: Grant[] = [];
  // The id of what is carried is taken too, whether or not anything will be.
  const ids = new Set(state.takenIds).add(carriedGrantId(deciding));
  for (const [index, fields] of (command.grants ?? []).entries()) {
    const grantId = grantIdOf(command, fields, index, state.deriveId);
    const once: Deciding = { ...deciding, state: { ...state, takenIds: ids } };
    const grant = describedGrant(once, account, fields, {
      grantId,
      createdIndex: index,
      kind: 'plan',
      metadata: fields.metadata ?? null,
    });
    if (grant.status === 'rejected') return grant;
    ids.add(grantId);
    grants.push(grant);
  }
  return grants;
}

/** The order of an account's grants is nobody's promise, that of an entry's allocations is: a reversal goes by it. */
function inOrder({ creditType }: Deciding, account: Account): readonly Grant[] {
  return inBurnOrder(account.grants, burnOrderOf(account, creditType));
}

function endRollovers(deciding: Deciding, change: Change, account: Account): void {
  for (const grant of inOrder(deciding, account)) {
    if (grant.kind === 'rollover' && grant.status === 'open') change.endGrant(grant, 'expired');
  }
}

function carriedGrantId({ command, state }: Deciding<ResetAccount>): string {
  return derivedGrantId(command, command.grants?.length ?? 0, state.deriveId);
}

/** Makes the rollover grant, unless nothing is carried; or its rejection. */
function carry(
  deciding: Deciding<ResetAccount>,
  account: Account,
  change: Change,
  amount: Minor,
  sources: readonly Grant[],
): Rejected | undefined {
  if (amount === 0n) return undefined;
  const [source] = sources;
  const grant = newGrant(deciding, account, {
    grantId: carriedGrantId(deciding),
    createdIndex: deciding.command.grants?.length ?? 0,
    kind: 'rollover',
    amount,
    sourceGrantId: sources.length === 1 && source !== undefined ? source.grantId : null,
  });
  if (grant.status === 'rejected') return grant;
  change.openGrant(grant);
  return undefined;
}
