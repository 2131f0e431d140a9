import type { Account } from '../account.js';
import { Change } from '../change.js';
import type { EndSchedule, EpochMs } from '../command.js';
import type { Decision } from '../decision.js';
import type { Deciding, Undecided } from '../deciding.js';
import type { Schedule } from './schedule.js';
import { namedSchedule, namedTemplate, settled, settleGrants } from './state.js';

/**
 * `schedule.end`: cancels the periods at or after an instant (default: `at`); credits that were applied are not
 * taken back. With periods left before that instant the schedule goes on till then, else it is ended, for ever.
 */
export function endSchedule(deciding: Deciding<EndSchedule>, account: Account): Decision {
  const { command, at } = deciding;
  const schedule = namedSchedule(deciding, account, command.scheduleId);
  if (schedule.status === 'rejected') return schedule;
  const next = ended(schedule, command, at);
  const change = new Change(deciding, account);
  settleGrants(change, next);
  return change.finish('APPLIED', undefined, { schedule: next, scheduleId: schedule.scheduleId });
}

/** `schedule.end` of a template. */
export function endTemplate(undecided: Undecided<EndSchedule>): Decision {
  const { command, cause, at } = undecided;
  const template = namedTemplate(undecided, command.scheduleId);
  if (template.status === 'rejected') return template;
  const schedule = ended({ ...template, nextStart: null }, command, at);
  return { status: 'catalog', code: 'APPLIED', cause, at, changed: { kind: 'schedule', schedule } };
}

/** An end that lies before the given one stays. */
function ended(schedule: Schedule, command: EndSchedule, at: EpochMs): Schedule {
  const asked = command.end ?? at;
  const end = schedule.end === null || asked < schedule.end ? asked : schedule.end;
  const goesOn = schedule.nextStart !== null && schedule.nextStart < end;
  return settled({ ...schedule, end, status: goesOn ? schedule.status : 'ended' }, at);
}
