import type { Grant, LedgerEntry } from '@app/domain';
import {
  type CreditTypeView,
  type GrantListQuery,
  type GrantView,
  type RecordedGrant,
  type HoldListQuery,
  type HoldView,
  InvalidCursor,
  type MovementFilter,
  type Numbered,
  type NumberedGrants,
  type ObjectListQuery,
  type Page,
  type ScheduleListQuery,
  type ScheduleSearchQuery,
  type ScheduleView,
  type Slice,
  type TemplateListQuery,
} from '@app/store';

interface Names {
  readonly accountId: string;
  readonly creditType: string;
}

/** Grants, holds, schedules and credit types that a test puts there; all of tenant `acme`. */
export class FakeObjects {
  readonly grants: GrantView[] = [];
  readonly holds: HoldView[] = [];
  readonly schedules: ScheduleView[] = [];
  readonly creditTypes: CreditTypeView[] = [];
  /** Entries that moved credits of grants. */
  readonly grantEntries: LedgerEntry[] = [];
  /** Entries that moved credits of accounts. */
  readonly movements: LedgerEntry[] = [];
  /** Entries that ended grants. */
  readonly grantEnds: LedgerEntry[] = [];
  lastList: ObjectListQuery<string> | undefined;
  lastNumbered: Partial<NumberedGrants & MovementFilter> | undefined;
  lastTemplateList: TemplateListQuery | undefined;
  lastScheduleSearch: ScheduleSearchQuery | undefined;
  lastGrantEntries: { readonly limit: number; readonly cursor?: string } | undefined;

  constructor(
    private readonly tenantId: string,
    /** Fails while the database is away. */
    private readonly read: <T>(get: () => T) => Promise<T>,
  ) {}

  readonly grantReader = {
    find: (tenantId: string, id: string): Promise<GrantView | null> =>
      this.read(() => this.own(tenantId, this.grants).find(({ grant }) => grant.grantId === id) ?? null),
    list: (tenantId: string, names: Names, query: GrantListQuery): Promise<Page<GrantView>> =>
      this.list(query, () => this.own(tenantId, this.grants).filter(({ grant }) => isOf(names, grant))),
    entries: (
      tenantId: string,
      _id: string,
      query: { readonly limit: number; readonly cursor?: string },
    ): Promise<Page<LedgerEntry> | null> =>
      this.read(() => {
        this.lastGrantEntries = query;
        return { items: this.own(tenantId, this.grantEntries), nextCursor: 'older' };
      }),
    named: (tenantId: string, _names: Names, ids: readonly string[]): Promise<readonly RecordedGrant[]> =>
      this.read(() =>
        this.own(tenantId, this.grants)
          .map(({ grant }) => grant)
          .filter(({ grantId }) => ids.includes(grantId)),
      ),
  };

  readonly holdReader = {
    find: (tenantId: string, id: string): Promise<HoldView | null> =>
      this.read(() => this.own(tenantId, this.holds).find(({ hold }) => hold.holdId === id) ?? null),
    list: (tenantId: string, names: Names, query: HoldListQuery): Promise<Page<HoldView>> =>
      this.list(query, () => this.own(tenantId, this.holds).filter(({ hold }) => isOf(names, hold))),
    newestLease: (tenantId: string, names: Names): Promise<HoldView['hold'] | null> =>
      this.read(() => this.own(tenantId, this.holds).find(({ hold }) => isOf(names, hold))?.hold ?? null),
  };

  readonly holdingsReader = {
    grants: (tenantId: string, accounts: readonly Names[], query: NumberedGrants): Promise<GrantView[]> =>
      this.numbered(query, () => this.ofAccounts(tenantId, accounts, this.grants, ({ grant }) => grant)),
    ends: (tenantId: string, grants: readonly Grant[]): Promise<ReadonlyMap<string, LedgerEntry>> =>
      this.read(() => {
        const isEnd = ({ grantId }: LedgerEntry): boolean => grants.some((grant) => grant.grantId === grantId);
        const ends = this.own(tenantId, this.grantEnds).filter(isEnd);
        return new Map(ends.map((entry) => [entry.grantId ?? '', entry]));
      }),
    countGrants: (tenantId: string, accounts: readonly Names[]): Promise<number> =>
      this.read(() => this.ofAccounts(tenantId, accounts, this.grants, ({ grant }) => grant).length),
    movements: (
      tenantId: string,
      accounts: readonly Names[],
      query: MovementFilter & Numbered,
    ): Promise<LedgerEntry[]> =>
      this.numbered(query, () => this.ofAccounts(tenantId, accounts, this.movements, (entry) => entry)),
    countMovements: (tenantId: string, accounts: readonly Names[], filter: MovementFilter): Promise<number> =>
      this.read(() => {
        this.lastNumbered = filter;
        return this.ofAccounts(tenantId, accounts, this.movements, (entry) => entry).length;
      }),
  };

  readonly scheduleReader = {
    find: (tenantId: string, id: string): Promise<ScheduleView | null> =>
      this.read(() => this.own(tenantId, this.schedules).find(({ schedule }) => schedule.scheduleId === id) ?? null),
    list: (tenantId: string, names: Names, query: ScheduleListQuery): Promise<Page<ScheduleView>> =>
      this.list(query, () => this.own(tenantId, this.schedules).filter(({ schedule }) => isOf(names, schedule))),
    templates: (tenantId: string, query: TemplateListQuery): Promise<Page<ScheduleView>> =>
      this.read(() => {
        this.lastTemplateList = query;
        const items = this.own(tenantId, this.schedules).filter(({ schedule }) => schedule.accountId === '');
        return { items, nextCursor: null };
      }),
    search: (tenantId: string, query: ScheduleSearchQuery): Promise<Slice<ScheduleView>> =>
      this.read(() => {
        this.lastScheduleSearch = query;
        const items = this.own(tenantId, this.schedules);
        return { items, total: items.length };
      }),
  };

  readonly creditTypeReader = {
    find: (tenantId: string, creditType: string): Promise<CreditTypeView | null> =>
      this.read(() => this.own(tenantId, this.creditTypes).find(({ id }) => id === creditType) ?? null),
    list: (tenantId: string): Promise<readonly CreditTypeView[]> =>
      this.read(() => this.own(tenantId, this.creditTypes)),
    named: (tenantId: string, ids: Iterable<string>): Promise<readonly CreditTypeView[]> =>
      this.read(() => this.own(tenantId, this.creditTypes).filter(({ id }) => [...ids].includes(id))),
    page: (
      tenantId: string,
      query: { readonly limit: number; readonly cursor?: string },
    ): Promise<Page<CreditTypeView>> =>
      this.read(() => {
        const { cursor = '0', limit } = query;
        if (cursor === 'forged') throw new InvalidCursor(cursor);
        const types = this.own(tenantId, this.creditTypes);
        const next = Number(cursor) + limit;
        return { items: types.slice(Number(cursor), next), nextCursor: next < types.length ? String(next) : null };
      }),
  };

  private own<T>(tenantId: string, items: readonly T[]): T[] {
    return tenantId === this.tenantId ? [...items] : [];
  }

  private ofAccounts<T>(
    tenantId: string,
    accounts: readonly Names[],
    items: readonly T[],
    namesOf: (item: T) => Names,
  ): T[] {
    return this.own(tenantId, items).filter((item) => accounts.some((names) => isOf(names, namesOf(item))));
  }

  private numbered<T>(query: Numbered & Partial<NumberedGrants>, items: () => T[]): Promise<T[]> {
    return this.read(() => {
      this.lastNumbered = query;
      return items().slice(query.offset, query.offset + query.limit);
    });
  }

  private list<T>(query: ObjectListQuery<string>, items: () => T[]): Promise<Page<T>> {
    return this.read(() => {
      this.lastList = query;
      return { items: items(), nextCursor: 'next' };
    });
  }
}

function isOf({ accountId, creditType }: Names, item: Names): boolean {
  return item.accountId === accountId && item.creditType === creditType;
}
