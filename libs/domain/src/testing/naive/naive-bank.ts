import {
  BURN_ORDERS,
  type Command,
  type ConfigureAccount,
  type OpenAccount,
  type RefillAccount,
} from '../../command.js';
import { NaiveAccount, NotYet, Refused } from './naive-account.js';
import { delta, type Now, type Remembered, reset, reverse, set } from './naive-credits.js';
import { activateGrant, createGrant, expireGrant, updateGrant, voidGrant } from './naive-grants.js';
import { captureHold, createHold, expireHold, extendHold, releaseHold } from './naive-holds.js';
import { applySchedule, createSchedule, endSchedule, updateSchedule } from './naive-schedules.js';

/** What both the naive bank and `decide` can say about a command. */
export interface Outcome {
  readonly code: string;
  readonly applied?: number;
  readonly moves?: Readonly<Record<string, number>>;
  readonly balance?: number;
  readonly held?: number;
  readonly available?: number;
  readonly unlimited?: boolean;
  readonly version?: number;
}

const DUE = new Set(['account.refill', 'grant.activate', 'grant.expire', 'schedule.apply', 'hold.expire']);

/** All accounts of a tenant whose credit types have scale 0 and burn by priority. Beside the built-in type there may be `gold`. */
export class NaiveBank {
  readonly accounts = new Map<string, NaiveAccount>();
  private readonly first = new Map<string, Outcome>();
  private readonly entries = new Map<string, Remembered>();
  private gold: { deleted: boolean; text: string; version: number } | undefined;

  /** `id`: the command's own, or what the scheduler's is derived from. */
  tell(command: Command, id: string, came: number): Outcome {
    const known = this.first.get(id);
    if (known !== undefined) return known;
    const outcome = this.act(command, id, came);
    if (outcome.code !== 'not-due') this.first.set(id, outcome);
    return outcome;
  }

  private act(command: Command, id: string, came: number): Outcome {
    try {
      return command.type.startsWith('credit-type.') ? this.catalog(command) : this.onAccount(command, id, came);
    } catch (error) {
      if (error instanceof NotYet) return { code: 'not-due' };
      if (error instanceof Refused) return { code: error.code };
      throw error;
    }
  }

  private catalog(command: Command): Outcome {
    const { gold } = this;
    if (command.expectedVersion !== undefined && Number(command.expectedVersion) !== (gold?.version ?? 0)) {
      throw new Refused('VERSION_CONFLICT');
    }
    const version = (gold?.version ?? 0) + 1;
    if (command.type === 'credit-type.put') {
      if (command.scale !== 0) {
        if (gold !== undefined) throw new Refused('CREDIT_TYPE_CONFLICT');
        throw new Error('the naive bank has no decimals');
      }
      const text = command.name ?? '';
      this.gold = { deleted: false, text, version };
      return { code: gold?.text === text && !gold.deleted ? 'NO_CHANGE' : 'APPLIED' };
    }
    if (gold === undefined || gold.deleted) throw new Refused('CREDIT_TYPE_NOT_FOUND');
    this.gold = { ...gold, deleted: true, version };
    return { code: 'APPLIED' };
  }

  private onAccount(command: Command, id: string, came: number): Outcome {
    const key = `${command.creditType}/${command.accountId}`;
    const known = this.accounts.get(key);
    const account = known ?? new NaiveAccount();
    const at = Math.max(came, account.last);
    const isDue = DUE.has(command.type);
    if (isDue && known === undefined) throw new NotYet();
    if (!isDue) this.check(command, known);

    account.moves = new Map();
    const undo = structuredClone(Object.assign({}, account));
    const now: Now = { at, order: account.order ?? BURN_ORDERS[0], id };
    let code: string;
    try {
      code = this.perform(command, account, known === undefined, now, came);
    } catch (error) {
      Object.assign(account, undo);
      throw error;
    }
    this.accounts.set(key, account);
    account.version += 1;
    account.last = at;
    const moves = [...account.moves].filter(([, n]) => n !== 0);
    const applied = moves.reduce((sum, [, n]) => sum + n, 0);
    this.entries.set(id, { account, cause: command.type, applied, moves, reversed: 0 });
    return {
      code,
      applied,
      moves: Object.fromEntries(moves.map(([from, n]) => [from ?? 'base', n])),
      balance: account.balance,
      held: account.held,
      available: account.available(at),
      unlimited: account.unlimited,
      version: account.version,
    };
  }

  private check(command: Command, account: NaiveAccount | undefined): void {
    if (command.creditType === 'gold' && (this.gold === undefined || this.gold.deleted)) {
      throw new Refused('CREDIT_TYPE_NOT_FOUND');
    }
    if (account === undefined && command.type !== 'account.open') throw new Refused('ACCOUNT_NOT_FOUND');
    if (account?.status === 'closed') throw new Refused('ACCOUNT_CLOSED');
    const isThaw = command.type === 'account.configure' && command.status !== undefined;
    if (account?.status === 'frozen' && !isThaw) throw new Refused('ACCOUNT_FROZEN');
    if (command.expectedVersion !== undefined && Number(command.expectedVersion) !== (account?.version ?? 0)) {
      throw new Refused('VERSION_CONFLICT');
    }
  }

  private perform(command: Command, account: NaiveAccount, isNew: boolean, now: Now, came: number): string {
    const all = [...this.accounts.values(), account];
    switch (command.type) {
      case 'account.open':
        return isNew ? openNew(account, command) : openAgain(account, command);
      case 'account.configure':
        return configure(account, command);
      case 'account.refill':
        return refill(account, command, now.at, came);
      case 'account.reset':
        return reset(account, command, now);
      case 'credit.delta':
        return delta(account, command, now);
      case 'credit.set':
        return set(account, command, now);
      case 'credit.reverse':
        return reverse(account, command, now, this.entries.get(command.reverses));
      case 'grant.create':
        return createGrant(
          account,
          command,
          now,
          all.some((one) => one.lot(command.grantId ?? '') !== undefined),
        );
      case 'grant.update':
        return updateGrant(account, command, now);
      case 'grant.void':
        return voidGrant(account, command, now);
      case 'grant.activate':
        return activateGrant(account, command, now, came);
      case 'grant.expire':
        return expireGrant(account, command, came);
      case 'schedule.create':
        return createSchedule(
          account,
          command,
          now,
          all.some((one) => one.plan(command.scheduleId ?? '') !== undefined),
        );
      case 'schedule.update':
        return updateSchedule(account, command);
      case 'schedule.end':
        return endSchedule(account, command, now);
      case 'schedule.apply':
        return applySchedule(account, command, now, came);
      case 'hold.create':
        return createHold(
          account,
          command,
          now,
          all.some((one) => one.lock(command.holdId ?? '') !== undefined),
        );
      case 'hold.capture':
        return captureHold(account, command, now);
      case 'hold.extend':
        return extendHold(account, command, now);
      case 'hold.release':
        return releaseHold(account, command, now);
      case 'hold.expire':
        return expireHold(account, command, came);
      default:
        throw new Error(`${command.type} is not about an account`);
    }
  }
}

function settings(command: OpenAccount): string {
  const { initial = '0', floor, onInsufficient, burnOrder, refill: asked } = command;
  return JSON.stringify([
    initial && Number(initial),
    Number(floor ?? 0),
    onInsufficient ?? null,
    burnOrder ?? null,
    asked ? Number(asked.amount) : null,
  ]);
}

function openNew(account: NaiveAccount, command: OpenAccount): string {
  const initial = command.initial === null ? null : Number(command.initial ?? 0);
  account.opened = initial;
  account.unlimited = initial === null;
  account.floor = Number(command.floor ?? 0);
  account.policy = command.onInsufficient ?? null;
  account.order = command.burnOrder ?? null;
  account.refill = command.refill ? Number(command.refill.amount) : null;
  account.move(null, initial ?? 0);
  return 'APPLIED';
}

function openAgain(account: NaiveAccount, command: OpenAccount): string {
  const now = JSON.stringify([account.opened, account.floor, account.policy, account.order, account.refill]);
  if (now !== settings(command)) throw new Refused('ACCOUNT_EXISTS');
  return 'NO_CHANGE';
}

/** Refills are daily here. */
function configure(account: NaiveAccount, command: ConfigureAccount): string {
  if (command.status === 'closed' && account.locks.some(({ state }) => state === 'open'))
    throw new Refused('HOLD_OPEN');
  const look = () => JSON.stringify([account.floor, account.policy, account.order, account.refill, account.status]);
  const before = look();
  if (command.floor !== undefined) account.floor = Number(command.floor ?? 0);
  if (command.onInsufficient !== undefined) account.policy = command.onInsufficient;
  if (command.burnOrder !== undefined) account.order = command.burnOrder;
  if (command.refill !== undefined) account.refill = command.refill === null ? null : Number(command.refill.amount);
  if (command.status !== undefined) account.status = command.status;
  return before === look() ? 'NO_CHANGE' : 'APPLIED';
}

function refill(account: NaiveAccount, command: RefillAccount, at: number, came: number): string {
  if (account.refill === null || Date.parse(command.date) > came) throw new NotYet();
  const missing = account.refill - account.available(at);
  if (account.status === 'closed' || account.unlimited || missing <= 0) return 'NO_CHANGE';
  account.move(null, missing);
  return 'APPLIED';
}
