import type { Account, CreditType } from '../account.js';
import { formatMinor } from '../amount.js';
import { balancesOf } from '../balances.js';
import type { Command, CommandBase, EpochMs } from '../command.js';
import type { Decision } from '../decision.js';
import type { Grant } from '../grant/grant.js';
import type { Hold } from '../hold/hold.js';
import type { Schedule } from '../schedule/schedule.js';
import { START } from './clock.js';
import { brokenInvariants } from './invariants.js';
import { MemoryLedger } from './memory-ledger.js';

export { DAY, HOUR, MINUTE, SECOND, START } from './clock.js';

/** A command as a test writes it: only what matters to the rule. */
export type Said = Command extends infer C
  ? C extends Command
    ? Omit<C, keyof CommandBase> & Partial<CommandBase>
    : never
  : never;

/** A command with the time at which it comes; without, START or the time of the one before. */
export type Step = Said | readonly [at: EpochMs, said: Said];

let commandsSaid = 0;

/** Fills in what every command has. */
export function command(said: Said): Command {
  commandsSaid += 1;
  const base = { id: `command-${commandsSaid}`, tenantId: 'acme', accountId: 'key_1', creditType: 'credits' };
  return { ...base, ...said };
}

/** What a test looks at: amounts as decimals, absent as undefined. */
export interface Seen {
  readonly status: Decision['status'];
  readonly code?: string;
  readonly requested?: string;
  readonly applied?: string;
  /** null: unlimited. */
  readonly balance?: string | null;
  readonly held?: string;
  readonly available?: string | null;
  readonly version?: string;
  /** `base` or the grant's id with what was given or taken, in order: `{ base: '-3', g1: '5' }`. */
  readonly allocations?: Readonly<Record<string, string>>;
  readonly message?: string;
  readonly decision: Decision;
}

/** Given some commands, when one more comes, then this is what it does. Invariants are checked after each. */
export class Scenario {
  readonly ledger: MemoryLedger;
  private now = START;

  constructor(private readonly creditType: CreditType) {
    this.ledger = new MemoryLedger([creditType]);
  }

  /** The account after everything said so far. */
  get account(): Account | undefined {
    return this.ledger.account('key_1', this.creditType.id);
  }

  /** What the account has, at the time of the last command or another. */
  has(at = this.now): Pick<Seen, 'balance' | 'held' | 'available'> {
    const { account } = this;
    if (account === undefined) throw new Error('there is no account');
    const { balance, held, available, unlimited } = balancesOf(account, at);
    const { scale } = this.creditType;
    return {
      balance: unlimited ? null : formatMinor(balance, scale),
      held: formatMinor(held, scale),
      available: unlimited ? null : formatMinor(available, scale),
    };
  }

  grant(grantId: string): Grant {
    return found(this.ledger.grants.get(grantId), grantId);
  }

  hold(holdId: string): Hold {
    return found(this.ledger.holds.get(holdId), holdId);
  }

  schedule(scheduleId: string): Schedule {
    return found(this.ledger.schedules.get(scheduleId), scheduleId);
  }

  /** Like `when`, but it must be applied. */
  given(...steps: readonly Step[]): this {
    for (const step of steps) {
      const [at, said] = isTimed(step) ? step : [this.now, step];
      const seen = this.when(said, at);
      if (seen.status === 'rejected' || seen.status === 'not-due') {
        throw new Error(`given ${said.type} is ${seen.status}: ${seen.code ?? ''} ${seen.message ?? ''}`);
      }
    }
    return this;
  }

  when(said: Said, at = this.now): Seen {
    this.now = at;
    return this.tell(command({ creditType: this.creditType.id, ...said }), at);
  }

  /** The scheduler's commands that are due by then, each applied when it was due (`late`: all of them then). */
  schedulerRuns(until: EpochMs, late = false): readonly Seen[] {
    const seen: Seen[] = [];
    for (;;) {
      const [next] = this.ledger.due(until);
      if (next === undefined) break;
      seen.push(this.tell(next, late ? until : dueTimeOf(next)));
      if (seen.length > 5_000) throw new Error('the scheduler has no end of work');
    }
    this.now = until;
    return seen;
  }

  private tell(said: Command, at: EpochMs): Seen {
    const decision = this.ledger.tell(said, at);
    const broken = brokenInvariants(this.ledger);
    if (broken.length > 0) throw new Error(`after ${said.type}: ${broken.join('; ')}`);
    return seenOf(decision, this.creditType.scale);
  }
}

/** An account in memory, after the given commands (all of which must be applied). */
export function given(...history: readonly Step[]): Scenario {
  return givenType({ id: 'credits', scale: 0, burnOrder: 'priority' }, ...history);
}

/** The same for an account of a credit type with other settings. */
export function givenType(creditType: CreditType, ...history: readonly Step[]): Scenario {
  return new Scenario(creditType).given(...history);
}

function isTimed(step: Step): step is readonly [EpochMs, Said] {
  return Array.isArray(step);
}

function found<T>(object: T | undefined, id: string): T {
  if (object === undefined) throw new Error(`there is no ${id}`);
  return object;
}

/** The first instant at which a scheduler's command is due. */
function dueTimeOf(work: Command): EpochMs {
  switch (work.type) {
    case 'account.refill':
      return Date.parse(work.date);
    case 'grant.activate':
      return work.effectiveAt;
    case 'schedule.apply':
      return work.periodStart;
    case 'grant.expire':
    case 'hold.expire':
      return work.expiresAt + 1;
    default:
      throw new Error(`${work.type} is none of the scheduler's`);
  }
}

function seenOf(decision: Decision, scale: number): Seen {
  switch (decision.status) {
    case 'not-due':
      return { status: 'not-due', message: decision.message, decision };
    case 'catalog':
      return { status: 'catalog', code: decision.code, decision };
    case 'rejected': {
      const { status, code, requested, message } = decision;
      return { status, code, requested, message, decision };
    }
    case 'applied': {
      const { status, code, after, requested, allocations } = decision;
      const parts = allocations.map(({ grantId, amount }) => [grantId ?? 'base', formatMinor(amount, scale)] as const);
      return {
        status,
        code,
        requested: requested === undefined ? undefined : formatMinor(requested, scale),
        applied: formatMinor(decision.applied, scale),
        balance: after.unlimited ? null : formatMinor(after.balance, scale),
        held: formatMinor(after.held, scale),
        available: after.unlimited ? null : formatMinor(after.available, scale),
        version: String(decision.account.version),
        allocations: Object.fromEntries(parts),
        decision,
      };
    }
  }
}
