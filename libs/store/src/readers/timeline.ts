import type { EpochMs } from '@app/domain';
import type { DataSource, EntityManager } from 'typeorm';

import { ACCOUNT_TIMELINE } from '../sql/account-timeline.js';
import { VERSION_AT } from '../sql/version-at.js';

/** When an account is read, in its own time. */
export interface Timeline {
  /** The later of Postgres' clock and the account's last entry (domain rules, "Balance"). */
  readonly readAt: EpochMs;
}

/** null: there is no such account. */
export async function timelineOf(
  dataSource: DataSource | EntityManager,
  tenantId: string,
  accountKey: string,
): Promise<Timeline | null> {
  const rows = await dataSource.query<{ read_at: number }[]>(ACCOUNT_TIMELINE, [tenantId, accountKey]);
  return rows[0] === undefined ? null : { readAt: Math.round(rows[0].read_at) };
}

/**
 * Version of the account's last entry with `recordedAt` ≤ `at`; 0: there is none. An account's `recordedAt` never
 * falls while its version grows by one, so this is a binary search: 20 index probes among a million entries.
 */
export async function versionAt(
  dataSource: DataSource,
  tenantId: string,
  accountKey: string,
  at: EpochMs,
): Promise<bigint> {
  const rows = await dataSource.query<{ version: string }[]>(VERSION_AT, [tenantId, accountKey, new Date(at)]);
  return BigInt(rows[0]?.version ?? 0);
}
