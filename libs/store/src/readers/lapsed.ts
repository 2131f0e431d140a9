import type { Minor } from '@app/domain';
import type { DataSource } from 'typeorm';

import { LAPSED } from '../sql/lapsed.js';

/** What has lapsed of each of these accounts at the time of reading; accounts without are left out. */
export async function lapsedOf(
  dataSource: DataSource,
  tenantId: string,
  accountKeys: readonly string[],
): Promise<ReadonlyMap<string, Minor>> {
  if (accountKeys.length === 0) return new Map();
  const rows = await dataSource.query<{ account_key: string; lapsed: string }[]>(LAPSED, [tenantId, accountKeys]);
  return new Map(rows.map(({ account_key, lapsed }) => [account_key, BigInt(lapsed)]));
}
