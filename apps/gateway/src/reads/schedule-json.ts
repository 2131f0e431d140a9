import { type ShownSchedule, shownSchedule } from '@app/contracts';
import type { ScheduleStatus } from '@app/domain';
import type { ScheduleView } from '@app/store';

export const SCHEDULE_STATUSES = ['active', 'completed', 'ended'] as const satisfies readonly ScheduleStatus[];

/** A schedule or template as it is answered (gateway, "Shapes"). */
export function scheduleJson({ schedule, scale }: ScheduleView): ShownSchedule {
  return shownSchedule(schedule, scale);
}
