import { flag, whole } from '../kinds.js';
import { withDefault, type Values } from '../variable.js';

/** How the worker looks for what has become due. */
export const SCHEDULER_VARIABLES = {
  SCHEDULER_ENABLED: withDefault(
    flag,
    'true',
    'Let this worker publish the commands of what has become due: refills, schedules, expiries. One worker does so at a time.',
  ),
  SCHEDULER_INTERVAL_MS: withDefault(whole(100, 60_000, 'ms'), '1000', 'How often it looks for due work.'),
  SCHEDULER_PAGE_SIZE: withDefault(whole(1, 10_000), '1000', 'Due items that it reads and publishes at a time.'),
} as const;

export interface SchedulerConfig {
  readonly enabled: boolean;
  readonly intervalMs: number;
  readonly pageSize: number;
}

export function schedulerConfig(values: Values<typeof SCHEDULER_VARIABLES>): SchedulerConfig {
  return {
    enabled: values.SCHEDULER_ENABLED,
    intervalMs: values.SCHEDULER_INTERVAL_MS,
    pageSize: values.SCHEDULER_PAGE_SIZE,
  };
}
