import { accountKey } from '@app/contracts';
import type { Cause, EpochMs, Grant, LedgerEntry } from '@app/domain';
import { type DataSource, In } from 'typeorm';

import { CreditTypeEntity, GrantEntity, LedgerEntryEntity } from '../entities/index.js';
import { GRANT_ENDS } from '../sql/grant-ends.js';
import { COUNT_MOVEMENTS, MOVEMENTS } from '../sql/movements.js';
import { type EntryNames, entryOf } from './entry-view.js';
import { grantOf } from './grant-reader.js';
import { scalesOf } from './scales.js';
import type { GrantView } from './shapes.js';
import { timelineOf, versionAt } from './timeline.js';

/** A page by its place in the list: what compatible APIs ask for, while native lists go by cursor. */
export interface Numbered {
  /** 0 or above. */
  readonly limit: number;
  readonly offset: number;
}

/**
 * What grants may be ordered by. Amounts are compared across credit types, whatever their scales; what remains is
 * without what holds reserve.
 */
export type GrantOrder = 'createdAt' | 'expiresAt' | 'amount' | 'remaining';

export interface NumberedGrants extends Numbered {
  readonly order: GrantOrder;
  readonly direction: 'ASC' | 'DESC';
}

/** Which entries count as movements of credits; those that moved nothing never do. */
export interface MovementFilter {
  readonly causes: readonly Cause[];
  /** Inclusive. */
  readonly from?: EpochMs;
  /** Exclusive. */
  readonly to?: EpochMs;
}

/**
 * Lists over several accounts of one tenant, such as all credits of one company, by offset and with counts.
 * Accounts that aren't there have nothing.
 */
export class HoldingsReader {
  constructor(private readonly dataSource: DataSource) {}

  /** Grants of these accounts in every state; those of equal order by id. Without an expiry is last. */
  async grants(tenantId: string, accounts: readonly EntryNames[], query: NumberedGrants): Promise<GrantView[]> {
    if (accounts.length === 0 || query.limit === 0) return [];
    const rows = await this.grantsOf(tenantId, accounts)
      .innerJoinAndSelect('o.account', 'a')
      .leftJoin(CreditTypeEntity, 't', 't.tenantId = o.tenantId and t.creditType = a.creditType')
      .addSelect(atOneScale('o.amount'), 'comparable_amount')
      .addSelect(atOneScale('(o.remaining - o.held)'), 'comparable_remaining')
      .orderBy(ORDER_BY[query.order], query.direction, 'NULLS LAST')
      .addOrderBy('o.grantId', query.direction)
      .limit(query.limit)
      .offset(query.offset)
      .getMany();
    const scales = await scalesOf(
      this.dataSource.manager,
      tenantId,
      rows.map(({ account }) => account.creditType),
    );
    return rows.map((row) => ({ grant: grantOf(row, row.account), scale: scales.get(row.account.creditType) ?? 0 }));
  }

  /** The entries that ended those of these grants that were voided or expired, by grant id. One may end several. */
  async ends(tenantId: string, grants: readonly Grant[]): Promise<ReadonlyMap<string, LedgerEntry>> {
    const ended = grants.filter(({ status }) => status === 'voided' || status === 'expired');
    if (ended.length === 0) return new Map();
    const ids = ended.map(({ grantId }) => grantId);
    const rows = await this.dataSource.query<{ grant_id: string; command_key: string }[]>(GRANT_ENDS, [tenantId, ids]);
    const keys = rows.map(({ command_key }) => command_key);
    const entries = await this.entriesByKey(tenantId, ended, keys);
    return new Map(
      rows.flatMap(({ grant_id, command_key }) => {
        const entry = entries.get(command_key);
        return entry ? [[grant_id, entry] as const] : [];
      }),
    );
  }

  async countGrants(tenantId: string, accounts: readonly EntryNames[]): Promise<number> {
    return accounts.length === 0 ? 0 : this.grantsOf(tenantId, accounts).getCount();
  }

  /** Entries of these accounts that moved credits, newest first. */
  async movements(
    tenantId: string,
    accounts: readonly EntryNames[],
    { limit, offset, ...filter }: MovementFilter & Numbered,
  ): Promise<LedgerEntry[]> {
    const spans = await this.spansOf(tenantId, accounts, filter);
    if (spans.keys.length === 0 || limit === 0) return [];
    const found = await this.dataSource.query<{ command_key: string }[]>(MOVEMENTS, [
      ...parametersOf(tenantId, spans, filter),
      limit,
      offset,
    ]);
    const keys = found.map(({ command_key }) => command_key);
    const entries = await this.entriesByKey(tenantId, accounts, keys);
    return keys.flatMap((key) => entries.get(key) ?? []);
  }

  async countMovements(tenantId: string, accounts: readonly EntryNames[], filter: MovementFilter): Promise<number> {
    const spans = await this.spansOf(tenantId, accounts, filter);
    if (spans.keys.length === 0) return 0;
    const parameters = parametersOf(tenantId, spans, filter);
    const rows = await this.dataSource.query<{ count: string }[]>(COUNT_MOVEMENTS, parameters);
    return Number(rows[0]?.count ?? 0);
  }

  /** By version, which has the order of time: bounds of time become bounds of versions. */
  private async spansOf(tenantId: string, accounts: readonly EntryNames[], filter: MovementFilter): Promise<Spans> {
    const { from, to } = filter;
    const spans: Spans = { keys: [], first: [], last: [] };
    for (const { accountId, creditType } of accounts) {
      const key = accountKey(tenantId, accountId, creditType);
      if ((await timelineOf(this.dataSource, tenantId, key)) === null) continue;
      // Times have whole milliseconds: at or after one is after the one before it.
      const first = from === undefined ? 1n : (await versionAt(this.dataSource, tenantId, key, from - 1)) + 1n;
      const last = to === undefined ? MAX_VERSION : await versionAt(this.dataSource, tenantId, key, to - 1);
      if (first > last) continue;
      spans.keys.push(key);
      spans.first.push(String(first));
      spans.last.push(String(last));
    }
    return spans;
  }

  private async entriesByKey(
    tenantId: string,
    accounts: readonly EntryNames[],
    commandKeys: readonly string[],
  ): Promise<ReadonlyMap<string, LedgerEntry>> {
    const rows = await this.dataSource
      .getRepository(LedgerEntryEntity)
      .findBy({ tenantId, commandKey: In([...commandKeys]) });
    const names = new Map(accounts.map((of) => [accountKey(tenantId, of.accountId, of.creditType), of]));
    const types = accounts.map(({ creditType }) => creditType);
    const scales = await scalesOf(this.dataSource.manager, tenantId, types);
    return new Map(
      rows.flatMap((row) => {
        const of = names.get(row.accountKey);
        return of ? [[row.commandKey, entryOf(row, of, scales.get(of.creditType) ?? 0)] as const] : [];
      }),
    );
  }

  /** `amount > 0` is the condition of the index, always true. */
  private grantsOf(tenantId: string, accounts: readonly EntryNames[]) {
    const keys = accounts.map(({ accountId, creditType }) => accountKey(tenantId, accountId, creditType));
    return this.dataSource
      .getRepository(GrantEntity)
      .createQueryBuilder('o')
      .where('o.tenantId = :tenantId and o.accountKey in (:...keys) and o.amount > 0', { tenantId, keys });
  }
}

/** Of each account, which versions are looked at. */
interface Spans {
  readonly keys: string[];
  readonly first: string[];
  readonly last: string[];
}

const MAX_VERSION = 2n ** 63n - 1n;

/** Minor units at one scale for all. */
const atOneScale = (amount: string): string => `${amount} * power(10::numeric, 9 - coalesce(t.scale, 0))`;

const ORDER_BY: Readonly<Record<GrantOrder, string>> = {
  createdAt: 'o.createdAt',
  expiresAt: 'o.expiresAt',
  amount: 'comparable_amount',
  remaining: 'comparable_remaining',
};

function parametersOf(tenantId: string, spans: Spans, { causes }: MovementFilter): unknown[] {
  return [tenantId, spans.keys, spans.first, spans.last, causes];
}
