import type { Account } from './account.js';
import { configure } from './account/configure.js';
import { open, openAgain } from './account/open.js';
import { refill } from './account/refill.js';
import { reset } from './account/reset.js';
import type { Cause } from './codes.js';
import type { Command, CommandType, EpochMs } from './command.js';
import { deleteCreditType } from './credit-type/delete.js';
import { putCreditType } from './credit-type/put.js';
import { delta } from './credit/delta.js';
import { reverse } from './credit/reverse.js';
import { set } from './credit/set.js';
import type { Decision, DecisionState, Rejected } from './decision.js';
import { creditTypeNotFound, type Deciding, notDue, quoted, rejected, type Undecided } from './deciding.js';
import { activateGrant } from './grant/activate.js';
import { createGrant } from './grant/create.js';
import { expireGrant } from './grant/expire.js';
import { updateGrant } from './grant/update.js';
import { voidGrant } from './grant/void.js';
import { captureHold } from './hold/capture.js';
import { createHold } from './hold/create.js';
import { expireHold } from './hold/expire.js';
import { extendHold } from './hold/extend.js';
import { releaseHold } from './hold/release.js';
import { applySchedule } from './schedule/apply.js';
import { createSchedule, createTemplate } from './schedule/create.js';
import { endSchedule, endTemplate } from './schedule/end.js';
import { isTemplate } from './schedule/schedule.js';
import { updateSchedule, updateTemplate } from './schedule/update.js';

/** A publisher's command on an account: checks 1 to 4 come first. */
interface AccountRule<C extends Command> {
  readonly on: 'account';
  readonly cause: Cause;
  decide(deciding: Deciding<C>, account: Account): Decision;
  /** What happens where there is no account; absent: `ACCOUNT_NOT_FOUND`. */
  begin?(deciding: Deciding<C>): Decision;
  /** What happens when it is about a schedule template; only check 4 comes first. */
  template?(undecided: Undecided<C>): Decision;
}

/** A command of the scheduler: not due or never rejected, also on frozen and closed accounts. */
interface DueRule<C extends Command> {
  readonly on: 'due';
  readonly cause: Cause;
  decide(deciding: Deciding<C>, account: Account): Decision;
}

/** A publisher's command on a credit type; only check 4 comes first. */
interface CatalogRule<C extends Command> {
  readonly on: 'catalog';
  readonly cause: Cause;
  decide(undecided: Undecided<C>): Decision;
}

type Rule<C extends Command> = AccountRule<C> | DueRule<C> | CatalogRule<C>;

/** Every command type with its rule. */
const RULES: { readonly [T in CommandType]: Rule<Extract<Command, { type: T }>> } = {
  'account.open': { on: 'account', cause: 'open', decide: openAgain, begin: open },
  'account.configure': { on: 'account', cause: 'configure', decide: configure },
  'account.refill': { on: 'due', cause: 'refill', decide: refill },
  'account.reset': { on: 'account', cause: 'reset', decide: reset },
  'credit.delta': { on: 'account', cause: 'delta', decide: delta },
  'credit.set': { on: 'account', cause: 'set', decide: set },
  'credit.reverse': { on: 'account', cause: 'reversal', decide: reverse },
  'grant.create': { on: 'account', cause: 'grant', decide: createGrant },
  'grant.update': { on: 'account', cause: 'grant', decide: updateGrant },
  'grant.void': { on: 'account', cause: 'void', decide: voidGrant },
  'grant.activate': { on: 'due', cause: 'activation', decide: activateGrant },
  'grant.expire': { on: 'due', cause: 'expiry', decide: expireGrant },
  'schedule.create': { on: 'account', cause: 'schedule', decide: createSchedule, template: createTemplate },
  'schedule.update': { on: 'account', cause: 'schedule', decide: updateSchedule, template: updateTemplate },
  'schedule.end': { on: 'account', cause: 'schedule', decide: endSchedule, template: endTemplate },
  'schedule.apply': { on: 'due', cause: 'schedule', decide: applySchedule },
  'hold.create': { on: 'account', cause: 'hold', decide: createHold },
  'hold.capture': { on: 'account', cause: 'capture', decide: captureHold },
  'hold.extend': { on: 'account', cause: 'extend', decide: extendHold },
  'hold.release': { on: 'account', cause: 'release', decide: releaseHold },
  'hold.expire': { on: 'due', cause: 'hold-expiry', decide: expireHold },
  'credit-type.put': { on: 'catalog', cause: 'configure', decide: putCreditType },
  'credit-type.delete': { on: 'catalog', cause: 'configure', decide: deleteCreditType },
};

/** What kind of change a command of this type is, applied or rejected. */
export function causeOf(type: CommandType): Cause {
  return RULES[type].cause;
}

/**
 * Decides one command: the one place where a balance changes. Pure: the same arguments give the same decision.
 *
 * `at` is the record's append time in milliseconds; the entry's time is never earlier than the account's last
 * applied entry. Throws for nothing that a decoded command can say on a state that the store has read as told.
 *
 * The first of these checks that fails names the rejection:
 * 1. the credit type exists and is not deleted (`CREDIT_TYPE_NOT_FOUND`)
 * 2. the account exists (`ACCOUNT_NOT_FOUND`; `account.open` makes it)
 * 3. it is not closed (`ACCOUNT_CLOSED`) and not frozen (`ACCOUNT_FROZEN`; an `account.configure` that names the
 *    status passes, so that a frozen account can be made active or closed, with other settings in the same command)
 * 4. its version (the credit type's, the template's) is the expected one (`VERSION_CONFLICT`; 0: there is none)
 * 5. the command's amounts fit the scale and the range (`AMOUNT_PRECISION`, `BALANCE_OVERFLOW`)
 * 6. the command type's own rules, in the order of its file; last, the result fits the range (`BALANCE_OVERFLOW`)
 *
 * None of them is for commands of the scheduler: those are not due, or are applied.
 */
export function decide(state: DecisionState, command: Command, at: EpochMs): Decision {
  const rule: Rule<Command> = RULES[command.type];
  const { cause } = rule;
  if (rule.on === 'catalog') {
    const undecided = undecidedOf(state, state.definition, command, at, cause);
    return wrongVersion(undecided, state.definition?.version ?? 0n) ?? rule.decide(undecided);
  }
  if (rule.on === 'account' && rule.template !== undefined && isAboutTemplate(state, command)) {
    const undecided = undecidedOf(state, state.schedule, command, at, cause);
    return wrongVersion(undecided, state.schedule?.version ?? 0n) ?? rule.template(undecided);
  }
  const { account, creditType } = state;
  const effectiveAt = account !== undefined && account.updatedAt > at ? account.updatedAt : at;
  if (rule.on === 'due') {
    if (creditType === undefined || account === undefined)
      return notDue(`there is no account ${quoted(command.accountId)}`);
    return rule.decide({ command, cause, state, creditType, at: effectiveAt, appendedAt: at }, account);
  }
  if (creditType === undefined || (creditType.deletedAt ?? null) !== null) {
    return creditTypeNotFound({ command, cause, state, at: effectiveAt, appendedAt: at });
  }
  const deciding: Deciding = { command, cause, state, creditType, at: effectiveAt, appendedAt: at };
  if (account === undefined) {
    return rule.begin === undefined ? notFound(deciding) : (wrongVersion(deciding, 0n) ?? rule.begin(deciding));
  }
  return (
    refusedByStatus(deciding, account) ?? wrongVersion(deciding, account.version) ?? rule.decide(deciding, account)
  );
}

/** The entries of the catalogue are no account's: their time follows what they change, a rejection has no balances. */
function undecidedOf(
  state: DecisionState,
  stored: { readonly updatedAt: EpochMs } | undefined,
  command: Command,
  at: EpochMs,
  cause: Cause,
): Undecided {
  const effectiveAt = stored !== undefined && stored.updatedAt > at ? stored.updatedAt : at;
  return { command, cause, state: { ...state, account: undefined }, at: effectiveAt, appendedAt: at };
}

function isAboutTemplate(state: DecisionState, command: Command): boolean {
  if (command.type === 'schedule.create') return isTemplate({ scope: command.scope ?? 'account' });
  return command.accountId === '' || (state.schedule !== undefined && isTemplate(state.schedule));
}

function notFound(deciding: Deciding): Rejected {
  const { accountId, creditType } = deciding.command;
  return rejected(
    deciding,
    'ACCOUNT_NOT_FOUND',
    `account ${quoted(accountId)} of credit type ${quoted(creditType)} does not exist; account.open makes it`,
  );
}

function refusedByStatus(deciding: Deciding, account: Account): Rejected | undefined {
  if (account.status === 'active') return undefined;
  const { command } = deciding;
  if (account.status === 'closed') {
    return rejected(deciding, 'ACCOUNT_CLOSED', `account ${quoted(account.accountId)} is closed, which is final`);
  }
  if (command.type === 'account.configure' && command.status !== undefined) return undefined;
  return rejected(
    deciding,
    'ACCOUNT_FROZEN',
    `account ${quoted(account.accountId)} is frozen; account.configure with status "active" ends that`,
  );
}

function wrongVersion(undecided: Undecided, version: bigint): Rejected | undefined {
  const { expectedVersion } = undecided.command;
  if (expectedVersion === undefined || expectedVersion === version) return undefined;
  return rejected(undecided, 'VERSION_CONFLICT', `expectedVersion is ${expectedVersion}, the version is ${version}`, {
    expectedVersion: String(expectedVersion),
    version: String(version),
  });
}
