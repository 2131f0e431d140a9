import { accountKey } from '@app/contracts';
import type { LedgerEntry } from '@app/domain';
import { Between, type DataSource, In } from 'typeorm';

import { GrantEntity, LedgerEntryEntity } from '../entities/index.js';
import { scannedPage } from './bounded-scan.js';
import { type EntryNames, entryOf } from './entry-view.js';
import { objectPage } from './object-list.js';
import { cursorOf, InvalidCursor, type Page, placeOf } from './page.js';
import { scalesOf } from './scales.js';
import type { GrantListQuery, GrantView, RecordedGrant } from './shapes.js';
import { versionAt } from './timeline.js';

const LIST = 'grants';
const CONSUMPTION = 'grant-entries';
/** Within bigint. */
const VERSION = /^\d{1,18}$/;
/** Of the few grants that may still change: of an account they are found among any number that have ended. */
const INDEXED = { open: "o.status = 'open'", pending: "o.status = 'pending'" } as const;

/** Reads grants of one tenant; another tenant's grant reads like a missing one (P10). */
export class GrantReader {
  constructor(private readonly dataSource: DataSource) {}

  /** The grant in whatever state, or null. */
  async find(tenantId: string, grantId: string): Promise<GrantView | null> {
    const row = await this.grants()
      .createQueryBuilder('o')
      .innerJoinAndSelect('o.account', 'a')
      .where('o.tenantId = :tenantId and o.grantId = :grantId', { tenantId, grantId })
      .getOne();
    if (row === null) return null;
    const { creditType } = row.account;
    const scales = await scalesOf(this.dataSource.manager, tenantId, [creditType]);
    return { grant: grantOf(row, row.account), scale: scales.get(creditType) ?? 0 };
  }

  /** Those of these grants of one account that there are, in any order. */
  async named(tenantId: string, account: EntryNames, grantIds: readonly string[]): Promise<readonly RecordedGrant[]> {
    if (grantIds.length === 0) return [];
    const key = accountKey(tenantId, account.accountId, account.creditType);
    const rows = await this.grants().findBy({ tenantId, accountKey: key, grantId: In([...new Set(grantIds)]) });
    return rows.map((row) => grantOf(row, account));
  }

  /**
   * Grants of one account, every status, newest first. Narrowed to a status of those that have ended, a page may be
   * short. @throws InvalidCursor, InvalidLimit
   */
  async list(tenantId: string, account: EntryNames, query: GrantListQuery): Promise<Page<GrantView>> {
    const key = accountKey(tenantId, account.accountId, account.creditType);
    const select = this.grants().createQueryBuilder('o').where({ tenantId, accountKey: key });
    const scales = await scalesOf(this.dataSource.manager, tenantId, [account.creditType]);
    const scale = scales.get(account.creditType) ?? 0;
    return objectPage({ select, list: LIST, id: 'grantId', indexed: INDEXED }, query, (row) => ({
      grant: grantOf(row, account),
      scale,
    }));
  }

  /**
   * Entries that moved credits of a grant, newest first: those with an allocation to it, from the entry that made it
   * to the last that changed it. A page may be short. null: there is no such grant. @throws InvalidCursor, InvalidLimit
   */
  async entries(
    tenantId: string,
    grantId: string,
    query: { readonly limit: number; readonly cursor?: string },
  ): Promise<Page<LedgerEntry> | null> {
    const { cursor, limit } = query;
    const view = await this.find(tenantId, grantId);
    if (view === null) return null;
    const { grant, scale } = view;
    const key = accountKey(tenantId, grant.accountId, grant.creditType);
    const last = await versionAt(this.dataSource, tenantId, key, grant.updatedAt);
    const select = this.dataSource
      .getRepository(LedgerEntryEntity)
      .createQueryBuilder('e')
      .where({ tenantId, accountKey: key, version: Between(grant.createdVersion, last) });
    return scannedPage(
      {
        select,
        place: ['e.version'],
        key: ['e.tenantId', 'e.commandKey'],
        direction: 'DESC',
        after: cursor === undefined ? undefined : [beforeOf(cursor)],
        filter: {
          where: {
            sql: 'strpos(e.allocations::text, :part) > 0',
            // As the ledger writes allocations; a quote within an id is escaped there.
            parameters: { part: `{"grantId":${JSON.stringify(grantId)},` },
          },
        },
        limit,
      },
      (row) => entryOf(row, grant, scale),
      (row) => cursorOf(CONSUMPTION, [String(row.version)]),
    );
  }

  private grants() {
    return this.dataSource.getRepository(GrantEntity);
  }
}

/** A grant from its row and the names of its account. */
export function grantOf(row: GrantEntity, { accountId, creditType }: EntryNames): RecordedGrant {
  const { tenantId: _tenantId, accountKey: _key, account: _account, live: _live, priority, ...same } = row;
  return { ...same, accountId, creditType, priority: priority === null ? null : Number(priority) };
}

function beforeOf(cursor: string): string {
  const [version = ''] = placeOf(CONSUMPTION, 1, cursor);
  if (!VERSION.test(version)) throw new InvalidCursor(cursor);
  return version;
}
