import { accountKey } from '@app/contracts';
import type { Schedule } from '@app/domain';
import { type DataSource, In, IsNull, Not } from 'typeorm';

import { rolloverFrom } from '../chunk/rows.js';
import { ScheduleEntity } from '../entities/index.js';
import { startingWith } from './account-reader.js';
import type { EntryNames } from './entry-view.js';
import { objectCursor, selectPage } from './object-list.js';
import { checkPlace, type Page, pageOf } from './page.js';
import { scalesOf } from './scales.js';
import type { ScheduleListQuery, ScheduleSearchQuery, ScheduleView, Slice, TemplateListQuery } from './shapes.js';

const LIST = 'schedules';
const TEMPLATES = 'templates';

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

  /** Schedules of one account, every status, newest first. @throws InvalidCursor, InvalidLimit */
  async list(tenantId: string, account: EntryNames, query: ScheduleListQuery): Promise<Page<ScheduleView>> {
    const key = accountKey(tenantId, account.accountId, account.creditType);
    const select = this.schedules().createQueryBuilder('o').where({ tenantId, accountKey: key });
    const rows = await selectPage(select, LIST, 'scheduleId', query).getMany();
    const view = await this.viewsOf(tenantId, rows, account.accountId);
    return pageOf(rows, query.limit, view, (row) => objectCursor(LIST, row.createdAt, row.scheduleId));
  }

  /** Templates, every status, newest first. @throws InvalidCursor, InvalidLimit */
  async templates(tenantId: string, query: TemplateListQuery): Promise<Page<ScheduleView>> {
    const { scope } = query;
    const select = this.schedules()
      .createQueryBuilder('o')
      .where({ tenantId, scope: scope ?? Not('account') })
      // The condition of the index.
      .andWhere('o.accountKey is null');
    const rows = await selectPage(select, TEMPLATES, 'scheduleId', query).getMany();
    const view = await this.viewsOf(tenantId, rows);
    return pageOf(rows, query.limit, view, (row) => objectCursor(TEMPLATES, row.createdAt, row.scheduleId));
  }

  /**
   * Schedules and templates of one credit type by place, newest first. Narrowed to accounts or to templates it uses
   * their index, else it goes through the schedules of the tenant. @throws InvalidLimit, InvalidOffset
   */
  async search(tenantId: string, query: ScheduleSearchQuery): Promise<Slice<ScheduleView>> {
    checkPlace(query);
    const { creditType, scope, statuses, accountIds, keyPrefix, keyGroup, metadata, limit, offset } = query;
    const select = this.schedules()
      .createQueryBuilder('o')
      .leftJoinAndSelect('o.account', 'a')
      .where({ tenantId, creditType })
      // The condition of the indexes, always true.
      .andWhere('o.amount > 0')
      .orderBy('o.createdAt', 'DESC')
      .addOrderBy('o.scheduleId', 'DESC')
      .limit(limit)
      .offset(offset);
    if (scope !== undefined) select.andWhere({ scope, ...(scope !== 'account' && { accountKey: IsNull() }) });
    if (statuses !== undefined) select.andWhere({ status: In([...statuses]) });
    if (accountIds !== undefined) {
      select.andWhere({ accountKey: In(accountIds.map((id) => accountKey(tenantId, id, creditType))) });
    }
    if (keyPrefix !== undefined) {
      select.andWhere('(o.accountKey is null or a.accountId like :prefix)', { prefix: startingWith(keyPrefix) });
    }
    if (keyGroup !== undefined) select.andWhere('(o.accountKey is null or a.group = :keyGroup)', { keyGroup });
    if (metadata !== undefined) {
      const { key, values } = metadata;
      select.andWhere('o.metadata ->> cast(:key as text) = any(:values)', { key, values: [...values] });
    }
    const [rows, total] = await select.getManyAndCount();
    const view = await this.viewsOf(tenantId, rows);
    return { items: rows.map(view), total };
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
