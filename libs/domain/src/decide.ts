import type { Account } from './account.js';
import type { Cause } from './codes.js';
import type { Command, CommandType, EpochMs } from './command.js';
import { configure } from './configure.js';
import type { Decision, DecisionState, Rejected } from './decision.js';
import { type Deciding, quoted, rejected } from './deciding.js';
import { delta } from './delta.js';
import { open, openAgain } from './open.js';
import { set } from './set.js';

/** How one type of command on an account is decided. */
interface Rule<C extends Command> {
  readonly cause: Cause;
  /** Called when checks 1 to 4 have passed. */
  decide(deciding: Deciding<C>, account: Account): Decision;
  /** What happens where there is no account; absent: `ACCOUNT_NOT_FOUND`. */
  begin?(deciding: Deciding<C>): Decision;
}

/** Every command type with its rule. */
const RULES: {
  readonly [T in CommandType]: Rule<Extract<Command, { type: T }>>;
} = {
  'account.open': { cause: 'open', decide: openAgain, begin: open },
  'account.configure': { cause: 'configure', decide: configure },
  'credit.delta': { cause: 'delta', decide: delta },
  'credit.set': { cause: 'set', decide: set },
};

/**
 * Decides one command: the one place where a balance changes. Pure: the same arguments give the same decision.
 *
 * `at` is the record's append time in milliseconds; the entry's time is never earlier than the account's last
 * applied entry. Never throws for anything that a decoded command can say.
 *
 * The first of these checks that fails names the rejection:
 * 1. the credit type exists (`CREDIT_TYPE_NOT_FOUND`)
 * 2. the account exists (`ACCOUNT_NOT_FOUND`; `account.open` makes it)
 * 3. it is not closed (`ACCOUNT_CLOSED`) and not frozen (`ACCOUNT_FROZEN`; an `account.configure` that names the
 *    status passes, so that a frozen account can be made active or closed, with other settings in the same command)
 * 4. its version is the expected one (`VERSION_CONFLICT`; 0 where `account.open` finds no account)
 * 5. the command's amounts fit the scale and the range (`AMOUNT_PRECISION`, `BALANCE_OVERFLOW`)
 * 6. the command type's own rules, in the order of its file; last, the result fits the range (`BALANCE_OVERFLOW`)
 */
export function decide(state: DecisionState, command: Command, at: EpochMs): Decision {
  const { account, creditType } = state;
  const rule: Rule<Command> = RULES[command.type];
  const effectiveAt = account !== undefined && account.updatedAt > at ? account.updatedAt : at;
  if (creditType === undefined) {
    return rejected(
      { command, cause: rule.cause, state, at: effectiveAt },
      'CREDIT_TYPE_NOT_FOUND',
      `creditType ${quoted(command.creditType)} does not exist`,
    );
  }
  const deciding: Deciding = {
    command,
    cause: rule.cause,
    state,
    creditType,
    at: effectiveAt,
  };
  if (account === undefined) {
    return rule.begin === undefined ? notFound(deciding) : (wrongVersion(deciding, 0n) ?? rule.begin(deciding));
  }
  return (
    refusedByStatus(deciding, account) ?? wrongVersion(deciding, account.version) ?? rule.decide(deciding, account)
  );
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

function wrongVersion(deciding: Deciding, version: bigint): Rejected | undefined {
  const { expectedVersion } = deciding.command;
  if (expectedVersion === undefined || expectedVersion === version) return undefined;
  return rejected(deciding, 'VERSION_CONFLICT', `expectedVersion is ${expectedVersion}, the account's is ${version}`, {
    expectedVersion: String(expectedVersion),
    version: String(version),
  });
}
