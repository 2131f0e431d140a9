import { type Draft, entryOf, ledgerFixture, START, TENANT } from '../testing/ledger-fixture.js';
import { AccountReader } from './account-reader.js';
import { CreditTypeReader } from './credit-type-reader.js';
import { EntryReader } from './entry-reader.js';
import { GrantReader } from './grant-reader.js';
import { HoldReader } from './hold-reader.js';
import { InvalidCursor, type Page } from './page.js';
import { ScheduleReader } from './schedule-reader.js';

const fixture = ledgerFixture();
const account = { accountId: 'key_1', creditType: 'credits' };
const HOUR = 3_600_000;
const grants = () => new GrantReader(fixture.dataSource);
const holds = () => new HoldReader(fixture.dataSource);
const schedules = () => new ScheduleReader(fixture.dataSource);
const accounts = () => new AccountReader(fixture.dataSource);

async function pages<T>(read: (cursor: string | undefined) => Promise<Page<T> | null>): Promise<T[]> {
  const items: T[] = [];
  for (let page = await read(undefined); page !== null; page = await read(page.nextCursor)) {
    items.push(...page.items);
    if (page.nextCursor === null) break;
  }
  return items;
}

describe('grants', () => {
  it('are found by id in every state, within the tenant', async () => {
    const partition = await fixture.partition();
    await partition.send(
      { type: 'account.open' },
      { type: 'grant.create', grantId: 'g1', amount: '5', name: 'first', priority: 2, metadata: { a: '1' } },
      { type: 'grant.void', grantId: 'g1' },
    );
    expect(await grants().find(TENANT, 'g1')).toMatchObject({
      grant: { grantId: 'g1', ...account, status: 'voided', amount: 5n, remaining: 0n, priority: 2, name: 'first' },
      scale: 0,
    });
    expect(await grants().find('globex', 'g1')).toBeNull();
    expect(await grants().find(TENANT, 'g2')).toBeNull();
  });

  it('of an account are listed newest first, page by page, by status and by time', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open' }, { type: 'account.open', accountId: 'other' });
    const drafts = Array.from({ length: 7 }, (_, i): Draft => ({
      type: 'grant.create',
      grantId: `g${i}`,
      amount: '5',
    }));
    const results = await partition.send(...drafts, { type: 'grant.create', accountId: 'other', amount: '1' });
    await partition.send({ type: 'grant.void', grantId: 'g3' });
    const all = await pages((cursor) => grants().list(TENANT, account, { limit: 3, cursor }));
    expect(all.map(({ grant }) => grant.grantId)).toEqual(['g6', 'g5', 'g4', 'g3', 'g2', 'g1', 'g0']);
    const voided = await grants().list(TENANT, account, { limit: 3, status: 'voided' });
    expect(voided.items.map(({ grant }) => grant.grantId)).toEqual(['g3']);
    const [from, to] = [2, 5].map((index) => entryOf(results[index]).recordedAt);
    const between = await grants().list(TENANT, account, { limit: 9, from, to });
    expect(between.items.map(({ grant }) => grant.grantId)).toEqual(['g4', 'g3', 'g2']);
    await expect(grants().list(TENANT, account, { limit: 3, cursor: 'x' })).rejects.toThrow(InvalidCursor);
  });

  it('say which entries gave to them and took from them', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open', initial: '100' });
    const id = 'g"1\\%_';
    await partition.send(
      { type: 'grant.create', id: 'made', grantId: id, amount: '10', priority: 1 },
      { type: 'grant.create', id: 'other', grantId: 'g2', amount: '10', priority: 9 },
      { type: 'credit.delta', id: 'd1', delta: '-4' },
      { type: 'credit.delta', id: 'd2', delta: '-9' },
      { type: 'credit.delta', id: 'd3', delta: '-9' },
      { type: 'credit.reverse', id: 'back', reverses: 'd1', amount: '1' },
      { type: 'credit.delta', id: 'plus', delta: '1' },
    );
    const commandIds = async (grantId: string) =>
      (await pages((cursor) => grants().entries(TENANT, grantId, { limit: 2, cursor }))).map(
        ({ commandId }) => commandId,
      );
    expect(await commandIds('g2')).toEqual(['d3', 'd2', 'other']);
    expect((await commandIds(id)).sort()).toEqual(['back', 'd1', 'd2', 'made']);
    expect(await grants().entries(TENANT, 'missing', { limit: 2 })).toBeNull();
  });
});

describe('holds', () => {
  it('are found by id and listed newest first', async () => {
    const partition = await fixture.partition();
    await partition.send(
      { type: 'account.open', initial: '500' },
      { type: 'hold.create', holdId: 'h1', amount: '400', metadata: { job: '7' } },
      { type: 'hold.create', holdId: 'h2', amount: '10' },
      { type: 'hold.capture', holdId: 'h1', amount: '260' },
      { type: 'hold.release', holdId: 'h2' },
    );
    expect(await holds().find(TENANT, 'h1')).toMatchObject({
      hold: { ...account, status: 'open', amount: 400n, captured: 260n, reserved: [{ grantId: null, amount: 140n }] },
    });
    expect((await holds().find(TENANT, 'h2'))?.hold).toMatchObject({ status: 'released', reserved: [], dueAt: null });
    expect(await holds().find('globex', 'h1')).toBeNull();
    const all = await pages((cursor) => holds().list(TENANT, account, { limit: 1, cursor }));
    expect(all.map(({ hold }) => hold.holdId)).toEqual(['h2', 'h1']);
    expect((await holds().list(TENANT, account, { limit: 5, status: 'open' })).items).toHaveLength(1);
  });
});

describe('schedules', () => {
  it('are found by id and listed newest first; templates apart', async () => {
    const partition = await fixture.partition();
    const schedule = (scheduleId: string, more: object = {}): Draft => ({
      type: 'schedule.create',
      scheduleId,
      amount: '5',
      cadence: 'recurring',
      period: 'monthly',
      ...more,
    });
    await partition.send(
      { type: 'account.open' },
      schedule('s1', {
        rollover: { percent: 25, cap: '9' },
        expiry: { type: 'period_end' },
        timeZone: 'Europe/Berlin',
      }),
      schedule('s2'),
      schedule('t1', { accountId: '', scope: 'plan' }),
      schedule('t2', { accountId: '', scope: 'addon' }),
      { type: 'schedule.end', scheduleId: 's2', end: START },
    );
    expect((await schedules().find(TENANT, 's1'))?.schedule).toMatchObject({
      ...account,
      rollover: { percent: 25, cap: 9n },
      expiry: { type: 'period_end' },
      timeZone: 'Europe/Berlin',
      nextIndex: 0,
      version: 1n,
    });
    const ids = (page: Awaited<ReturnType<ScheduleReader['list']>>) =>
      page.items.map(({ schedule: { scheduleId } }) => scheduleId);
    expect(ids(await schedules().list(TENANT, account, { limit: 5 }))).toEqual(['s2', 's1']);
    expect(ids(await schedules().list(TENANT, account, { limit: 5, status: 'ended' }))).toEqual(['s2']);
    expect(ids(await schedules().templates(TENANT, { limit: 5 }))).toEqual(['t2', 't1']);
    expect(ids(await schedules().templates(TENANT, { limit: 5, scope: 'plan' }))).toEqual(['t1']);
    expect((await schedules().find(TENANT, 't1'))?.schedule).toMatchObject({ accountId: '', scope: 'plan' });
    expect(await schedules().find('globex', 't1')).toBeNull();
  });
});

describe('credit types', () => {
  it('are read as they were put; deleted ones are not', async () => {
    const partition = await fixture.partition();
    const definition = {
      ...{ scale: 2, name: 'Gold', description: 'shiny', singularName: 'coin', pluralName: 'coins', icon: '🪙' },
      burnOrder: 'expiration_priority' as const,
      defaultExpiry: { type: 'duration' as const, count: 3, unit: 'months' as const },
      prices: [{ currency: 'EUR', pricePerUnit: '0.05' }],
      metadata: { a: '1' },
    };
    const put: Draft = {
      ...{ type: 'credit-type.put', accountId: '', creditType: 'gold' },
      ...definition,
      defaultRollover: { percent: 50, cap: '2.5' },
    };
    await partition.send(
      put,
      { ...put, creditType: 'silver' },
      { type: 'credit-type.delete', accountId: '', creditType: 'silver' },
    );
    const reader = new CreditTypeReader(fixture.dataSource);
    expect(await reader.find(TENANT, 'gold')).toEqual({
      ...{ id: 'gold', ...definition, defaultRollover: { percent: 50, cap: 250n } },
      ...{ version: 1n, createdAt: START, updatedAt: START, deletedAt: null },
    });
    expect(await reader.find(TENANT, 'silver')).toBeNull();
    expect((await reader.list(TENANT)).map(({ id }) => id)).toEqual(['credits', 'gold']);
  });

  it('their entries have no account, and their redelivery carries what they changed', async () => {
    const partition = await fixture.partition();
    const commands = partition.append(
      {
        type: 'credit-type.put',
        id: 'p1',
        accountId: '',
        creditType: 'gold',
        scale: 2,
        defaultRollover: { percent: 50, cap: '1' },
      },
      { type: 'credit-type.put', id: 'p2', accountId: '', creditType: 'gold', scale: 2, name: 'Gold' },
    );
    const first = await partition.apply(commands);
    const again = await partition.apply(commands);
    expect(first[0]).toMatchObject({
      kind: 'decided',
      entry: { accountId: '', creditType: 'gold', scale: 2, version: 1n, applied: null, before: null },
      changed: {
        kind: 'credit-type',
        creditType: { version: 1n, defaultRollover: { percent: 50, cap: 100n }, name: null },
      },
    });
    expect(again).toEqual(first.map((result) => ({ ...result, kind: 'redelivery' })));
    expect(await new EntryReader(fixture.dataSource).findByCommandId(TENANT, 'p1')).toEqual(entryOf(first[0]));
  });
});

describe('an account with grants and holds', () => {
  it('is read with what is live, and without what has lapsed in available', async () => {
    const partition = await fixture.partition();
    const now = Date.now();
    partition.at(now - 2 * HOUR);
    await partition.send(
      { type: 'account.open', initial: '100' },
      { type: 'account.open', accountId: 'plain', initial: '3' },
      { type: 'grant.create', grantId: 'lapsed', amount: '30', expiresAt: now - HOUR },
      { type: 'grant.create', grantId: 'good', amount: '20', expiresAt: now + HOUR },
      { type: 'grant.create', grantId: 'gone', amount: '5' },
      { type: 'grant.create', grantId: 'pending', amount: '7', effectiveAt: now + HOUR },
      { type: 'grant.void', grantId: 'gone' },
      { type: 'hold.create', holdId: 'h', amount: '40', expiresAt: now + HOUR },
    );
    const view = await accounts().find(TENANT, account);
    expect(view?.account.grants.map(({ grantId }) => grantId)).toEqual(['lapsed', 'good', 'pending']);
    expect(view?.account.holds.map(({ holdId }) => holdId)).toEqual(['h']);
    // 30 of the hold come from the grant that has lapsed, so that nothing of it is free.
    expect(view).toMatchObject({ account: { balance: 150n, held: 40n }, available: 110n });
    await partition.send({ type: 'hold.release', holdId: 'h' });
    expect(await accounts().find(TENANT, account)).toMatchObject({ account: { held: 0n }, available: 120n });
    const list = await accounts().list(TENANT, { limit: 5 });
    expect(list.items.map(({ account: { accountId }, available }) => [accountId, available])).toEqual([
      ['key_1', 120n],
      ['plain', 3n],
    ]);
  });

  it('entries name what they touched, and reversals their original', async () => {
    const partition = await fixture.partition();
    await partition.send(
      { type: 'account.open', initial: '100' },
      { type: 'grant.create', id: 'g', grantId: 'g1', amount: '30' },
      { type: 'hold.create', id: 'h', holdId: 'h1', amount: '5' },
      { type: 'schedule.create', id: 's', scheduleId: 's1', amount: '5', cadence: 'one_time' },
      { type: 'credit.delta', id: '0192f0c1-0000-7000-8000-000000000001', delta: '-6' },
      { type: 'credit.reverse', id: 'r', reverses: '0192f0c1-0000-7000-8000-000000000001', amount: '2' },
      { type: 'credit.delta', id: 'text', delta: '-6' },
      { type: 'credit.reverse', id: 'r2', reverses: 'text' },
    );
    const { items } = await new EntryReader(fixture.dataSource).list(TENANT, account, { limit: 10 });
    const named = items.map(({ commandId, grantId, holdId, scheduleId, reverses }) => [
      ...[commandId, grantId, holdId, scheduleId],
      reverses,
    ]);
    expect(named.filter((row) => row.slice(1).some((part) => part !== null))).toEqual([
      ['r2', null, null, null, { commandId: 'text', amount: 6n }],
      ['r', null, null, null, { commandId: '0192f0c1-0000-7000-8000-000000000001', amount: 2n }],
      ['s', null, null, 's1', null],
      ['h', null, 'h1', null, null],
      ['g', 'g1', null, null, null],
    ]);
  });
});
