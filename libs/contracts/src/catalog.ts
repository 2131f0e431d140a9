import {
  type AppliedToCatalog,
  type BurnOrder,
  type CreditPrice,
  type CreditTypeDefinition,
  formatMinor,
  type GrantExpiry,
  type GrantKind,
  type Metadata,
  type Rollover,
  type Scale,
  type Schedule,
} from '@app/domain';
import { dateTimeOf } from './date-time.js';

/** What a command about the catalogue made or changed, as it is from now on. */
export type CatalogChange = AppliedToCatalog['changed'];

/** How much is carried over, on the wire. */
export interface ShownRollover {
  readonly percent: number;
  /** null: no cap. */
  readonly cap: string | null;
}

/** A credit type on the wire: in `catalog-changed` and in the gateway's answers. */
export interface ShownCreditType {
  readonly creditTypeId: string;
  readonly scale: number;
  readonly name: string | null;
  readonly description: string | null;
  readonly singularName: string | null;
  readonly pluralName: string | null;
  readonly icon: string | null;
  readonly burnOrder: BurnOrder;
  readonly defaultExpiry: GrantExpiry | null;
  readonly defaultRollover: ShownRollover | null;
  readonly prices: readonly CreditPrice[];
  readonly metadata: Metadata | null;
  readonly version: string;
  /** RFC 3339; null: not deleted. */
  readonly deletedAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A schedule on the wire: templates in `catalog-changed`, all in the gateway's answers. */
export interface ShownSchedule {
  readonly scheduleId: string;
  /** null: a template. */
  readonly accountId: string | null;
  readonly creditType: string;
  readonly name: string | null;
  readonly scope: Schedule['scope'];
  readonly status: Schedule['status'];
  readonly amount: string;
  readonly cadence: Schedule['cadence'];
  readonly period: Schedule['period'];
  readonly periodCount: number;
  readonly anchor: string;
  readonly start: string;
  readonly end: string | null;
  readonly expiry: GrantExpiry;
  readonly kind: GrantKind;
  readonly priority: number | null;
  readonly timeZone: string;
  readonly rollover: ShownRollover | null;
  readonly metadata: Metadata | null;
  /** When the next period starts; null: there is none. */
  readonly nextPeriodStart: string | null;
  readonly version: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function shownCreditType(definition: CreditTypeDefinition): ShownCreditType {
  const { scale } = definition;
  return {
    creditTypeId: definition.id,
    scale,
    name: definition.name,
    description: definition.description,
    singularName: definition.singularName,
    pluralName: definition.pluralName,
    icon: definition.icon,
    burnOrder: definition.burnOrder,
    defaultExpiry: shownExpiry(definition.defaultExpiry),
    defaultRollover: shownRollover(definition.defaultRollover, scale),
    prices: definition.prices.map(({ currency, pricePerUnit }) => ({ currency, pricePerUnit })),
    metadata: definition.metadata,
    version: definition.version.toString(),
    deletedAt: timeOrNull(definition.deletedAt),
    createdAt: dateTimeOf(definition.createdAt),
    updatedAt: dateTimeOf(definition.updatedAt),
  };
}

/** @param scale of the schedule's credit type */
export function shownSchedule(schedule: Schedule, scale: Scale): ShownSchedule {
  return {
    scheduleId: schedule.scheduleId,
    accountId: schedule.accountId === '' ? null : schedule.accountId,
    creditType: schedule.creditType,
    name: schedule.name,
    scope: schedule.scope,
    status: schedule.status,
    amount: formatMinor(schedule.amount, scale),
    cadence: schedule.cadence,
    period: schedule.period,
    periodCount: schedule.periodCount,
    anchor: dateTimeOf(schedule.anchor),
    start: dateTimeOf(schedule.start),
    end: timeOrNull(schedule.end),
    expiry: shownExpiry(schedule.expiry),
    kind: schedule.kind,
    priority: schedule.priority,
    timeZone: schedule.timeZone,
    rollover: shownRollover(schedule.rollover, scale),
    metadata: schedule.metadata,
    nextPeriodStart: timeOrNull(schedule.dueAt),
    version: schedule.version.toString(),
    createdAt: dateTimeOf(schedule.createdAt),
    updatedAt: dateTimeOf(schedule.updatedAt),
  };
}

/** Fixed order of keys: a database may give JSON back in another than it was given. */
function shownExpiry<T extends GrantExpiry | null>(expiry: T): T {
  if (expiry?.type !== 'duration') return expiry;
  const { type, count, unit } = expiry;
  return { type, count, unit } as T;
}

function shownRollover(rollover: Rollover | null, scale: Scale): ShownRollover | null {
  if (rollover === null) return null;
  const { percent, cap } = rollover;
  return { percent, cap: cap === null ? null : formatMinor(cap, scale) };
}

function timeOrNull(instant: number | null): string | null {
  return instant === null ? null : dateTimeOf(instant);
}
