import type { Account, Minor } from '../account.js';
import { Change } from '../change.js';
import type { CreateHold } from '../command.js';
import { insufficient } from '../credit/floor.js';
import type { Decision, Rejected } from '../decision.js';
import { type Deciding, positiveAmountOf, quoted, rejected } from '../deciding.js';
import { balancesOf } from '../balances.js';
import { holdIdOf } from '../ids.js';
import { HOLD_DEFAULT_MS, OPEN_HOLDS_MAX } from '../limits.js';
import { fundable, refuseExpiry } from './funding.js';
import type { Hold } from './hold.js';

/**
 * `hold.create`: reserves from grants in burn order, then from the base. Too little is `INSUFFICIENT_CREDITS`; with
 * `partial` what is there is reserved (`APPLIED_PARTIALLY`), and only nothing is still rejected. On an unlimited
 * account the hold is granted and reserves 0.
 */
export function createHold(deciding: Deciding<CreateHold>, account: Account): Decision {
  const { command, state, at } = deciding;
  const wanted = positiveAmountOf(deciding, 'amount', command.amount);
  if (typeof wanted !== 'bigint') return wanted;
  const holdId = holdIdOf(command, state.deriveId);
  const expiresAt = command.expiresAt ?? at + HOLD_DEFAULT_MS;
  const refused = refuse(deciding, account, holdId) ?? refuseExpiry(deciding, expiresAt);
  if (refused !== undefined) return refused;

  const amount = account.unlimited ? wanted : funding(deciding, account, wanted);
  if (typeof amount !== 'bigint') return amount;
  const change = new Change(deciding, account);
  const hold: Hold = {
    holdId,
    accountId: account.accountId,
    creditType: account.creditType,
    status: 'open',
    amount,
    captured: 0n,
    reserved: account.unlimited ? [] : change.reservable(amount),
    expiresAt,
    metadata: command.metadata ?? null,
    createdAt: at,
    updatedAt: at,
    dueAt: expiresAt,
  };
  change.putHold(hold);
  return change.finish(amount === wanted ? 'APPLIED' : 'APPLIED_PARTIALLY', wanted, { holdId });
}

function refuse(deciding: Deciding, account: Account, holdId: string): Rejected | undefined {
  if (deciding.state.takenIds?.has(holdId)) {
    return rejected(deciding, 'HOLD_EXISTS', `holdId ${quoted(holdId)} belongs to another hold`, { holdId });
  }
  if (account.holds.length < OPEN_HOLDS_MAX) return undefined;
  return rejected(deciding, 'LIMIT_EXCEEDED', `an account may have ${OPEN_HOLDS_MAX} open holds`, {
    limit: String(OPEN_HOLDS_MAX),
  });
}

function funding(deciding: Deciding<CreateHold>, account: Account, wanted: Minor): Minor | Rejected {
  const amount = fundable(deciding, account, wanted, deciding.command.partial === true);
  if (amount !== 0n) return amount;
  return insufficient(deciding, account, balancesOf(account, deciding.at).available, wanted, null);
}
