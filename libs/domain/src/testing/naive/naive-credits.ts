import type { BurnOrder, Delta, InsufficientPolicy, ResetAccount, ReverseEntry, SetBalance } from '../../command.js';
import { DAY } from '../clock.js';
import { isPast, type Lot, type NaiveAccount, Refused } from './naive-account.js';

/** What the present command is told beside itself. */
export interface Now {
  readonly at: number;
  readonly order: BurnOrder;
  /** Id of the command, from which ids of what it makes come. */
  readonly id: string;
}

/** How much may be taken. */
export function allowed(account: NaiveAccount, n: number, own: InsufficientPolicy | undefined, at: number): number {
  const policy = own ?? account.policy ?? 'reject';
  if (policy === 'allow') return n;
  const floor = typeof policy === 'object' ? Number(policy.downTo) : account.floor;
  if (account.available(at) - n >= floor) return n;
  if (policy !== 'clamp') throw new Refused('INSUFFICIENT_CREDITS');
  return Math.max(0, account.available(at) - floor);
}

export function delta(account: NaiveAccount, command: Delta, { at, order }: Now): string {
  const n = Number(command.delta);
  if (account.unlimited) throw new Refused('ACCOUNT_UNLIMITED');
  if (n === 0) return 'NO_CHANGE';
  if (n > 0) {
    account.move(null, n);
    return 'APPLIED';
  }
  const taken = allowed(account, -n, command.onInsufficient, at);
  account.take(taken, at, order);
  return taken === -n ? 'APPLIED' : 'APPLIED_PARTIALLY';
}

export function set(account: NaiveAccount, command: SetBalance, { at }: Now): string {
  if (command.value === null) {
    if (account.unlimited && account.refill === null) return 'NO_CHANGE';
    account.move(null, -account.base);
    account.unlimited = true;
    account.refill = null;
    return 'APPLIED';
  }
  const difference = Number(command.value) - account.available(at);
  if (difference === 0 && !account.unlimited) return 'NO_CHANGE';
  account.unlimited = false;
  account.move(null, difference);
  return 'APPLIED';
}

/** `reset` with grants that open at once and never expire, or with a value. */
export function reset(account: NaiveAccount, command: ResetAccount, { at, id }: Now): string {
  const carries = (n: number): number => {
    const { rollover } = command;
    if (rollover === undefined || rollover === null || n <= 0) return 0;
    return Math.min(
      Math.floor((n * rollover.percent) / 100),
      rollover.cap === undefined ? Infinity : Number(rollover.cap),
    );
  };
  const born = account.version + 1;
  const make = (lotId: string, nth: number, kind: Lot['kind'], size: number): void => {
    const lot: Lot = {
      id: lotId,
      kind,
      state: 'live',
      voided: false,
      size,
      left: 0,
      prio: null,
      from: at,
      until: null,
      born,
      nth,
    };
    account.lots.push(lot);
    account.fill(lot, at);
  };
  const endAll = (kind: Lot['kind']): void => {
    for (const lot of account.lots) if (lot.kind === kind && lot.state === 'live' && lot.left > 0) account.end(lot);
  };
  const grants = command.grants ?? [];
  const rollId = `grant_${id}_${grants.length}`;
  if (command.value !== undefined) {
    if (account.unlimited) throw new Refused('ACCOUNT_UNLIMITED');
    const free = account.base - account.locked(null);
    endAll('rollover');
    account.move(null, Number(command.value) - free);
    if (carries(free) > 0) make(rollId, grants.length, 'rollover', carries(free));
    return 'APPLIED';
  }
  const names = grants.map((grant, index) => grant.grantId ?? `grant_${id}_${index}`);
  const isTwice = new Set([...names, rollId]).size <= names.length;
  if (isTwice || names.some((name) => account.lot(name) !== undefined)) throw new Refused('GRANT_EXISTS');
  const plans = account.lots.filter((lot) => lot.kind === 'plan' && lot.state === 'live' && !isPast(lot, at));
  const carried = carries(plans.reduce((sum, lot) => sum + account.free(lot), 0));
  endAll('rollover');
  endAll('plan');
  if (carried > 0) make(rollId, grants.length, 'rollover', carried);
  for (const [index, grant] of grants.entries()) {
    make(grant.grantId ?? `grant_${id}_${index}`, index, grant.kind ?? 'plan', Number(grant.amount));
  }
  return 'APPLIED';
}

/** What the bank remembers of an entry, credit by credit in the order in which they were moved. */
export interface Remembered {
  readonly account: NaiveAccount;
  readonly cause: string;
  readonly applied: number;
  readonly moves: readonly (readonly [from: string | null, n: number])[];
  reversed: number;
}

const CAUSES = ['credit.delta', 'credit.set', 'hold.capture', 'account.reset'];

export function reverse(
  account: NaiveAccount,
  command: ReverseEntry,
  { at, order, id }: Now,
  original: Remembered | undefined,
): string {
  if (original?.account !== account) throw new Refused('ORIGINAL_NOT_FOUND');
  if (!CAUSES.includes(original.cause)) throw new Refused('NOT_REVERSIBLE');
  if (account.unlimited) throw new Refused('ACCOUNT_UNLIMITED');
  const size = Math.abs(original.applied);
  const left = size - original.reversed;
  const n = command.amount === undefined ? left : Number(command.amount);
  if (n > left || (n === 0 && size > 0)) throw new Refused('REVERSAL_EXCEEDS_ORIGINAL');
  if (n === 0) return 'NO_CHANGE';
  const sign = Math.sign(original.applied);
  // One credit after the other, the newest first, without those that were reversed before.
  const credits = original.moves.flatMap(([from, m]) =>
    m * sign > 0 ? Array<string | null>(m * sign).fill(from) : [],
  );
  const next = credits.reverse().slice(original.reversed, original.reversed + n);
  if (sign > 0) return takeBack(account, command, { at, order, id }, original, next);

  original.reversed += n;
  let orphans = 0;
  for (const from of next) {
    const lot = from === null ? undefined : account.lot(from);
    if (lot !== undefined && (lot.state === 'gone' || isPast(lot, at))) orphans += 1;
    else account.move(from, 1);
  }
  if (orphans === 0) return 'APPLIED';
  if (command.onExpiredGrant === 'forfeit') return 'APPLIED_PARTIALLY';
  const adjustment: Lot = {
    id: `grant_${id}_0`,
    kind: 'adjustment',
    state: 'live',
    voided: false,
    size: orphans,
    left: 0,
    prio: null,
    from: at,
    until: at + 30 * DAY,
    born: account.version + 1,
    nth: 0,
  };
  account.lots.push(adjustment);
  account.fill(adjustment, at);
  return 'APPLIED';
}

function takeBack(
  account: NaiveAccount,
  command: ReverseEntry,
  { at, order }: Now,
  original: Remembered,
  credits: readonly (string | null)[],
): string {
  const n = allowed(account, credits.length, command.onInsufficient, at);
  original.reversed += n;
  let elsewhere = 0;
  for (const from of credits.slice(0, n)) {
    const lot = from === null ? undefined : account.lot(from);
    const isThere =
      from === null
        ? account.base - account.locked(null) > 0
        : lot?.state === 'live' && !isPast(lot, at) && account.free(lot) > 0;
    if (isThere) account.move(from, -1);
    else elsewhere += 1;
  }
  account.take(elsewhere, at, order);
  return n === credits.length ? 'APPLIED' : 'APPLIED_PARTIALLY';
}
