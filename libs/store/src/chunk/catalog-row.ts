import type {
  BurnOrder,
  CreditPrice,
  CreditType,
  CreditTypeDefinition,
  GrantExpiry,
  GrantKind,
  Metadata,
  Schedule,
  ScheduleCadence,
  SchedulePeriod,
  ScheduleScope,
  ScheduleStatus,
} from '@app/domain';

import {
  bigintOrNull,
  given,
  jsonOrNull,
  milliseconds,
  millisecondsOrNull,
  numberOrNull,
  rolloverFrom,
  textOrNull,
  type TextRow,
} from './rows.js';

/** The credit type from the columns of `KNOWN_CREDIT_TYPES` behind the tenant's. */
export function creditTypeFromRow(row: TextRow, at: number): CreditType {
  return {
    id: given(row, at),
    scale: Number(given(row, at + 1)),
    burnOrder: given(row, at + 2) as BurnOrder,
    defaultExpiry: jsonOrNull(row, at + 3) as GrantExpiry | null,
    defaultRollover: rolloverFrom(numberOrNull(row, at + 4), bigintOrNull(row, at + 5)),
    deletedAt: millisecondsOrNull(row, at + 6),
  };
}

/** The definition from the columns of `LOCK_CREDIT_TYPES` behind the index. */
export function definitionFromRow(row: TextRow, at: number): CreditTypeDefinition {
  return {
    id: given(row, at),
    scale: Number(given(row, at + 1)),
    burnOrder: given(row, at + 2) as BurnOrder,
    defaultExpiry: jsonOrNull(row, at + 3) as GrantExpiry | null,
    defaultRollover: rolloverFrom(numberOrNull(row, at + 4), bigintOrNull(row, at + 5)),
    deletedAt: millisecondsOrNull(row, at + 6),
    name: textOrNull(row, at + 7),
    description: textOrNull(row, at + 8),
    singularName: textOrNull(row, at + 9),
    pluralName: textOrNull(row, at + 10),
    icon: textOrNull(row, at + 11),
    prices: (jsonOrNull(row, at + 12) as CreditPrice[] | null) ?? [],
    metadata: jsonOrNull(row, at + 13) as Metadata | null,
    version: BigInt(given(row, at + 14)),
    createdAt: milliseconds(row, at + 15),
    updatedAt: milliseconds(row, at + 16),
  };
}

/** The schedule from the columns of `LOCK_SCHEDULES` behind the index. */
export function scheduleFromRow(row: TextRow, at: number): Schedule {
  return {
    accountId: textOrNull(row, at) ?? '',
    scheduleId: given(row, at + 1),
    creditType: given(row, at + 2),
    name: textOrNull(row, at + 3),
    scope: given(row, at + 4) as ScheduleScope,
    status: given(row, at + 5) as ScheduleStatus,
    amount: BigInt(given(row, at + 6)),
    cadence: given(row, at + 7) as ScheduleCadence,
    period: textOrNull(row, at + 8) as SchedulePeriod | null,
    periodCount: Number(given(row, at + 9)),
    anchor: milliseconds(row, at + 10),
    start: milliseconds(row, at + 11),
    end: millisecondsOrNull(row, at + 12),
    expiry: jsonOrNull(row, at + 13) as GrantExpiry,
    kind: given(row, at + 14) as GrantKind,
    priority: numberOrNull(row, at + 15),
    timeZone: given(row, at + 16),
    rollover: rolloverFrom(numberOrNull(row, at + 17), bigintOrNull(row, at + 18)),
    metadata: jsonOrNull(row, at + 19) as Metadata | null,
    nextIndex: numberOrNull(row, at + 20),
    nextStart: millisecondsOrNull(row, at + 21),
    lastGrantId: textOrNull(row, at + 22),
    carriedGrantId: textOrNull(row, at + 23),
    version: BigInt(given(row, at + 24)),
    createdAt: milliseconds(row, at + 25),
    updatedAt: milliseconds(row, at + 26),
    dueAt: millisecondsOrNull(row, at + 27),
  };
}
