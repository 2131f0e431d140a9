import type { CostBasis, Grant, GrantKind, GrantStatus, Metadata } from '@app/domain';

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
    createdAt: Number(given(row, at + 12)),
    updatedAt: Number(given(row, at + 13)),
    name: textOrNull(row, at + 14),
    sourceGrantId: textOrNull(row, at + 15),
    scheduleId: textOrNull(row, at + 16),
    costBasis: jsonOrNull(row, at + 17) as CostBasis | null,
    metadata: jsonOrNull(row, at + 18) as Metadata | null,
  };
}
