import type { Account } from '../account.js';
import { balancesOf } from '../balances.js';
import type { ConfigureAccount } from '../command.js';
import type { Decision } from '../decision.js';
import { applied, type Deciding, noChange, quoted, rejected } from '../deciding.js';
import { externalIdTaken } from './open.js';
import { firstRefillOf } from './refill-calendar.js';
import { floorOf, isRejected, policyOf, refillOf, sameMetadata, samePolicy, sameRefill } from '../settings.js';

/**
 * `account.configure`: an absent field keeps its setting, null takes it back to the default, a value replaces it
 * (metadata as a whole). All of it or nothing; what leaves every setting as it is, is `NO_CHANGE`.
 *
 * Closing keeps the balance and is refused while holds are open. A changed refill begins with its first date after today. A new floor takes nothing back from an account that is below it already.
 */
export function configure(deciding: Deciding<ConfigureAccount>, account: Account): Decision {
  const { command, at } = deciding;
  const refill = command.refill === undefined ? account.refill : refillOf(deciding, command.refill);
  if (isRejected(refill)) return refill;
  const floor = command.floor === undefined ? account.floor : floorOf(deciding, command.floor);
  if (isRejected(floor)) return floor;
  const onInsufficient =
    command.onInsufficient === undefined ? account.onInsufficient : policyOf(deciding, command.onInsufficient);
  if (isRejected(onInsufficient)) return onInsufficient;
  const externalId = command.externalId === undefined ? account.externalId : command.externalId;
  if (externalId !== null && externalId !== account.externalId && deciding.state.externalIdTaken) {
    return externalIdTaken(deciding, externalId);
  }

  if (command.status === 'closed' && account.holds.length > 0) return holdsOpen(deciding, account);

  const sameCalendar = sameRefill(account.refill, refill);
  const next: Account = {
    ...account,
    status: command.status ?? account.status,
    refill: sameCalendar ? account.refill : refill,
    refillDueOn: sameCalendar ? account.refillDueOn : firstRefillOf(refill, at, account.refilledOn),
    floor,
    onInsufficient,
    burnOrder: command.burnOrder === undefined ? account.burnOrder : command.burnOrder,
    externalId,
    group: command.group === undefined ? account.group : command.group,
    metadata: command.metadata === undefined ? account.metadata : command.metadata,
    version: account.version + 1n,
    updatedAt: at,
  };
  if (sameSettings(account, next)) return noChange(deciding, account);
  return applied(deciding, 'APPLIED', next, balancesOf(account, at), undefined, 0n);
}

function holdsOpen(deciding: Deciding, account: Account): Decision {
  const count = account.holds.length;
  return rejected(
    deciding,
    'HOLD_OPEN',
    `account ${quoted(account.accountId)} can't be closed while holds are open (${count}); release or capture them`,
    { openHolds: String(count) },
  );
}

function sameSettings(a: Account, b: Account): boolean {
  return (
    a.status === b.status &&
    a.floor === b.floor &&
    a.burnOrder === b.burnOrder &&
    a.externalId === b.externalId &&
    a.group === b.group &&
    sameRefill(a.refill, b.refill) &&
    samePolicy(a.onInsufficient, b.onInsufficient) &&
    sameMetadata(a.metadata, b.metadata)
  );
}
