import type { ApplySchedule, CreateSchedule, EndSchedule, UpdateSchedule } from '../../command.js';
import { DAY } from '../clock.js';
import { type Lot, type NaiveAccount, NotYet, type Plan, Refused } from './naive-account.js';
import type { Now } from './naive-credits.js';

/** Schedules that are one-time or daily in UTC from their start; the calendar has tests of its own. */
export function createSchedule(account: NaiveAccount, command: CreateSchedule, { at }: Now, isTaken: boolean): string {
  if (isTaken) throw new Refused('SCHEDULE_EXISTS');
  const start = command.start ?? at;
  const { expiry } = command;
  account.plans.push({
    id: command.scheduleId ?? '',
    size: Number(command.amount),
    every: command.cadence === 'one_time' ? null : (command.periodCount ?? 1) * DAY,
    start,
    end: command.end ?? null,
    expiry: expiry === undefined ? 'never' : expiry.type === 'duration' ? expiry.count * DAY : expiry.type,
    kind: command.kind ?? 'plan',
    prio: command.priority ?? null,
    percent: command.rollover?.percent ?? null,
    name: null,
    next: start,
    ended: false,
    last: null,
    carried: null,
  });
  return 'APPLIED';
}

function named(account: NaiveAccount, id: string): Plan {
  const plan = account.plan(id);
  if (plan === undefined) throw new Refused('SCHEDULE_NOT_FOUND');
  if (plan.ended) throw new Refused('SCHEDULE_ENDED');
  return plan;
}

export function updateSchedule(account: NaiveAccount, command: UpdateSchedule): string {
  const plan = named(account, command.scheduleId);
  const before = JSON.stringify([plan.name, plan.end]);
  if (command.name !== undefined) plan.name = command.name;
  if (command.end !== undefined) plan.end = command.end;
  return before === JSON.stringify([plan.name, plan.end]) ? 'NO_CHANGE' : 'APPLIED';
}

export function endSchedule(account: NaiveAccount, command: EndSchedule, { at }: Now): string {
  const plan = named(account, command.scheduleId);
  plan.end = Math.min(plan.end ?? Infinity, command.end ?? at);
  plan.ended = plan.next === null || plan.next >= plan.end;
  return 'APPLIED';
}

export function applySchedule(account: NaiveAccount, command: ApplySchedule, now: Now, came: number): string {
  const plan = account.plan(command.scheduleId);
  if (plan?.next !== command.periodStart || came < command.periodStart) throw new NotYet();
  if (!plan.ended && plan.end !== null && plan.next >= plan.end) throw new NotYet();
  if (plan.ended) return 'NO_CHANGE';
  const start = command.periodStart;
  const after = plan.every === null ? null : start + plan.every;
  plan.next = after;
  if (account.status === 'closed') {
    plan.ended = true;
    return 'NO_CHANGE';
  }
  const make = (
    id: string,
    nth: number,
    kind: Lot['kind'],
    size: number,
    prio: number | null,
    until: number | null,
  ): void => {
    const born = account.version + 1;
    const lot: Lot = { id, kind, state: 'live', voided: false, size, left: 0, prio, from: start, until, born, nth };
    account.lots.push(lot);
    account.fill(lot, now.at);
  };
  const before = account.moves.size;
  if (plan.percent !== null) {
    const old = plan.carried === null ? undefined : account.lot(plan.carried);
    if (old?.state === 'live') account.end(old);
    plan.carried = null;
    const last = plan.last === null ? undefined : account.lot(plan.last);
    if (last?.state === 'live') {
      const remains = last.until === null || last.until >= start ? account.free(last) : 0;
      account.end(last);
      const carried = Math.floor((remains * plan.percent) / 100);
      if (carried > 0) {
        plan.carried = `grant_${now.id}_1`;
        make(plan.carried, 1, 'rollover', carried, null, after);
      }
    }
  }
  // A one-time schedule without a period has no end of it.
  const until = plan.expiry === 'never' ? null : plan.expiry === 'period_end' ? after : start + plan.expiry;
  if (until !== null && now.at > until) {
    plan.last = null;
    return [...account.moves.values()].some((n) => n !== 0) && account.moves.size > before ? 'APPLIED' : 'NO_CHANGE';
  }
  plan.last = `grant_${now.id}_0`;
  make(plan.last, 0, plan.kind, plan.size, plan.prio, until);
  return 'APPLIED';
}
