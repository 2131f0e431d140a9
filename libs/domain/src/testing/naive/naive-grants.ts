import type { ActivateGrant, CreateGrant, ExpireGrant, UpdateGrant, VoidGrant } from '../../command.js';
import { isPast, type Lot, type NaiveAccount, NotYet, Refused } from './naive-account.js';
import type { Now } from './naive-credits.js';

export function createGrant(account: NaiveAccount, command: CreateGrant, { at, id }: Now, isTaken: boolean): string {
  const from = command.effectiveAt ?? at;
  const until = command.expiresAt ?? null;
  if (until !== null && (until < at || until < from)) throw new Refused('LIMIT_EXCEEDED');
  if (isTaken) throw new Refused('GRANT_EXISTS');
  const size = Number(command.amount);
  const lot: Lot = {
    id: command.grantId ?? `grant_${id}_0`,
    kind: command.kind ?? 'purchased',
    state: 'waiting',
    voided: false,
    size,
    left: size,
    prio: command.priority ?? null,
    from,
    until,
    born: account.version + 1,
    nth: 0,
  };
  account.lots.push(lot);
  if (from <= at) account.fill(lot, at);
  return 'APPLIED';
}

function named(account: NaiveAccount, id: string): Lot {
  const lot = account.lot(id);
  if (lot === undefined) throw new Refused('GRANT_NOT_FOUND');
  return lot;
}

export function updateGrant(account: NaiveAccount, command: UpdateGrant, { at }: Now): string {
  const lot = named(account, command.grantId);
  if (lot.state === 'gone' || isPast(lot, at)) throw new Refused('GRANT_NOT_OPEN');
  const { prio, until } = lot;
  if (command.priority !== undefined) lot.prio = command.priority;
  if (command.expiresAt !== undefined) lot.until = command.expiresAt;
  if (lot.until !== null && lot.until < lot.from) throw new Refused('LIMIT_EXCEEDED');
  return prio === lot.prio && until === lot.until ? 'NO_CHANGE' : 'APPLIED';
}

export function voidGrant(account: NaiveAccount, command: VoidGrant, { at }: Now): string {
  const lot = named(account, command.grantId);
  if (lot.voided) return 'NO_CHANGE';
  if (lot.state === 'gone' || isPast(lot, at)) throw new Refused('GRANT_NOT_OPEN');
  account.end(lot);
  lot.voided = true;
  return 'APPLIED';
}

export function activateGrant(account: NaiveAccount, command: ActivateGrant, { at }: Now, came: number): string {
  const lot = account.lot(command.grantId);
  if (lot?.from !== command.effectiveAt || came < lot.from) throw new NotYet();
  if (lot.state !== 'waiting' || account.status === 'closed') return 'NO_CHANGE';
  account.fill(lot, at);
  return 'APPLIED';
}

export function expireGrant(account: NaiveAccount, command: ExpireGrant, came: number): string {
  const lot = account.lot(command.grantId);
  if (lot?.until !== command.expiresAt || came <= command.expiresAt || lot.state === 'waiting') throw new NotYet();
  if (lot.state === 'gone' || lot.left === 0 || account.status === 'closed') return 'NO_CHANGE';
  const { until } = lot;
  const rolls = account.plans.some(
    (plan) =>
      !plan.ended &&
      plan.percent !== null &&
      plan.next !== null &&
      (plan.end === null || plan.next < plan.end) &&
      plan.next <= until &&
      (plan.last === lot.id || plan.carried === lot.id),
  );
  if (rolls) throw new NotYet();
  account.end(lot);
  return 'APPLIED';
}
