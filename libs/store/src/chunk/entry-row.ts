import type { Actor, Allocation, Balances, Cause, LedgerEntry, Metadata, OutcomeCode } from '@app/domain';

import type { StoredAllocation } from '../entities/ledger-entry.entity.js';
import type { CatalogChange } from '../ports.js';
import { catalogChangeFrom } from './catalog-change.js';
import { bigintOrNull, given, jsonOrNull, milliseconds, textOrNull, type TextRow } from './rows.js';

const HEX_PREFIX_LENGTH = 2;

/** The entry from `ENTRY_COLUMNS`, which begin at `at` in the row. */
export function entryFromRow(row: TextRow, at: number): LedgerEntry {
  const applied = bigintOrNull(row, at + 11);
  const version = bigintOrNull(row, at + 12);
  return {
    tenantId: given(row, at),
    commandId: textOrNull(row, at + 2) ?? given(row, at + 1),
    accountId: given(row, at + 3),
    creditType: given(row, at + 4),
    scale: Number(given(row, at + 5)),
    commandType: given(row, at + 6),
    status: version === null ? 'rejected' : 'applied',
    code: given(row, at + 7) as OutcomeCode,
    cause: given(row, at + 8) as Cause,
    fingerprint: Buffer.from(given(row, at + 9).slice(HEX_PREFIX_LENGTH), 'hex'),
    requested: bigintOrNull(row, at + 10) ?? textOrNull(row, at + 32),
    applied,
    version,
    before: balancesFrom(row, at + 13),
    after: balancesFrom(row, at + 17),
    recordedAt: milliseconds(row, at + 21),
    topic: given(row, at + 22),
    partition: Number(given(row, at + 23)),
    offset: BigInt(given(row, at + 24)),
    allocations: allocationsOf(jsonOrNull(row, at + 25) as StoredAllocation[] | null, applied),
    reason: textOrNull(row, at + 26),
    description: textOrNull(row, at + 27),
    source: textOrNull(row, at + 28),
    occurredAt: textOrNull(row, at + 29),
    actor: jsonOrNull(row, at + 30) as Actor | null,
    metadata: jsonOrNull(row, at + 31) as Metadata | null,
    message: textOrNull(row, at + 33),
    details: jsonOrNull(row, at + 34) as Record<string, string> | null,
    grantId: textOrNull(row, at + 35),
    holdId: textOrNull(row, at + 36),
    scheduleId: textOrNull(row, at + 37),
    reverses: reversesFrom(textOrNull(row, at + 39) ?? textOrNull(row, at + 38), bigintOrNull(row, at + 40)),
  };
}

/** What the same entry left in the catalogue; undefined: it isn't one of the catalogue. */
export function changedFromRow(row: TextRow, at: number): CatalogChange | undefined {
  const stored = jsonOrNull(row, at + 41);
  return stored === null ? undefined : catalogChangeFrom(stored);
}

function reversesFrom(commandId: string | null, amount: bigint | null): LedgerEntry['reverses'] {
  return commandId === null || amount === null ? null : { commandId, amount };
}

function balancesFrom(row: TextRow, at: number): Balances | null {
  const balance = bigintOrNull(row, at);
  if (balance === null) return null;
  return {
    balance,
    held: BigInt(given(row, at + 1)),
    available: BigInt(given(row, at + 2)),
    unlimited: row[at + 3] === 't',
  };
}

/** Allocations as stored; null: all of `applied` went to or came from the base. */
export function allocationsOf(
  stored: readonly StoredAllocation[] | null,
  applied: bigint | null,
): readonly Allocation[] {
  if (stored !== null) return stored.map(({ grantId, amount }) => ({ grantId, amount: BigInt(amount) }));
  return applied === null || applied === 0n ? [] : [{ grantId: null, amount: applied }];
}

/** The opposite of `allocationsOf`, as JSON. */
export function allocationsToStore(allocations: readonly Allocation[], applied: bigint | null): string | null {
  const first = allocations[0];
  if (first === undefined && (applied === null || applied === 0n)) return null;
  if (allocations.length === 1 && first?.grantId === null && first.amount === applied && applied !== 0n) return null;
  const stored = allocations.map(({ grantId, amount }): StoredAllocation => ({ grantId, amount: String(amount) }));
  return JSON.stringify(stored);
}
