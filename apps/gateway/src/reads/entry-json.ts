import { entryId, type Outcome, outcomeOf } from '@app/contracts';
import type { LedgerEntry } from '@app/domain';

/** A ledger entry: the outcome of a command with the id of its line. */
export type EntryJson = { readonly entryId: string } & Outcome;

export function entryJson(entry: LedgerEntry): EntryJson {
  return { entryId: entryId(entry.tenantId, entry.commandId), ...outcomeOf(entry) };
}
