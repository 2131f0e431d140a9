import type { LedgerEntry } from '@app/domain';
import type { DataSource } from 'typeorm';

import type { Page } from './page.js';
import type { EntryListQuery } from './shapes.js';

/** Reads the ledger of one tenant. */
export class EntryReader {
  constructor(private readonly dataSource: DataSource) {}

  /** The stored outcome of a command, applied or rejected; null when it isn't recorded (yet). */
  findByCommandId(tenantId: string, commandId: string): Promise<LedgerEntry | null> {
    throw new Error(`soon ${tenantId} ${commandId} ${this.dataSource.name}`);
  }

  /** Entries of one account, newest first. @throws InvalidCursor */
  list(
    tenantId: string,
    account: { readonly accountId: string; readonly creditType: string },
    query: EntryListQuery,
  ): Promise<Page<LedgerEntry>> {
    throw new Error(`soon ${tenantId} ${account.accountId} ${query.limit}`);
  }
}
