import {
  balanceChangedEvent,
  cacheInvalidationOf,
  catalogChangedEvent,
  commandRejectedEvent,
  type Topics,
} from '@app/contracts';
import type { LedgerEntry } from '@app/domain';
import type { OutgoingRecord, TopicRecords } from '@app/messaging';
import type { StoredOutcome } from '@app/store';

/**
 * The events of entries, made again from what the ledger stored: the same ids, versions and data as the first time.
 * Only the trace context is absent, because the ledger doesn't keep it. The newest version of each account among the
 * entries becomes its invalidation; a cache that knows a newer one ignores it.
 */
export function eventsOf(outcomes: readonly StoredOutcome[], topics: Topics): readonly TopicRecords[] {
  const balanceChanged: OutgoingRecord[] = [];
  const commandRejected: OutgoingRecord[] = [];
  const catalogChanged: OutgoingRecord[] = [];
  const newest = new Map<string, LedgerEntry>();
  for (const { entry, changed } of outcomes) {
    if (entry.status === 'rejected') commandRejected.push(commandRejectedEvent(entry));
    else if (changed !== undefined) catalogChanged.push(catalogChangedEvent(entry, changed));
    else {
      balanceChanged.push(balanceChangedEvent(entry));
      keepNewest(newest, entry);
    }
  }
  return [
    { topic: topics.balanceChanged, records: balanceChanged },
    { topic: topics.commandRejected, records: commandRejected },
    { topic: topics.cacheInvalidation, records: [...newest.values()].map((entry) => cacheInvalidationOf(entry)) },
    { topic: topics.catalogChanged, records: catalogChanged },
  ].filter(({ records }) => records.length > 0);
}

function keepNewest(newest: Map<string, LedgerEntry>, entry: LedgerEntry): void {
  const key = `${entry.tenantId}\0${entry.accountId}\0${entry.creditType}`;
  const before = newest.get(key)?.version ?? 0n;
  if (entry.version !== null && entry.version > before) newest.set(key, entry);
}
