import { type CostBasis, type Grant, grantDueAt, type GrantKind, type GrantStatus, type Metadata } from '@app/domain';

import type { AccountNames } from './account-row.js';
import { given, jsonOrNull, numberOrNull, textOrNull, type TextRow } from './rows.js';

/** The grant from `GRANT_COLUMNS`, which begin at `at` in the row, and the names of its account. */
export function grantFromRow(names: Pick<AccountNames, 'accountId' | 'creditType'>, row: TextRow, at: number): Grant {
  return {
    grantId: given(row, at),
    accountId: names.accountId,
    creditType: names.creditType,
    kind: given(row, at + 1) as GrantKind,
    status: given(row, at + 2) as GrantStatus,
    amount: BigInt(given(row, at + 3)),
    remaining: BigInt(given(row, at + 4)),
    held: BigInt(given(row, at + 5)),
    priority: numberOrNull(row, at + 6),
    createdVersion: BigInt(given(row, at + 7)),
    effectiveAt: Number(given(row, at + 8)),
    expiresAt: numberOrNull(row, at + 9),
    rollsAt: numberOrNull(row, at + 10),
    dueAt: numberOrNull(row, at + 11),
    name: textOrNull(row, at + 12),
    sourceGrantId: textOrNull(row, at + 13),
    scheduleId: textOrNull(row, at + 14),
    costBasis: jsonOrNull(row, at + 15) as CostBasis | null,
    metadata: jsonOrNull(row, at + 16) as Metadata | null,
  };
}

/** What most grants don't have: id, name, source grant, schedule, cost basis, metadata. */
type Further = readonly [string, string | null, string | null, string | null, CostBasis | null, Metadata | null];

/** The grants of one account from a row of `LIVE_GRANTS`. */
export function liveGrantsFromRow(names: Pick<AccountNames, 'accountId' | 'creditType'>, row: TextRow): Grant[] {
  const numbers = given(row, 1).split(',');
  const ids = JSON.parse(given(row, 2)) as readonly string[];
  const further = new Map((jsonOrNull(row, 3) as readonly Further[] | null)?.map((values) => [values[0], values]));
  return ids.map((grantId, index) => {
    const [kind, status, amount, remaining, held, priority, createdVersion, effectiveAt, expiresAt, rollsAt, isDue] = (
      numbers[index] ?? ''
    ).split(' ') as [GrantKind, GrantStatus, string, string, string, string, string, string, string, string, string];
    const times = {
      status,
      effectiveAt: millisecondsFrom(effectiveAt),
      expiresAt: millisecondsOrNullFrom(expiresAt),
      rollsAt: millisecondsOrNullFrom(rollsAt),
    };
    const [, name = null, sourceGrantId = null, scheduleId = null, costBasis = null, metadata = null] = further.get(
      grantId,
    ) ?? [grantId];
    return {
      grantId,
      accountId: names.accountId,
      creditType: names.creditType,
      kind,
      status,
      amount: BigInt(amount),
      remaining: BigInt(remaining),
      held: BigInt(held),
      priority: numberFrom(priority),
      createdVersion: BigInt(createdVersion),
      effectiveAt: times.effectiveAt,
      expiresAt: times.expiresAt,
      rollsAt: times.rollsAt,
      dueAt: isDue === 't' ? grantDueAt(times) : null,
      name,
      sourceGrantId,
      scheduleId,
      costBasis,
      metadata,
    };
  });
}

const NONE = 'NaN';
const MS_PER_SECOND = 1_000;

function numberFrom(text: string): number | null {
  return text === NONE ? null : Number(text);
}

function millisecondsFrom(seconds: string): number {
  return Math.round(Number(seconds) * MS_PER_SECOND);
}

function millisecondsOrNullFrom(seconds: string): number | null {
  return seconds === NONE ? null : millisecondsFrom(seconds);
}
