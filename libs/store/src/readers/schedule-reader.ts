import { accountKey } from '@app/contracts';
import type { Schedule } from '@app/domain';
import { type DataSource, In } from 'typeorm';

import { rolloverFrom } from '../chunk/rows.js';
import { ScheduleEntity } from '../entities/index.js';
import { SCHEDULES_BY_PLACE } from '../sql/schedules-by-place.js';
import { firstAfterPrefix } from './account-reader.js';
import type { EntryNames } from './entry-view.js';
import { objectPage } from './object-list.js';
import { checkPlace, type Page } from './page.js';
import { checkReach, REACH_MAX } from './reach.js';
import { scalesOf } from './scales.js';
import type { ScheduleListQuery, ScheduleSearchQuery, ScheduleView, Slice, TemplateListQuery } from './shapes.js';

const LIST = 'schedules';
const TEMPLATES = 'templates';
/** What is still active is found by an index of its own among any number that have ended. */
const INDEXED = { active: "o.status = 'active' and o.amount > 0" } as const;

/** Reads schedules and templates of one tenant; another tenant's reads like a missing one (P10). */
export class ScheduleReader {
  constructor(private readonly dataSource: DataSource) {}

  /** The schedule or template in whatever state, or null. */
  async find(tenantId: string, scheduleId: string): Promise<ScheduleView | null> {
    const row = await this.schedules()
      .createQueryBuilder('o')
      .leftJoinAndSelect('o.account', 'a')
      .where('o.tenantId = :tenantId and o.scheduleId = :scheduleId', { tenantId, scheduleId })
      .getOne();
    return row === null ? null : (await this.viewsOf(tenantId, [row]))(row);
  }

  /**
   * Schedules of one account, every status, newest first. Narrowed to a status of those that have ended, a page may be
   * short. @throws InvalidCursor, InvalidLimit
   */
  async list(tenantId: string, account: EntryNames, query: ScheduleListQuery): Promise<Page<ScheduleView>> {
    const key = accountKey(tenantId, account.accountId, account.creditType);
    const select = this.schedules().createQueryBuilder('o').where({ tenantId, accountKey: key });
    const page = await objectPage({ select, list: LIST, id: 'scheduleId', indexed: INDEXED }, query, (row) => row);
    return { ...page, items: page.items.map(await this.viewsOf(tenantId, page.items, account.accountId)) };
  }

  /** Templates, every status, newest first. Narrowed to a scope, a page may be short. @throws InvalidCursor, InvalidLimit */
  async templates(tenantId: string, query: TemplateListQuery): Promise<Page<ScheduleView>> {
    const { scope } = query;
    const select = this.schedules()
      .createQueryBuilder('o')
      .where({ tenantId })
      // The condition of the index.
      .andWhere('o.accountKey is null');
    const page = await objectPage(
      { select, list: TEMPLATES, id: 'scheduleId', filter: { scope } },
      query,
      (row) => row,
    );
    return { ...page, items: page.items.map(await this.viewsOf(tenantId, page.items)) };
  }

  /**
   * Schedules and templates of one credit type by place, newest first: of the newest 10,000 of all, of the templates, or
   * of the accounts asked for, an equal share of each. @throws InvalidLimit, InvalidOffset, BeyondReach
   */
  async search(tenantId: string, query: ScheduleSearchQuery): Promise<Slice<ScheduleView>> {
    checkPlace(query);
    const { creditType, scope, accountIds, limit, offset } = query;
    if (accountIds?.length === 0) return { items: [], total: 0 };
    const keys = accountIds?.map((id) => accountKey(tenantId, id, creditType));
    const kind = keys !== undefined ? 'accounts' : scope === 'plan' || scope === 'addon' ? 'templates' : 'all';
    const share = Math.max(1, Math.floor(REACH_MAX / (keys?.length ?? 1)));
    const [found] = await this.dataSource.query<FoundSchedules[]>(SCHEDULES_BY_PLACE[kind], [
      tenantId,
      creditType,
      share,
      ...filtersOf(query),
      limit,
      offset,
      ...(keys === undefined ? [] : [keys]),
    ]);
    const { ids = [], matching = 0, looked_at: lookedAt = 0 } = found ?? {};
    const beyond = lookedAt >= share ? 1 : 0;
    checkReach(query, matching, beyond);
    const rows = await this.schedules().find({
      where: { tenantId, scheduleId: In(ids) },
      relations: { account: true },
      order: { createdAt: 'DESC', scheduleId: 'DESC' },
    });
    const view = await this.viewsOf(tenantId, rows);
    return { items: rows.map(view), total: matching + beyond };
  }

  private async viewsOf(
    tenantId: string,
    rows: readonly ScheduleEntity[],
    accountId?: string,
  ): Promise<(row: ScheduleEntity) => ScheduleView> {
    const scales = await scalesOf(
      this.dataSource.manager,
      tenantId,
      rows.map(({ creditType }) => creditType),
    );
    return (row) => ({
      schedule: scheduleOf(row, accountId ?? row.account?.accountId ?? ''),
      scale: scales.get(row.creditType) ?? 0,
    });
  }

  private schedules() {
    return this.dataSource.getRepository(ScheduleEntity);
  }
}

interface FoundSchedules {
  readonly ids: string[];
  readonly matching: number;
  readonly looked_at: number;
}

/** Parameters of a search that narrow it; null: not. */
function filtersOf({ scope, statuses, metadata, keyPrefix, keyGroup }: ScheduleSearchQuery): unknown[] {
  return [
    scope ?? null,
    statuses ?? null,
    metadata?.key ?? null,
    metadata?.values ?? null,
    keyPrefix ?? null,
    keyPrefix === undefined ? null : firstAfterPrefix(keyPrefix),
    keyGroup ?? null,
  ];
}

function scheduleOf(row: ScheduleEntity, accountId: string): Schedule {
  const { tenantId: _tenantId, accountKey: _key, account: _account, rolloverPercent, rolloverCap, ...same } = row;
  const { periodCount, priority, nextIndex } = row;
  return {
    ...same,
    accountId,
    periodCount: Number(periodCount),
    priority: priority === null ? null : Number(priority),
    nextIndex: nextIndex === null ? null : Number(nextIndex),
    rollover: rolloverFrom(rolloverPercent, rolloverCap),
  };
}
