import { CAUSES, type GrantStatus, type HoldStatus, type ScheduleStatus } from '@app/domain';
import type { Logger } from 'typeorm';

import { createDataSource } from '../data-source.js';
import { ledgerFixture, TENANT } from '../testing/ledger-fixture.js';
import { fillLongHistory, HISTORY, NEWEST_AT, WHALE } from '../testing/long-history.js';
import { AccountReader } from './account-reader.js';
import { ROWS_PER_ITEM_MAX } from './bounded-scan.js';
import { EntryReader } from './entry-reader.js';
import { GrantReader } from './grant-reader.js';
import { HoldReader } from './hold-reader.js';
import { type GrantOrder, HoldingsReader } from './holdings-reader.js';
import type { Page } from './page.js';
import { BeyondReach, REACH_MAX } from './reach.js';
import { ScheduleReader } from './schedule-reader.js';
import type { AccountListQuery, EntryListQuery, MovementQuery, ScheduleSearchQuery } from './shapes.js';

const FILL_MS_MAX = 240_000;
const LIMIT = 50;
const DAY_MS = 86_400_000;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

let stop: () => Promise<void>;
// Before the hook that drops the database: hooks run in the order in which they are registered.
afterAll(() => stop());
const fixture = ledgerFixture('once');
const asked: { readonly text: string; readonly parameters: readonly unknown[] }[] = [];
const nothing = (): void => undefined;
const notes: Logger = {
  logQuery: (text, parameters: unknown[] = []) => void asked.push({ text, parameters }),
  logQueryError: nothing,
  logQuerySlow: nothing,
  logSchemaBuild: nothing,
  logMigration: nothing,
  log: nothing,
};

let readers: {
  readonly accounts: AccountReader;
  readonly entries: EntryReader;
  readonly grants: GrantReader;
  readonly holds: HoldReader;
  readonly schedules: ScheduleReader;
  readonly holdings: HoldingsReader;
};

beforeAll(async () => {
  await fillLongHistory(fixture.sql);
  const dataSource = createDataSource({ url: fixture.database.url, applicationName: 'flat-reads', poolSize: 2 });
  dataSource.setOptions({ logging: true, logger: notes });
  await dataSource.initialize();
  stop = () => dataSource.destroy();
  readers = {
    accounts: new AccountReader(dataSource),
    entries: new EntryReader(dataSource),
    grants: new GrantReader(dataSource),
    holds: new HoldReader(dataSource),
    schedules: new ScheduleReader(dataSource),
    holdings: new HoldingsReader(dataSource),
  };
}, FILL_MS_MAX);

/** What a read did: the nodes of the plans of all its statements, run again. */
async function nodesOf(read: () => Promise<unknown>): Promise<readonly Plan[]> {
  asked.length = 0;
  await read();
  const nodes: Plan[] = [];
  const add = (plan: Plan): void => {
    nodes.push(plan);
    plan.Plans?.forEach(add);
  };
  for (const { text, parameters } of [...asked]) {
    if (!/^\s*(select|with)/i.test(text)) continue;
    const [row] = await fixture.sql<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
      `explain (analyze, buffers, format json) ${text}`,
      parameters,
    );
    row?.['QUERY PLAN'].forEach(({ Plan }) => add(Plan));
  }
  return nodes;
}

/** Rows that its scans took up or threw away, over all loops. */
const rowsOf = (plan: Plan): number =>
  plan['Node Type'].endsWith('Scan')
    ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops']
    : 0;

function expectFlat(nodes: readonly Plan[], rowsMax: number): void {
  expect(nodes.length).toBeGreaterThan(0);
  // The tables that are there are never read from end to end; an array or a part of a statement may be.
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  for (const node of nodes) {
    expect((node['Rows Removed by Filter'] ?? 0) * node['Actual Loops']).toBeLessThanOrEqual(rowsMax);
    expect(rowsOf(node)).toBeLessThanOrEqual(rowsMax + 2);
  }
}

type List = (cursor?: string) => Promise<Page<unknown>>;

const entries = (query: Partial<EntryListQuery>): List => {
  return (cursor) => readers.entries.list(TENANT, WHALE, { ...query, limit: LIMIT, cursor });
};
const grants = (status?: GrantStatus): List => {
  return (cursor) => readers.grants.list(TENANT, WHALE, { status, limit: LIMIT, cursor });
};
const holds = (status?: HoldStatus): List => {
  return (cursor) => readers.holds.list(TENANT, WHALE, { status, limit: LIMIT, cursor });
};
const schedules = (status?: ScheduleStatus): List => {
  return (cursor) => readers.schedules.list(TENANT, WHALE, { status, limit: LIMIT, cursor });
};
const accounts = (query: Partial<AccountListQuery>): List => {
  return (cursor) => readers.accounts.list(TENANT, { ...query, limit: LIMIT, cursor });
};

describe('a page of a list by cursor costs the same whatever the history', () => {
  it.each<[string, List]>([
    ['entries', entries({})],
    ['entries of a cause that one has', entries({ cause: 'refill' })],
    ['entries of a cause that none has', entries({ cause: 'void' })],
    ['entries of a reason that none has', entries({ reason: 'none' })],
    ['entries of a type that none has', entries({ commandType: 'hold.create' })],
    ['entries by all', entries({ cause: 'delta', reason: 'none', commandType: 'credit.delta' })],
    ['entries since a time', entries({ from: NEWEST_AT - DAY_MS })],
    ['entries since a time, by reason', entries({ from: NEWEST_AT - DAY_MS, reason: 'none' })],
    ['entries before a time, by cause', entries({ to: NEWEST_AT - DAY_MS, cause: 'void' })],
    ['rejected entries', entries({ status: 'rejected' })],
    ['rejected entries of a cause that none has', entries({ status: 'rejected', cause: 'capture' })],
    [
      'rejected entries by reason since a time',
      entries({ status: 'rejected', reason: 'none', from: NEWEST_AT - DAY_MS }),
    ],
    ['grants', grants()],
    ['open grants', grants('open')],
    ['pending grants', grants('pending')],
    ['voided grants', grants('voided')],
    ['expired grants', grants('expired')],
    [
      'what consumed a grant',
      (cursor) => readers.grants.entries(TENANT, 'grant 5', { limit: LIMIT, cursor }).then(found),
    ],
    ['holds', holds()],
    ['open holds', holds('open')],
    ['released holds', holds('released')],
    ['schedules', schedules()],
    ['active schedules', schedules('active')],
    ['ended schedules', schedules('ended')],
    ['templates', (cursor) => readers.schedules.templates(TENANT, { limit: LIMIT, cursor })],
    ['templates of addons', (cursor) => readers.schedules.templates(TENANT, { scope: 'addon', limit: LIMIT, cursor })],
    ['accounts', accounts({})],
    ['accounts of a type that none has', accounts({ creditType: 'none' })],
    ['accounts of a prefix', accounts({ prefix: 'acc-00199' })],
    ['accounts of a prefix that none has', accounts({ prefix: 'zzz' })],
    ['accounts within the prefix of a key', accounts({ prefix: 'acc', keyPrefix: 'acc-0099' })],
    ['accounts of a prefix and a type that none has', accounts({ prefix: 'acc', creditType: 'none' })],
    ['accounts of a common group', accounts({ group: 'g3' })],
    ['accounts of a rare group', accounts({ group: 'rare' })],
    ['accounts of a group that none has', accounts({ group: 'none' })],
    ['accounts of a group by prefix', accounts({ group: 'g3', prefix: 'acc-009' })],
  ])('%s', async (_, list) => {
    const rowsMax = LIMIT * ROWS_PER_ITEM_MAX;
    let cursor: string | undefined;
    const first = await nodesOf(async () => {
      cursor = (await list()).nextCursor ?? undefined;
    });
    expectFlat(first, rowsMax);
    if (cursor !== undefined) expectFlat(await nodesOf(() => list(cursor)), rowsMax);
  });

  const found = (page: Page<unknown> | null): Page<unknown> => page ?? { items: [], nextCursor: null };
});

describe('a list by offset looks at 10,000 rows at most, whatever the history', () => {
  const movements = (query: Partial<MovementQuery>) =>
    readers.entries.movements(TENANT, WHALE, { limit: LIMIT, offset: 0, order: 'newest-first', ...query });
  const search = (query: Partial<ScheduleSearchQuery>) =>
    readers.schedules.search(TENANT, { creditType: 'credits', limit: LIMIT, offset: 0, ...query });
  const ofCompany = { causes: CAUSES, limit: LIMIT, offset: 0 };
  const numbered = (order: GrantOrder) => ({ order, direction: 'DESC', limit: LIMIT, offset: 0 }) as const;

  it.each<[string, () => Promise<unknown>]>([
    ['movements', () => movements({})],
    ['movements far back', () => movements({ offset: REACH_MAX - LIMIT })],
    ['movements of the first ones', () => movements({ order: 'oldest-first' })],
    ['movements of a reason that none has', () => movements({ reason: { is: 'none', orCauses: [] } })],
    ['movements before a time', () => movements({ to: NEWEST_AT - DAY_MS, direction: 'taken' })],
    ['schedules', () => search({})],
    ['schedules of a status that none has', () => search({ statuses: ['active'] })],
    ['schedules of an account', () => search({ accountIds: ['whale', 'acc-0000001'] })],
    ['templates by metadata', () => search({ scope: 'plan', metadata: { key: 'plan_id', values: ['p'] } })],
    ['movements of a company', () => readers.holdings.movements(TENANT, [WHALE], ofCompany)],
    ['the count of those', () => readers.holdings.countMovements(TENANT, [WHALE], ofCompany)],
    ['grants of a company', () => readers.holdings.grants(TENANT, [WHALE], numbered('createdAt'))],
    ['grants by what remains', () => readers.holdings.grants(TENANT, [WHALE], numbered('remaining'))],
    ['the count of those', () => readers.holdings.countGrants(TENANT, [WHALE])],
  ])('%s', async (_, read) => {
    expectFlat(await nodesOf(read), REACH_MAX);
  });

  it('and says so where it would have to go on', async () => {
    expect((await movements({})).total).toBe(HISTORY.applied);
    await expect(movements({ offset: REACH_MAX })).rejects.toThrow(BeyondReach);
    expect((await search({ statuses: ['completed'] })).total).toBe(REACH_MAX + 1);
    await expect(search({ offset: REACH_MAX })).rejects.toThrow(BeyondReach);
    await expect(readers.holdings.movements(TENANT, [WHALE], { ...ofCompany, offset: REACH_MAX })).rejects.toThrow(
      BeyondReach,
    );
    expect(await readers.holdings.countGrants(TENANT, [WHALE])).toBe(REACH_MAX + 1);
    const far = { ...numbered('amount'), offset: REACH_MAX };
    await expect(readers.holdings.grants(TENANT, [WHALE], far)).rejects.toThrow(BeyondReach);
  });
});

it('a short page goes on behind what it looked at, until everything was looked at', async () => {
  const from = NEWEST_AT - 1_200_000;
  const list = entries({ from, reason: 'none' });
  const pages: Page<unknown>[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await list(cursor);
    pages.push(page);
    cursor = page.nextCursor;
  }
  // 1,201 entries, one a second: 500 looked at for each page.
  expect(pages.map(({ items, nextCursor }) => [items.length, nextCursor !== null])).toEqual([
    [0, true],
    [0, true],
    [0, false],
  ]);
});

it('what few have among many is found on its page', async () => {
  const { items } = await entries({ to: NEWEST_AT - (HISTORY.applied - 400) * 1_000, cause: 'refill' })();
  expect(items).toMatchObject([{ commandId: 'applied 5' }]);
  const [rare, voided] = [await accounts({ group: 'rare' })(), await grants('voided')()];
  expect(rare).toMatchObject({ items: { length: 5 }, nextCursor: null });
  expect(voided.items).toHaveLength(1);
});
