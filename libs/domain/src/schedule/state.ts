import type { Account } from '../account.js';
import type { Change } from '../change.js';
import type { EpochMs } from '../command.js';
import type { Rejected } from '../decision.js';
import { quoted, rejected, type Undecided } from '../deciding.js';
import { grantDueAt } from '../grant/grant.js';
import type { Period } from './periods.js';
import { isTemplate, type Schedule } from './schedule.js';

/** The schedule with its status and due time as its next period and its end make them; an ended one stays ended. */
export function settled(schedule: Schedule, at: EpochMs): Schedule {
  const { nextStart, end } = schedule;
  const goesOn = nextStart !== null && (end === null || nextStart < end);
  const status = schedule.status === 'ended' ? 'ended' : goesOn ? 'active' : 'completed';
  const dueAt = status === 'active' && !isTemplate(schedule) ? nextStart : null;
  return { ...schedule, status, dueAt, version: schedule.version + 1n, updatedAt: at };
}

/** The schedule after a period was applied or skipped; `next` undefined: there is none after it. */
export function advanced(schedule: Schedule, next: Period | undefined, at: EpochMs): Schedule {
  return settled({ ...schedule, nextIndex: next?.index ?? null, nextStart: next?.start ?? null }, at);
}

/**
 * Tells the grants that the next period would carry and end when that is, or that they have to expire by
 * themselves because none comes.
 */
export function settleGrants(change: Change, schedule: Schedule): void {
  const rollsAt = schedule.status === 'active' && schedule.rollover !== null ? schedule.nextStart : null;
  for (const grantId of [schedule.lastGrantId, schedule.carriedGrantId]) {
    const grant = grantId === null ? undefined : change.grant(grantId);
    if (grant === undefined || grant.rollsAt === rollsAt || (grant.status !== 'open' && grant.status !== 'exhausted')) {
      continue;
    }
    const next = { ...grant, rollsAt };
    change.putGrant({ ...next, dueAt: grantDueAt(next) });
  }
}

/** The account's schedule that a command names, or `SCHEDULE_NOT_FOUND`, or `SCHEDULE_ENDED`. */
export function namedSchedule(deciding: Undecided, account: Account, scheduleId: string): Schedule | Rejected {
  const schedule = deciding.state.schedule;
  const found =
    schedule?.scheduleId === scheduleId &&
    !isTemplate(schedule) &&
    schedule.accountId === account.accountId &&
    schedule.creditType === account.creditType;
  if (!found) return notFound(deciding, `account ${quoted(account.accountId)}`, scheduleId);
  return schedule.status === 'ended' ? hasEnded(deciding, scheduleId) : schedule;
}

/** The template that a command names, or `SCHEDULE_NOT_FOUND`, or `SCHEDULE_ENDED`. */
export function namedTemplate(undecided: Undecided, scheduleId: string): Schedule | Rejected {
  const schedule = undecided.state.schedule;
  if (schedule?.scheduleId !== scheduleId || !isTemplate(schedule)) {
    return notFound(undecided, 'the catalogue', scheduleId);
  }
  return schedule.status === 'ended' ? hasEnded(undecided, scheduleId) : schedule;
}

function notFound(undecided: Undecided, where: string, scheduleId: string): Rejected {
  return rejected(undecided, 'SCHEDULE_NOT_FOUND', `${where} has no schedule ${quoted(scheduleId)}`, { scheduleId });
}

function hasEnded(undecided: Undecided, scheduleId: string): Rejected {
  return rejected(undecided, 'SCHEDULE_ENDED', `schedule ${quoted(scheduleId)} has been ended`, { scheduleId });
}
