import type { Account } from '../account.js';
import { Change } from '../change.js';
import type { EpochMs, UpdateSchedule } from '../command.js';
import type { Decision } from '../decision.js';
import type { Deciding, Undecided } from '../deciding.js';
import { sameMetadata } from '../settings.js';
import { isTemplate, type Schedule } from './schedule.js';
import { namedSchedule, namedTemplate, settled, settleGrants } from './state.js';

/**
 * `schedule.update`: name, metadata and end; everything else is fixed. A later end (or none) lets a completed
 * schedule go on with the period after its last; an earlier one cancels periods, inclusively. What was applied stays.
 */
export function updateSchedule(deciding: Deciding<UpdateSchedule>, account: Account): Decision {
  const { command, at } = deciding;
  const schedule = namedSchedule(deciding, account, command.scheduleId);
  if (schedule.status === 'rejected') return schedule;
  const next = updated(schedule, command, at);
  const change = new Change(deciding, account);
  const { scheduleId } = schedule;
  if (next === schedule) return change.finish('NO_CHANGE', undefined, { scheduleId });
  settleGrants(change, next);
  return change.finish('APPLIED', undefined, { schedule: next, scheduleId });
}

/** `schedule.update` of a template. */
export function updateTemplate(undecided: Undecided<UpdateSchedule>): Decision {
  const { command, cause, at } = undecided;
  const template = namedTemplate(undecided, command.scheduleId);
  if (template.status === 'rejected') return template;
  const next = updated(template, command, at);
  const unchanged = next === template;
  const schedule = unchanged ? { ...template, version: template.version + 1n, updatedAt: at } : next;
  const code = unchanged ? 'NO_CHANGE' : 'APPLIED';
  return { status: 'catalog', code, cause, at, changed: { kind: 'schedule', schedule } };
}

/** The same object when nothing changes. */
function updated(schedule: Schedule, command: UpdateSchedule, at: EpochMs): Schedule {
  const name = command.name === undefined ? schedule.name : command.name;
  const metadata = command.metadata === undefined ? schedule.metadata : command.metadata;
  const end = command.end === undefined ? schedule.end : command.end;
  if (name === schedule.name && end === schedule.end && sameMetadata(metadata, schedule.metadata)) return schedule;
  const next: Schedule = { ...schedule, name, metadata, end };
  return isTemplate(next) ? { ...next, version: next.version + 1n, updatedAt: at } : settled(next, at);
}
