import { accountKey, commandKey } from '@app/contracts';
import type { LedgerEntry } from '@app/domain';
import { Between, type DataSource, type SelectQueryBuilder } from 'typeorm';

import { LedgerEntryEntity } from '../entities/index.js';
import { scannedPage } from './bounded-scan.js';
import { type EntryNames, entryOf } from './entry-view.js';
import { checkPlace, cursorOf, InvalidCursor, type Page, placeOf } from './page.js';
import { checkReach } from './reach.js';
import { scalesOf } from './scales.js';
import type { EntryListQuery, MovementQuery, Slice } from './shapes.js';
import { newestOf, oldestOf, spanOf } from './span.js';

const APPLIED_LIST = 'entries';
const REJECTED_LIST = 'rejected-entries';
/** Within bigint. */
const VERSION = /^\d{1,18}$/;
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

  /**
   * Entries of one account, newest first: applied ones, or those of rejected commands. Narrowed by cause, reason or
   * type, a page may be short. @throws InvalidCursor, InvalidLimit
   */
  async list(tenantId: string, account: EntryNames, query: EntryListQuery): Promise<Page<LedgerEntry>> {
    const key = accountKey(tenantId, account.accountId, account.creditType);
    const select = this.entries().createQueryBuilder('e').where({ tenantId, accountKey: key });
    const { status, cause, reason, commandType, limit } = query;
    const isRejected = status === 'rejected';
    if (isRejected) selectRejected(select, query);
    else await this.selectApplied(select, tenantId, key, query);
    const scales = await scalesOf(this.dataSource.manager, tenantId, [account.creditType]);
    const list = isRejected ? REJECTED : APPLIED;
    return scannedPage(
      {
        select,
        ...list.order,
        direction: 'DESC',
        after: query.cursor === undefined ? undefined : list.after(query.cursor),
        filter: { equal: { cause, reason, commandType } },
        limit,
      },
      (row) => entryOf(row, account, scales.get(account.creditType) ?? 0),
      list.cursor,
    );
  }

  /**
   * Applied entries of one account that added credits or took some, by place: of the newest 10,000 entries within the
   * time asked for, or of the oldest when those come first. What lies beyond is counted as if all of it were asked for.
   * @throws InvalidLimit, InvalidOffset, BeyondReach
   */
  async movements(tenantId: string, account: EntryNames, query: MovementQuery): Promise<Slice<LedgerEntry>> {
    checkPlace(query);
    const key = accountKey(tenantId, account.accountId, account.creditType);
    const span = await spanOf(this.dataSource, tenantId, key, query);
    if (span === null) return { items: [], total: 0 };
    const isOldestFirst = query.order === 'oldest-first';
    const { first, last, beyond } = isOldestFirst ? oldestOf(span) : newestOf(span);
    const select = this.entries()
      .createQueryBuilder('e')
      .where({ tenantId, accountKey: key, version: Between(first, last) })
      .andWhere(MOVED[query.direction ?? 'either'])
      .orderBy('e.version', isOldestFirst ? 'ASC' : 'DESC')
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
    const [rows, matching] = await select.getManyAndCount();
    checkReach(query, matching, beyond);
    const scales = await scalesOf(this.dataSource.manager, tenantId, [account.creditType]);
    const scale = scales.get(account.creditType) ?? 0;
    return { items: rows.map((row) => entryOf(row, account, scale)), total: matching + beyond };
  }

  /** By version, which has the order of time: bounds of time become bounds of versions. */
  private async selectApplied(
    select: SelectQueryBuilder<LedgerEntryEntity>,
    tenantId: string,
    key: string,
    times: Pick<EntryListQuery, 'from' | 'to'>,
  ): Promise<void> {
    if (times.from === undefined && times.to === undefined) {
      select.andWhere('e.version is not null');
      return;
    }
    const { first, last } = (await spanOf(this.dataSource, tenantId, key, times)) ?? { first: 1n, last: 0n };
    select.andWhere({ version: Between(first, last) });
  }

  private entries() {
    return this.dataSource.getRepository(LedgerEntryEntity);
  }
}

const MOVED = { either: 'e.applied <> 0', added: 'e.applied > 0', taken: 'e.applied < 0' } as const;

const APPLIED = {
  order: { place: ['e.version'], key: ['e.tenantId', 'e.commandKey'] },
  after(cursor: string): readonly unknown[] {
    const [version = ''] = placeOf(APPLIED_LIST, 1, cursor);
    if (!VERSION.test(version)) throw new InvalidCursor(cursor);
    return [version];
  },
  cursor: (row: LedgerEntryEntity): string => cursorOf(APPLIED_LIST, [String(row.version)]),
};

const REJECTED = {
  order: { place: ['e.recordedAt', 'e.commandKey'], key: ['e.tenantId'] },
  after(cursor: string): readonly unknown[] {
    const [time = '', key = ''] = placeOf(REJECTED_LIST, 2, cursor);
    if (!MILLISECONDS.test(time) || !UUID.test(key)) throw new InvalidCursor(cursor);
    return [new Date(Number(time)), key];
  },
  cursor: (row: LedgerEntryEntity): string => cursorOf(REJECTED_LIST, [String(row.recordedAt), row.commandKey]),
};

function selectRejected(select: SelectQueryBuilder<LedgerEntryEntity>, { from, to }: EntryListQuery): void {
  select.andWhere('e.version is null');
  if (from !== undefined) select.andWhere('e.recordedAt >= :from', { from: new Date(from) });
  if (to !== undefined) select.andWhere('e.recordedAt < :to', { to: new Date(to) });
}

function namesOf(row: LedgerEntryEntity): EntryNames {
  const accountId = row.accountId ?? row.account?.accountId;
  const creditType = row.creditType ?? row.account?.creditType;
  if (accountId === undefined || creditType === undefined) {
    throw new Error(`entry ${row.commandKey} of tenant ${row.tenantId} names no account and its account has no row`);
  }
  return { accountId, creditType };
}
