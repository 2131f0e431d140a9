import type { Hold, HoldStatus } from '@app/domain';

import type { StoredAllocation } from '../entities/ledger-entry.entity.js';
import type { AccountNames } from './account-row.js';
import { allocationsOf } from './entry-row.js';
import { given, jsonOrNull, milliseconds, millisecondsOrNull, type TextRow } from './rows.js';

/** The hold from `HOLD_COLUMNS`, which begin at `at` in the row, and the names of its account. */
export function holdFromRow(names: Pick<AccountNames, 'accountId' | 'creditType'>, row: TextRow, at: number): Hold {
  return {
    holdId: given(row, at),
    accountId: names.accountId,
    creditType: names.creditType,
    status: given(row, at + 1) as HoldStatus,
    amount: BigInt(given(row, at + 2)),
    captured: BigInt(given(row, at + 3)),
    reserved: allocationsOf(jsonOrNull(row, at + 4) as StoredAllocation[] | null, null),
    expiresAt: milliseconds(row, at + 5),
    dueAt: millisecondsOrNull(row, at + 6),
    createdAt: milliseconds(row, at + 7),
    updatedAt: milliseconds(row, at + 8),
  };
}
