import { accountKey, commandKey } from '@app/contracts';
import type { LedgerEntry } from '@app/domain';
import { Between, type DataSource, type FindOptionsWhere, type SelectQueryBuilder } from 'typeorm';

import { LedgerEntryEntity } from '../entities/index.js';
import { type EntryNames, entryOf } from './entry-view.js';
import { checkLimit, checkPlace, cursorOf, InvalidCursor, type Page, pageOf, placeOf } from './page.js';
import { scalesOf } from './scales.js';
import type { EntryListQuery, MovementQuery, Slice } from './shapes.js';
import { timelineOf, versionAt } from './timeline.js';

const APPLIED_LIST = 'entries';
const REJECTED_LIST = 'rejected-entries';
const VERSION = /^\d{1,19}$/;
const MILLISECONDS = /^\d{1,15}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the ledger of one tenant. */
export class EntryReader {
  constructor(private readonly dataSource: DataSource) {}

  /** The stored outcome of a command, applied or rejected; null when it isn't recorded (yet). */
  async findByCommandId(tenantId: string, commandId: string): Promise<LedgerEntry | null> {
    const row = await this.entries()
      .createQueryBuilder('e')
      .leftJoinAndSelect('e.account', 'a')
      .where('e.tenantId = :tenantId and e.commandKey = :key', { tenantId, key: commandKey(commandId) })
      .getOne();
    // Another id may have the same key: a publisher may send the hash of one id as another.
    if (row === null || (row.commandId ?? row.commandKey) !== commandId) return null;
    const names = namesOf(row);
    const scales = await scalesOf(this.dataSource.manager, tenantId, [names.creditType]);
    return entryOf(row, names, scales.get(names.creditType) ?? 0);
  }

  /** Entries of one account, newest first: applied ones, or those of rejected commands. @throws InvalidCursor, InvalidLimit */
  async list(
    tenantId: string,
    account: { readonly accountId: string; readonly creditType: string },
    query: EntryListQuery,
  ): Promise<Page<LedgerEntry>> {
    checkLimit(query.limit);
    const key = accountKey(tenantId, account.accountId, account.creditType);
    const select = this.entries()
      .createQueryBuilder('e')
      .where({ tenantId, accountKey: key, ...equalities(query) })
      .limit(query.limit + 1);
    const rejected = query.status === 'rejected';
    if (rejected) selectRejected(select, query);
    else if (!(await this.selectApplied(select, tenantId, key, query))) return { items: [], nextCursor: null };
    const rows = await select.getMany();
    const scales = await scalesOf(this.dataSource.manager, tenantId, [account.creditType]);
    return pageOf(
      rows,
      query.limit,
      (row) => entryOf(row, account, scales.get(account.creditType) ?? 0),
      (row) =>
        rejected
          ? cursorOf(REJECTED_LIST, [String(row.recordedAt), row.commandKey])
          : cursorOf(APPLIED_LIST, [String(row.version)]),
    );
  }

  /**
   * Applied entries of one account that added credits or took some, by place. The total counts them all, so it costs
   * as much as the account has entries. @throws InvalidLimit, InvalidOffset
   */
  async movements(tenantId: string, account: EntryNames, query: MovementQuery): Promise<Slice<LedgerEntry>> {
    checkPlace(query);
    const key = accountKey(tenantId, account.accountId, account.creditType);
    const select = this.entries()
      .createQueryBuilder('e')
      .where({ tenantId, accountKey: key })
      .andWhere(MOVED[query.direction ?? 'either'])
      .limit(query.limit)
      .offset(query.offset);
    if (query.reason !== undefined) {
      const { is, orCauses } = query.reason;
      select.andWhere('(e.reason = :reason or (e.reason is null and e.cause in (:...causes)))', {
        reason: is,
        // An empty list is no SQL; nothing has the cause null.
        causes: orCauses.length === 0 ? [null] : orCauses,
      });
    }
    if (!(await this.selectApplied(select, tenantId, key, query))) return { items: [], total: 0 };
    if (query.order === 'oldest-first') select.orderBy('e.version', 'ASC');
    const [rows, total] = await select.getManyAndCount();
    const scales = await scalesOf(this.dataSource.manager, tenantId, [account.creditType]);
    const scale = scales.get(account.creditType) ?? 0;
    return { items: rows.map((row) => entryOf(row, account, scale)), total };
  }

  /** By version, which has the order of time: bounds of time become bounds of versions. False: nothing can match. */
  private async selectApplied(
    select: SelectQueryBuilder<LedgerEntryEntity>,
    tenantId: string,
    key: string,
    { from, to, cursor }: Pick<EntryListQuery, 'from' | 'to' | 'cursor'>,
  ): Promise<boolean> {
    const before = cursor === undefined ? undefined : placeOf(APPLIED_LIST, 1, cursor)[0];
    if (before !== undefined && !VERSION.test(before)) throw new InvalidCursor(cursor ?? '');
    if (from !== undefined || to !== undefined) {
      if ((await timelineOf(this.dataSource, tenantId, key)) === null) return false;
      // Times have whole milliseconds: at or after one is after the one before it.
      const first = from === undefined ? 1n : (await versionAt(this.dataSource, tenantId, key, from - 1)) + 1n;
      const last = to === undefined ? MAX_VERSION : await versionAt(this.dataSource, tenantId, key, to - 1);
      select.andWhere({ version: Between(first, last) });
    } else {
      select.andWhere('e.version is not null');
    }
    if (before !== undefined) select.andWhere('e.version < :before', { before });
    select.orderBy('e.version', 'DESC');
    return true;
  }

  private entries() {
    return this.dataSource.getRepository(LedgerEntryEntity);
  }
}

const MOVED = { either: 'e.applied <> 0', added: 'e.applied > 0', taken: 'e.applied < 0' } as const;
const MAX_VERSION = 2n ** 63n - 1n;

function equalities({ cause, reason, commandType }: EntryListQuery): FindOptionsWhere<LedgerEntryEntity> {
  return {
    ...(cause === undefined ? {} : { cause }),
    ...(reason === undefined ? {} : { reason }),
    ...(commandType === undefined ? {} : { commandType }),
  };
}

function selectRejected(select: SelectQueryBuilder<LedgerEntryEntity>, { from, to, cursor }: EntryListQuery): void {
  select.andWhere('e.version is null').orderBy('e.recordedAt', 'DESC').addOrderBy('e.commandKey', 'DESC');
  if (from !== undefined) select.andWhere('e.recordedAt >= :from', { from: new Date(from) });
  if (to !== undefined) select.andWhere('e.recordedAt < :to', { to: new Date(to) });
  if (cursor === undefined) return;
  const [time = '', key = ''] = placeOf(REJECTED_LIST, 2, cursor);
  if (!MILLISECONDS.test(time) || !UUID.test(key)) throw new InvalidCursor(cursor);
  select.andWhere('(e.recordedAt, e.commandKey) < (:time, :key)', { time: new Date(Number(time)), key });
}

function namesOf(row: LedgerEntryEntity): EntryNames {
  const accountId = row.accountId ?? row.account?.accountId;
  const creditType = row.creditType ?? row.account?.creditType;
  if (accountId === undefined || creditType === undefined) {
    throw new Error(`entry ${row.commandKey} of tenant ${row.tenantId} names no account and its account has no row`);
  }
  return { accountId, creditType };
}
