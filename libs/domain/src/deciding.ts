import type { Account, CreditType, Minor } from './account.js';
import { formatMinor, parseMinor } from './amount.js';
import { balancesOf, NOTHING } from './balances.js';
import type { AppliedCode, Cause, RejectionCode } from './codes.js';
import type { Command, DecimalString, EpochMs } from './command.js';
import type { Allocation, Applied, Balances, Changes, DecisionState, NotDue, Rejected } from './decision.js';

/** A decision of which nothing is known yet but what came. */
export interface Undecided<C extends Command = Command> {
  readonly command: C;
  readonly cause: Cause;
  readonly state: DecisionState;
  /** The entry's time: the log's, never earlier than the account's last applied entry. */
  readonly at: EpochMs;
  /** The record's append time, by which a scheduler's command is due or not. */
  readonly appendedAt: EpochMs;
}

/** A decision in the making: what the rules of commands about credits get. */
export interface Deciding<C extends Command = Command> extends Undecided<C> {
  readonly creditType: CreditType;
}

const NO_CHANGES: Changes = { grants: [], holds: [] };
const NO_ALLOCATIONS: readonly Allocation[] = [];

/** Characters of a value of the publisher's that a message repeats. */
const QUOTED_CHARACTERS_MAX = 80;

/** The allocation of an entry that only touched the base. */
export function fromBase(amount: Minor): readonly Allocation[] {
  return amount === 0n ? NO_ALLOCATIONS : [{ grantId: null, amount }];
}

/**
 * An applied entry. `account` is the account as it is afterwards, its version already the entry's;
 * `before` is absent for the account's first entry.
 */
export function applied(
  deciding: Deciding,
  code: AppliedCode,
  account: Account,
  before: Balances | undefined,
  requested: Minor | undefined,
  amount: Minor,
  allocations: readonly Allocation[] = NO_ALLOCATIONS,
  changes: Changes = NO_CHANGES,
): Applied {
  return {
    status: 'applied',
    code,
    cause: deciding.cause,
    at: deciding.at,
    requested,
    applied: amount,
    before: before ?? NOTHING,
    after: balancesOf(account, deciding.at),
    allocations,
    account,
    grants: changes.grants,
    holds: changes.holds,
    schedule: changes.schedule,
    grantId: changes.grantId,
    holdId: changes.holdId,
    scheduleId: changes.scheduleId,
    reverses: changes.reverses,
    details: changes.details,
  };
}

/** An applied entry that changed nothing but the version (and what the scheduler has to do next). */
export function noChange(
  deciding: Deciding,
  account: Account,
  requested?: Minor,
  changes: Changes = NO_CHANGES,
): Applied {
  const next: Account = { ...account, version: account.version + 1n, updatedAt: deciding.at };
  return applied(deciding, 'NO_CHANGE', next, balancesOf(account, deciding.at), requested, 0n, NO_ALLOCATIONS, changes);
}

/** A scheduler's command that isn't due: no entry. */
export function notDue(message: string): NotDue {
  return { status: 'not-due', message };
}

/** A rejection: the account stays as it is. `message` names the field, the value and what is allowed. */
export function rejected(
  deciding: Undecided,
  code: RejectionCode,
  message: string,
  details?: Readonly<Record<string, string>>,
): Rejected {
  const { account } = deciding.state;
  return {
    status: 'rejected',
    code,
    cause: deciding.cause,
    at: deciding.at,
    requested: requestedAsSent(deciding.command),
    before: account === undefined ? undefined : balancesOf(account, deciding.at),
    message,
    details,
  };
}

/** The rejection of a credit type that the tenant doesn't have, or that is deleted. */
export function creditTypeNotFound(undecided: Undecided): Rejected {
  const message = `creditType ${quoted(undecided.command.creditType)} does not exist`;
  return rejected(undecided, 'CREDIT_TYPE_NOT_FOUND', message);
}

/** The command's amount as its publisher sent it; undefined when it has none. */
export function requestedAsSent(command: Command): DecimalString | undefined {
  switch (command.type) {
    case 'account.open':
      return command.initial ?? undefined;
    case 'credit.delta':
      return command.delta;
    case 'credit.set':
    case 'account.reset':
      return command.value ?? undefined;
    case 'credit.reverse':
    case 'grant.create':
    case 'hold.create':
    case 'hold.capture':
    case 'hold.extend':
      return command.amount;
    default:
      return undefined;
  }
}

/**
 * An amount of the command in minor units, or the rejection that says why it has none
 * (`AMOUNT_PRECISION`, `BALANCE_OVERFLOW`).
 */
export function amountOf(deciding: Deciding, field: string, text: DecimalString): Minor | Rejected {
  const minor = parseMinor(text, deciding.creditType.scale);
  if (typeof minor === 'bigint') return minor;
  const { id, scale } = deciding.creditType;
  return minor === 'precision'
    ? rejected(
        deciding,
        'AMOUNT_PRECISION',
        `${field} ${quoted(text)} has more decimals than credit type ${quoted(id)} allows (${scale})`,
        { field, scale: String(scale) },
      )
    : rejected(deciding, 'BALANCE_OVERFLOW', `${field} ${quoted(text)} is larger than an amount can be`, { field });
}

/**
 * The same for an amount that the decoder has found to be above 0.
 * @throws Error when it isn't: taking a negative amount would make credits out of nothing.
 */
export function positiveAmountOf(deciding: Deciding, field: string, text: DecimalString): Minor | Rejected {
  const minor = amountOf(deciding, field, text);
  if (typeof minor === 'bigint' && minor <= 0n) throw new Error(`${field} must be above 0, is ${quoted(text)}`);
  return minor;
}

/** The rejection of a result outside the signed 64-bit range. */
export function overflow(deciding: Deciding, balance: bigint): Rejected {
  return rejected(
    deciding,
    'BALANCE_OVERFLOW',
    `the balance would be ${formatMinor(balance, deciding.creditType.scale)}, which is larger than a balance can be`,
  );
}

/** A value of the publisher's in a message: in quotes and not without bound. */
export function quoted(text: string): string {
  return text.length <= QUOTED_CHARACTERS_MAX ? `"${text}"` : `"${text.slice(0, QUOTED_CHARACTERS_MAX)}…"`;
}
