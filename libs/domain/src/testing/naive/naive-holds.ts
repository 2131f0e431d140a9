import type { CaptureHold, CreateHold, ExpireHold, ExtendHold, ReleaseHold } from '../../command.js';
import { DAY, MINUTE } from '../clock.js';
import { type Lock, type NaiveAccount, NotYet, Refused } from './naive-account.js';
import { allowed, type Now } from './naive-credits.js';

/** Locks one credit at a time. */
function reserve(account: NaiveAccount, lock: Lock, n: number, { at, order }: Now): void {
  for (let count = 0; count < n; count += 1) {
    const from = account.drawable(at, order)[0]?.id ?? null;
    const part = lock.parts.find((one) => one.from === from);
    if (part === undefined) lock.parts.push({ from, n: 1 });
    else part.n += 1;
  }
}

function fundable(account: NaiveAccount, n: number, partial: boolean | undefined, at: number): number {
  const there = account.available(at) - account.floor;
  if (n <= there) return n;
  if (partial !== true) throw new Refused('INSUFFICIENT_CREDITS');
  return Math.max(0, there);
}

function checkUntil(until: number, at: number): void {
  if (until <= at || until > at + DAY) throw new Refused('LIMIT_EXCEEDED');
}

export function createHold(account: NaiveAccount, command: CreateHold, now: Now, isTaken: boolean): string {
  if (isTaken) throw new Refused('HOLD_EXISTS');
  const until = command.expiresAt ?? now.at + 5 * MINUTE;
  checkUntil(until, now.at);
  const wanted = Number(command.amount);
  const size = account.unlimited ? wanted : fundable(account, wanted, command.partial, now.at);
  if (size === 0) throw new Refused('INSUFFICIENT_CREDITS');
  const lock: Lock = { id: command.holdId ?? `hold_${now.id}_0`, state: 'open', size, used: 0, parts: [], until };
  account.locks.push(lock);
  if (!account.unlimited) reserve(account, lock, size, now);
  return size === wanted ? 'APPLIED' : 'APPLIED_PARTIALLY';
}

function named(account: NaiveAccount, id: string, at: number): Lock {
  const lock = account.lock(id);
  if (lock === undefined) throw new Refused('HOLD_NOT_FOUND');
  if (lock.state !== 'open' || at > lock.until) throw new Refused('HOLD_NOT_OPEN');
  return lock;
}

export function captureHold(account: NaiveAccount, command: CaptureHold, now: Now): string {
  const lock = named(account, command.holdId, now.at);
  const wanted = Number(command.amount);
  const reserved = lock.parts.reduce((sum, { n }) => sum + n, 0);
  const left = account.unlimited ? Math.max(0, lock.size - lock.used) : reserved;
  if (wanted > left && command.overage === undefined) throw new Refused('HOLD_EXCEEDED');
  const excess = account.unlimited ? 0 : Math.max(0, wanted - left);
  const charged = excess === 0 ? 0 : allowed(account, excess, command.onInsufficient, now.at);
  for (let count = 0; count < wanted - excess; count += 1) {
    const [part] = lock.parts;
    if (part === undefined) break;
    part.n -= 1;
    if (part.n === 0) lock.parts.shift();
    if (part.from !== null || !account.unlimited) account.move(part.from, -1);
  }
  lock.used += wanted - excess + charged;
  if (command.final === true || lock.used >= lock.size) {
    lock.state = 'captured';
    account.unlock(lock);
  }
  account.take(charged, now.at, now.order);
  return charged === excess ? 'APPLIED' : 'APPLIED_PARTIALLY';
}

export function extendHold(account: NaiveAccount, command: ExtendHold, now: Now): string {
  const lock = named(account, command.holdId, now.at);
  const until = Math.max(lock.until, command.expiresAt ?? 0);
  if (until > lock.until) checkUntil(until, now.at);
  const wanted = Number(command.amount ?? 0);
  const added = wanted === 0 || account.unlimited ? wanted : fundable(account, wanted, command.partial, now.at);
  if (added === 0 && until === lock.until) return 'NO_CHANGE';
  if (!account.unlimited) reserve(account, lock, added, now);
  lock.size += added;
  lock.until = until;
  return added === wanted ? 'APPLIED' : 'APPLIED_PARTIALLY';
}

export function releaseHold(account: NaiveAccount, command: ReleaseHold, { at }: Now): string {
  const lock = named(account, command.holdId, at);
  lock.state = 'released';
  account.unlock(lock);
  return 'APPLIED';
}

export function expireHold(account: NaiveAccount, command: ExpireHold, came: number): string {
  const lock = account.lock(command.holdId);
  if (lock?.until !== command.expiresAt || came <= lock.until) throw new NotYet();
  if (lock.state !== 'open') return 'NO_CHANGE';
  lock.state = 'expired';
  account.unlock(lock);
  return 'APPLIED';
}
