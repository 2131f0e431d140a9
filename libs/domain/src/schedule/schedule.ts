import type { Minor, Rollover } from '../account.js';
import type {
  EpochMs,
  GrantExpiry,
  GrantKind,
  Metadata,
  ScheduleCadence,
  SchedulePeriod,
  ScheduleScope,
} from '../command.js';

/**
 * `active`: periods are to come (of a template: it stands). `completed`: every period has been applied or skipped.
 * `ended`: by `schedule.end`.
 */
export type ScheduleStatus = 'active' | 'completed' | 'ended';

/** A one-time or recurring source of grants (domain rules, "Schedules"). Immutable. Amounts in minor units. */
export interface Schedule {
  /** Unique per tenant. */
  readonly scheduleId: string;
  /** Empty for a template (scope `plan` or `addon`). */
  readonly accountId: string;
  readonly creditType: string;
  readonly name: string | null;
  readonly scope: ScheduleScope;
  readonly status: ScheduleStatus;
  readonly amount: Minor;
  readonly cadence: ScheduleCadence;
  /** null: one-time, and no period was given. */
  readonly period: SchedulePeriod | null;
  readonly periodCount: number;
  readonly anchor: EpochMs;
  readonly start: EpochMs;
  /** No period starts at or after it. */
  readonly end: EpochMs | null;
  readonly expiry: GrantExpiry;
  readonly kind: GrantKind;
  readonly priority: number | null;
  readonly timeZone: string;
  readonly rollover: Rollover | null;
  readonly metadata: Metadata | null;
  /** Number of the next period (the anchor's is 0) and when it starts; null: there is none any more. */
  readonly nextIndex: number | null;
  readonly nextStart: EpochMs | null;
  /** The grants of the last period, and what was carried into it: what the next period carries and ends. */
  readonly lastGrantId: string | null;
  readonly carriedGrantId: string | null;
  /** Number of applied entries that made or changed it. */
  readonly version: bigint;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
  /** When the scheduler has to apply its next period; null: never. */
  readonly dueAt: EpochMs | null;
}

export function isTemplate(schedule: Pick<Schedule, 'scope'>): boolean {
  return schedule.scope !== 'account';
}
