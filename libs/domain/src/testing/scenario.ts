import type { Account, CreditType } from '../account.js';
import { formatMinor } from '../amount.js';
import type { Command, CommandBase, EpochMs } from '../command.js';
import { decide } from '../decide.js';
import type { Decision } from '../decision.js';

/** A command as a test writes it: only what matters to the rule. */
export type Said = Command extends infer C
  ? C extends Command
    ? Omit<C, keyof CommandBase> & Partial<CommandBase>
    : never
  : never;

/** Time at which every scenario begins. */
export const START: EpochMs = Date.UTC(2026, 0, 31, 12);

let commandsSaid = 0;

/** Fills in what every command has. */
export function command(said: Said): Command {
  commandsSaid += 1;
  return {
    id: `command-${commandsSaid}`,
    tenantId: 'acme',
    accountId: 'key_1',
    creditType: 'credits',
    ...said,
  };
}

/** What a test looks at: amounts as decimals, absent as undefined. */
export interface Seen {
  readonly status: Decision['status'];
  readonly code: Decision['code'];
  readonly requested?: string;
  readonly applied?: string;
  /** null: unlimited. */
  readonly balance?: string | null;
  readonly available?: string | null;
  readonly version?: string;
  readonly message?: string;
}

/** Given some commands, when one more comes, then this is what it does. */
export interface Scenario {
  /** The account after everything said so far. */
  readonly account: Account | undefined;
  when(said: Said, at?: EpochMs): Seen & { readonly decision: Decision };
}

/** An account in memory, after the given commands (all of which must be applied). */
export function given(...history: readonly Said[]): Scenario {
  return givenType({ id: 'credits', scale: 0, burnOrder: 'priority' }, ...history);
}

/** The same for an account of a credit type with other settings. */
export function givenType(creditType: CreditType, ...history: readonly Said[]): Scenario {
  let account: Account | undefined;
  const say = (said: Said, at: EpochMs): Decision => {
    const decision = decide({ account, creditType, externalIdTaken: false }, command(said), at);
    if (decision.status === 'applied') account = decision.account;
    return decision;
  };
  for (const said of history) {
    const decision = say(said, START);
    if (decision.status === 'rejected')
      throw new Error(`given command was rejected: ${decision.code} ${decision.message}`);
  }
  return {
    get account() {
      return account;
    },
    when(said, at = START) {
      const decision = say(said, at);
      return { ...seen(decision, creditType), decision };
    },
  };
}

function seen(decision: Decision, { scale }: CreditType): Seen {
  if (decision.status === 'rejected') {
    return { status: 'rejected', code: decision.code, requested: decision.requested, message: decision.message };
  }
  const { after, requested } = decision;
  return {
    status: 'applied',
    code: decision.code,
    requested: requested === undefined ? undefined : formatMinor(requested, scale),
    applied: formatMinor(decision.applied, scale),
    balance: after.unlimited ? null : formatMinor(after.balance, scale),
    available: after.unlimited ? null : formatMinor(after.available, scale),
    version: String(decision.account.version),
  };
}
