import type { Account, Minor } from '../account.js';
import type { OpenAccount } from '../command.js';
import type { Decision, Rejected } from '../decision.js';
import { amountOf, applied, type Deciding, fromBase, noChange, quoted, rejected } from '../deciding.js';
import { firstRefillOf } from './refill-calendar.js';
import { floorOf, isRejected, policyOf, refillOf, sameMetadata, samePolicy, sameRefill } from '../settings.js';

type Settings = Pick<
  Account,
  'initial' | 'refill' | 'floor' | 'onInsufficient' | 'burnOrder' | 'externalId' | 'group' | 'metadata'
>;

/**
 * `account.open` where there is no account: makes it. The initial credits are given as they are, whatever the
 * floor says. An external id that another account has is `ACCOUNT_EXISTS`.
 */
export function open(deciding: Deciding<OpenAccount>): Decision {
  const { command, state, at } = deciding;
  const settings = settingsOf(deciding);
  if ('status' in settings) return settings;
  if (state.externalIdTaken) return externalIdTaken(deciding, command.externalId ?? '');
  const amount = settings.initial ?? 0n;
  const account: Account = {
    tenantId: command.tenantId,
    accountId: command.accountId,
    creditType: command.creditType,
    externalId: settings.externalId,
    group: settings.group,
    status: 'active',
    unlimited: settings.initial === null,
    base: amount,
    balance: amount,
    held: 0n,
    version: 1n,
    floor: settings.floor,
    onInsufficient: settings.onInsufficient,
    burnOrder: settings.burnOrder,
    refill: settings.refill,
    refillDueOn: firstRefillOf(settings.refill, at, null),
    refilledOn: null,
    initial: settings.initial,
    metadata: settings.metadata,
    grants: [],
    holds: [],
    createdAt: at,
    updatedAt: at,
  };
  return applied(deciding, 'APPLIED', account, undefined, requestedOf(command, settings), amount, fromBase(amount));
}

/**
 * `account.open` where the account exists. What it was opened with (`initial`) and the settings that it has now
 * are compared: the same are `NO_CHANGE`, others `ACCOUNT_EXISTS`.
 */
export function openAgain(deciding: Deciding<OpenAccount>, account: Account): Decision {
  const settings = settingsOf(deciding);
  if ('status' in settings) return settings;
  const other = firstDifference(account, settings);
  if (other === undefined) return noChange(deciding, account, requestedOf(deciding.command, settings));
  return rejected(
    deciding,
    'ACCOUNT_EXISTS',
    `account ${quoted(account.accountId)} of credit type ${quoted(account.creditType)} exists with another ${other}; ` +
      'change settings with account.configure, credits with credit.set or credit.delta',
    { field: other },
  );
}

/** The rejection of an external id that another account of this tenant and credit type has. */
export function externalIdTaken(deciding: Deciding, externalId: string): Rejected {
  return rejected(
    deciding,
    'ACCOUNT_EXISTS',
    `externalId ${quoted(externalId)} belongs to another account of credit type ${quoted(deciding.creditType.id)}`,
    { field: 'externalId' },
  );
}

/** What the command says, with amounts in minor units, or the rejection of one of them. */
function settingsOf(deciding: Deciding<OpenAccount>): Settings | Rejected {
  const { command } = deciding;
  const initial = typeof command.initial === 'string' ? amountOf(deciding, 'initial', command.initial) : 0n;
  if (isRejected(initial)) return initial;
  const refill = refillOf(deciding, command.refill);
  if (isRejected(refill)) return refill;
  const floor = floorOf(deciding, command.floor);
  if (isRejected(floor)) return floor;
  const onInsufficient = policyOf(deciding, command.onInsufficient);
  if (isRejected(onInsufficient)) return onInsufficient;
  return {
    initial: command.initial === null ? null : initial,
    refill,
    floor,
    onInsufficient,
    burnOrder: command.burnOrder ?? null,
    externalId: command.externalId ?? null,
    group: command.group ?? null,
    metadata: command.metadata ?? null,
  };
}

function requestedOf(command: OpenAccount, settings: Settings): Minor | undefined {
  return command.initial === undefined || settings.initial === null ? undefined : settings.initial;
}

function firstDifference(account: Account, settings: Settings): keyof Settings | undefined {
  if (account.initial !== settings.initial) return 'initial';
  if (!sameRefill(account.refill, settings.refill)) return 'refill';
  if (account.floor !== settings.floor) return 'floor';
  if (!samePolicy(account.onInsufficient, settings.onInsufficient)) return 'onInsufficient';
  if (account.burnOrder !== settings.burnOrder) return 'burnOrder';
  if (account.externalId !== settings.externalId) return 'externalId';
  if (account.group !== settings.group) return 'group';
  return sameMetadata(account.metadata, settings.metadata) ? undefined : 'metadata';
}
