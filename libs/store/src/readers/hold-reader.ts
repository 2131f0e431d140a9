import { accountKey } from '@app/contracts';
import type { DataSource } from 'typeorm';

import { allocationsOf } from '../chunk/entry-row.js';
import { HoldEntity } from '../entities/index.js';
import type { EntryNames } from './entry-view.js';
import { objectCursor, selectPage } from './object-list.js';
import { type Page, pageOf } from './page.js';
import { scalesOf } from './scales.js';
import type { HoldListQuery, HoldView, RecordedHold } from './shapes.js';

const LIST = 'holds';

/** Reads holds of one tenant; another tenant's hold reads like a missing one (P10). */
export class HoldReader {
  constructor(private readonly dataSource: DataSource) {}

  /** The hold in whatever state, or null. */
  async find(tenantId: string, holdId: string): Promise<HoldView | null> {
    const row = await this.holds()
      .createQueryBuilder('o')
      .innerJoinAndSelect('o.account', 'a')
      .where('o.tenantId = :tenantId and o.holdId = :holdId', { tenantId, holdId })
      .getOne();
    if (row === null) return null;
    const { creditType } = row.account;
    const scales = await scalesOf(this.dataSource.manager, tenantId, [creditType]);
    return { hold: holdOf(row, row.account), scale: scales.get(creditType) ?? 0 };
  }

  /** Holds of one account, every status, newest first. @throws InvalidCursor, InvalidLimit */
  async list(tenantId: string, account: EntryNames, query: HoldListQuery): Promise<Page<HoldView>> {
    const key = accountKey(tenantId, account.accountId, account.creditType);
    const select = this.holds().createQueryBuilder('o').where({ tenantId, accountKey: key });
    const { metadataKey } = query;
    if (metadataKey !== undefined) select.andWhere('o.metadata ->> :metadataKey is not null', { metadataKey });
    const rows = await selectPage(select, LIST, 'holdId', query).getMany();
    const scales = await scalesOf(this.dataSource.manager, tenantId, [account.creditType]);
    const scale = scales.get(account.creditType) ?? 0;
    return pageOf(
      rows,
      query.limit,
      (row) => ({ hold: holdOf(row, account), scale }),
      (row) => objectCursor(LIST, row.createdAt, row.holdId),
    );
  }

  private holds() {
    return this.dataSource.getRepository(HoldEntity);
  }
}

/** A hold from its row and the names of its account. */
export function holdOf(row: HoldEntity, { accountId, creditType }: EntryNames): RecordedHold {
  const { tenantId: _tenantId, accountKey: _key, account: _account, reservedFrom, ...same } = row;
  return { ...same, accountId, creditType, reserved: allocationsOf(reservedFrom, null) };
}
