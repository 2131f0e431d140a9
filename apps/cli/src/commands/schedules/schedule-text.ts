import { record, table } from '../../output/table.js';

/** A schedule or template as the gateway shows it (gateway, "Shapes"). */
export interface ScheduleShown {
  readonly scheduleId: string;
  /** null: a template. */
  readonly accountId: string | null;
  readonly creditType: string;
  readonly name: string | null;
  readonly scope: string;
  readonly status: string;
  readonly amount: string;
  readonly cadence: string;
  readonly period: string | null;
  readonly periodCount: number;
  readonly anchor: string;
  readonly start: string;
  readonly end: string | null;
  readonly expiry: unknown;
  readonly kind: string;
  readonly priority: number | null;
  readonly timeZone: string;
  readonly rollover: unknown;
  readonly metadata: unknown;
  readonly nextPeriodStart: string | null;
  readonly version: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One schedule, a line per field. */
export function scheduleText(schedule: ScheduleShown): string {
  return record([
    ['schedule', schedule.scheduleId],
    ['account', schedule.accountId ?? undefined],
    ['credit type', schedule.creditType],
    ['scope', schedule.scope],
    ['status', schedule.status],
    ['amount', schedule.amount],
    ['period', periodText(schedule)],
    ['next', schedule.nextPeriodStart],
    ['anchor', schedule.anchor],
    ['start', schedule.start],
    ['end', schedule.end ?? 'never'],
    ['time zone', schedule.timeZone],
    ['expiry', schedule.expiry],
    ['rollover', schedule.rollover],
    ['kind', schedule.kind],
    ['priority', schedule.priority],
    ['name', schedule.name],
    ['metadata', schedule.metadata],
    ['version', schedule.version],
    ['created', schedule.createdAt],
    ['updated', schedule.updatedAt],
  ]);
}

/** Schedules, a line each. */
export function schedulesText(schedules: readonly ScheduleShown[]): string {
  return table(
    [
      { title: 'SCHEDULE', value: (schedule) => schedule.scheduleId },
      { title: 'SCOPE', value: (schedule) => schedule.scope },
      { title: 'STATUS', value: (schedule) => schedule.status },
      { title: 'AMOUNT', value: (schedule) => schedule.amount, align: 'right' },
      { title: 'PERIOD', value: periodText },
      { title: 'NEXT', value: (schedule) => schedule.nextPeriodStart },
      { title: 'END', value: (schedule) => schedule.end ?? 'never' },
      { title: 'NAME', value: (schedule) => schedule.name },
    ],
    schedules,
  );
}

function periodText({ period, periodCount }: ScheduleShown): string {
  if (period === null) return 'once';
  return periodCount === 1 ? period : `${periodCount} × ${period}`;
}
