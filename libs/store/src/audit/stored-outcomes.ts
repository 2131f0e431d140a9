import { accountKey } from '@app/contracts';
import type { EpochMs, LedgerEntry } from '@app/domain';
import type { ClientBase, CustomTypesConfig } from 'pg';
import type { QueryRunner } from 'typeorm';

import { changedFromRow, entryFromRow } from '../chunk/entry-row.js';
import type { TextRow } from '../chunk/rows.js';
import type { CatalogChange } from '../ports.js';
import { CLOSE_AUDIT_OUTCOMES, DECLARE_AUDIT_OUTCOMES, FETCH_AUDIT_OUTCOMES } from '../sql/audit-outcomes.js';

/** Which entries; what is absent does not matter. */
export interface OutcomeFilter {
  /** Of the tenant that the snapshot is of. */
  readonly account?: { readonly tenantId: string; readonly accountId: string; readonly creditType: string };
  /** Recorded at or after, and before. */
  readonly from?: EpochMs;
  readonly to?: EpochMs;
}

/** An entry, with what it left in the catalogue if it is one of the catalogue: all that its events are made of. */
export interface StoredOutcome {
  readonly entry: LedgerEntry;
  readonly changed?: CatalogChange;
}

const TEXT_ONLY: CustomTypesConfig = { getTypeParser: () => (value: string | Buffer) => value };

/** Entries in pages, each account's in the order of its versions. For `LedgerSnapshot`, in whose transaction it reads. */
export async function* storedOutcomes(
  runner: QueryRunner,
  tenantId: string | null,
  { account, from, to }: OutcomeFilter,
): AsyncGenerator<readonly StoredOutcome[]> {
  const key = account === undefined ? null : accountKey(account.tenantId, account.accountId, account.creditType);
  await runner.query(DECLARE_AUDIT_OUTCOMES, [tenantId, key, timeOf(from), timeOf(to)]);
  const client = (await runner.connect()) as ClientBase;
  for (;;) {
    const { rows } = await client.query<string[]>({ text: FETCH_AUDIT_OUTCOMES, rowMode: 'array', types: TEXT_ONLY });
    if (rows.length === 0) break;
    yield rows.map(outcomeFrom);
  }
  await runner.query(CLOSE_AUDIT_OUTCOMES);
}

function outcomeFrom(row: TextRow): StoredOutcome {
  const changed = changedFromRow(row, 0);
  return { entry: entryFromRow(row, 0), ...(changed === undefined ? {} : { changed }) };
}

function timeOf(ms: EpochMs | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
