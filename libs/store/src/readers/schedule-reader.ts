import { accountKey } from '@app/contracts';
import type { Schedule } from '@app/domain';
import { type DataSource, Not } from 'typeorm';

import { rolloverFrom } from '../chunk/rows.js';
import { ScheduleEntity } from '../entities/index.js';
import type { EntryNames } from './entry-view.js';
import { objectCursor, selectPage } from './object-list.js';
import { type Page, pageOf } from './page.js';
import { scalesOf } from './scales.js';
import type { ScheduleListQuery, ScheduleView, TemplateListQuery } from './shapes.js';

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
