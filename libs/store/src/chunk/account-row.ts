import type { Account, AccountStatus, BurnOrder, FloorPolicy, Metadata, Refill } from '@app/domain';

import { bigintOrNull, given, jsonOrNull, milliseconds, textOrNull, type TextRow } from './rows.js';

/** The names of an account, which whoever reads it knows already. */
export interface AccountNames {
  readonly tenantId: string;
  readonly accountId: string;
  readonly creditType: string;
}

/** The account from `ACCOUNT_COLUMNS`, which begin at `at` in the row, as yet without its grants and holds. */
export function accountFromRow(names: AccountNames, row: TextRow, at: number): Account {
  return {
    tenantId: names.tenantId,
    accountId: names.accountId,
    creditType: names.creditType,
    version: BigInt(given(row, at)),
    base: BigInt(given(row, at + 1)),
    balance: BigInt(given(row, at + 2)),
    held: BigInt(given(row, at + 3)),
    floor: BigInt(given(row, at + 4)),
    initial: bigintOrNull(row, at + 5),
    createdAt: milliseconds(row, at + 6),
    updatedAt: milliseconds(row, at + 7),
    status: given(row, at + 8) as AccountStatus,
    unlimited: row[at + 9] === 't',
    onInsufficient: floorPolicyOf(textOrNull(row, at + 10), bigintOrNull(row, at + 11)),
    burnOrder: textOrNull(row, at + 12) as BurnOrder | null,
    refill: refillOf(
      textOrNull(row, at + 13),
      bigintOrNull(row, at + 14),
      textOrNull(row, at + 15),
      textOrNull(row, at + 22),
    ),
    externalId: textOrNull(row, at + 16),
    group: textOrNull(row, at + 17),
    metadata: jsonOrNull(row, at + 18) as Metadata | null,
    refillDueOn: textOrNull(row, at + 19),
    refilledOn: textOrNull(row, at + 23),
    grants: NOTHING,
    holds: NOTHING,
  };
}

const NOTHING: readonly never[] = [];

/** Whether that account has grants with something left. */
export function hasGrants(row: TextRow, at: number): boolean {
  return row[at + 20] !== '0';
}

/** Whether that account has open holds. */
export function hasHolds(row: TextRow, at: number): boolean {
  return row[at + 21] !== '0';
}

/** A floor policy from its two columns. */
export function floorPolicyOf(policy: string | null, downTo: bigint | null): FloorPolicy | null {
  return downTo === null ? (policy as FloorPolicy | null) : { downTo };
}

/** Refill settings from their four columns. Those of before there were zones have none. */
export function refillOf(
  interval: string | null,
  amount: bigint | null,
  day: string | number | null,
  timeZone: string | null,
): Refill | null {
  if (interval === null || amount === null) return null;
  const refillDay = day === null ? null : Number(day);
  return { interval: interval as Refill['interval'], amount, refillDay, timeZone: timeZone ?? 'UTC' };
}
