import type { DataSourceOptions } from 'typeorm';
import { AccountEntity } from './entities/account.entity.js';
import { InboxEntity } from './entities/inbox.entity.js';
import { LedgerEntryEntity } from './entities/ledger-entry.entity.js';

/**
 * TypeORM's connection options. Each message in work uses one connection, so the pool has one for every partition
 * that is consumed at the same time, and a few to spare.
 */
export function dataSourceOptions(databaseUrl: string, partitionsConsumedConcurrently: number): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl,
    entities: [AccountEntity, InboxEntity, LedgerEntryEntity],
    poolSize: Math.max(10, partitionsConsumedConcurrently + 2),
  };
}
