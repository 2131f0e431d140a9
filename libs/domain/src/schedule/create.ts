import type { Account } from '../account.js';
import { isTimeZone } from '../calendar.js';
import { Change } from '../change.js';
import type { CreateSchedule } from '../command.js';
import type { Decision, Rejected } from '../decision.js';
import { creditTypeNotFound, type Deciding, positiveAmountOf, quoted, rejected, type Undecided } from '../deciding.js';
import { scheduleIdOf } from '../ids.js';
import { rolloverOf } from '../rollover.js';
import { firstPeriod } from './periods.js';
import { isTemplate, type Schedule } from './schedule.js';
import { settled } from './state.js';

/**
 * `schedule.create` with scope `account`: nothing is given yet; each period, the first too, is applied by its own
 * command when it starts. The first is the earliest that doesn't start before `start`.
 */
export function createSchedule(deciding: Deciding<CreateSchedule>, account: Account): Decision {
  const schedule = describedSchedule(deciding, account.accountId);
  if (schedule.status === 'rejected') return schedule;
  return new Change(deciding, account).finish('APPLIED', undefined, { schedule, scheduleId: schedule.scheduleId });
}

/** `schedule.create` with scope `plan` or `addon`: a template in the catalogue, without effect. */
export function createTemplate(undecided: Undecided<CreateSchedule>): Decision {
  const { creditType } = undecided.state;
  if (creditType === undefined || (creditType.deletedAt ?? null) !== null) return creditTypeNotFound(undecided);
  const schedule = describedSchedule({ ...undecided, creditType }, '');
  if (schedule.status === 'rejected') return schedule;
  const { cause, at } = undecided;
  return { status: 'catalog', code: 'APPLIED', cause, at, changed: { kind: 'schedule', schedule } };
}

function describedSchedule(deciding: Deciding<CreateSchedule>, accountId: string): Schedule | Rejected {
  const { command, creditType, state, at } = deciding;
  const amount = positiveAmountOf(deciding, 'amount', command.amount);
  if (typeof amount !== 'bigint') return amount;
  const rollover = rolloverOf(deciding, command.rollover);
  if (rollover !== null && 'status' in rollover) return rollover;
  const scheduleId = scheduleIdOf(command, state.deriveId);
  if (state.takenIds?.has(scheduleId)) {
    const message = `scheduleId ${quoted(scheduleId)} belongs to another schedule`;
    return rejected(deciding, 'SCHEDULE_EXISTS', message, { scheduleId });
  }
  assertCalendar(command);
  const start = command.start ?? at;
  const schedule: Schedule = {
    scheduleId,
    accountId,
    creditType: creditType.id,
    name: command.name ?? null,
    scope: command.scope ?? 'account',
    status: 'active',
    amount,
    cadence: command.cadence,
    period: command.period ?? null,
    periodCount: command.periodCount ?? 1,
    anchor: command.anchor ?? start,
    start,
    end: command.end ?? null,
    expiry: command.expiry ?? creditType.defaultExpiry ?? { type: 'never' },
    kind: command.kind ?? 'plan',
    priority: command.priority ?? null,
    timeZone: command.timeZone ?? 'UTC',
    rollover,
    metadata: command.metadata ?? null,
    nextIndex: null,
    nextStart: null,
    lastGrantId: null,
    carriedGrantId: null,
    version: 0n,
    createdAt: at,
    updatedAt: at,
    dueAt: null,
  };
  if (isTemplate(schedule)) return { ...schedule, version: 1n };
  const first = firstPeriod(schedule);
  return settled({ ...schedule, nextIndex: first?.index ?? null, nextStart: first?.start ?? null }, at);
}

/** @throws Error for what a decoder lets no command say. */
function assertCalendar({ cadence, period, periodCount, timeZone }: CreateSchedule): void {
  if (cadence === 'recurring' && period === undefined) throw new Error('a recurring schedule needs a period');
  if (periodCount !== undefined && !(Number.isSafeInteger(periodCount) && periodCount > 0)) {
    throw new Error(`periodCount must be a whole number above 0, is ${periodCount}`);
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) throw new Error(`timeZone ${quoted(timeZone)} is not known`);
}
