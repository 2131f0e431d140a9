import { accountKey } from '@app/contracts';
import type { DataSource } from 'typeorm';

import { allocationsOf } from '../chunk/entry-row.js';
import { HoldEntity } from '../entities/index.js';
import type { EntryNames } from './entry-view.js';
import { objectPage } from './object-list.js';
import type { Page } from './page.js';
import { scalesOf } from './scales.js';
import type { HoldListQuery, HoldView, RecordedHold } from './shapes.js';

/** How the ids of Schematic's leases begin: they are holds. */
export const LEASE_ID_PREFIX = 'lease_';

const LIST = 'holds';
/** The few open holds are found by an index of their own among any number that have ended. */
const INDEXED = { open: "o.status = 'open'" } as const;

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

  /**
   * Holds of one account, every status, newest first. Narrowed to a status of those that have ended, a page
   * may be short. @throws InvalidCursor, InvalidLimit
   */
  async list(tenantId: string, account: EntryNames, query: HoldListQuery): Promise<Page<HoldView>> {
    const key = accountKey(tenantId, account.accountId, account.creditType);
    const select = this.holds().createQueryBuilder('o').where({ tenantId, accountKey: key });
    const scales = await scalesOf(this.dataSource.manager, tenantId, [account.creditType]);
    const scale = scales.get(account.creditType) ?? 0;
    return objectPage({ select, list: LIST, id: 'holdId', indexed: INDEXED }, query, (row) => ({
      hold: holdOf(row, account),
      scale,
    }));
  }

  /** The account's hold that was made last of those whose id begins with `LEASE_ID_PREFIX`; null: it had none. */
  async newestLease(tenantId: string, account: EntryNames): Promise<RecordedHold | null> {
    const key = accountKey(tenantId, account.accountId, account.creditType);
    const row = await this.holds()
      .createQueryBuilder('o')
      .where({ tenantId, accountKey: key })
      // The condition of the index.
      .andWhere("o.holdId like 'lease\\_%'")
      .orderBy('o.createdAt', 'DESC')
      .addOrderBy('o.holdId', 'DESC')
      .limit(1)
      .getOne();
    return row && holdOf(row, account);
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
