import { type Draft, entryOf, ledgerFixture, START, TENANT } from '../testing/ledger-fixture.js';
import { EntryReader } from './entry-reader.js';
import { GrantReader } from './grant-reader.js';
import { InvalidLimit, InvalidOffset } from './page.js';
import { ScheduleReader } from './schedule-reader.js';
import type { MovementQuery, ScheduleSearchQuery } from './shapes.js';

const fixture = ledgerFixture();
const account = { accountId: 'key_1', creditType: 'credits' };

describe('movements of an account', () => {
  const movements = async (query: Partial<MovementQuery> = {}, tenantId = TENANT) => {
    const whole = { limit: 250, offset: 0, order: 'newest-first', ...query } as const;
    const { items, total } = await new EntryReader(fixture.dataSource).movements(tenantId, account, whole);
    return { ids: items.map(({ commandId }) => commandId), total };
  };

  beforeEach(async () => {
    const partition = await fixture.partition();
    await partition.send(
      { type: 'account.open', id: 'open' },
      { type: 'grant.create', id: 'grant', grantId: 'g1', amount: '10', reason: 'bought' },
      { type: 'account.configure', id: 'configure', group: 'a' },
      { type: 'credit.delta', id: 'minus', delta: '-3' },
      { type: 'credit.delta', id: 'too much', delta: '-100' },
      { type: 'credit.delta', id: 'plus', delta: '4' },
      { type: 'credit.delta', id: 'nothing', delta: '0' },
      { type: 'grant.void', id: 'void', grantId: 'g1' },
      { type: 'account.open', id: 'other', accountId: 'other', initial: '5' },
    );
  });

  it('are its applied entries that added or took something, newest first or oldest first', async () => {
    expect(await movements()).toEqual({ ids: ['void', 'plus', 'minus', 'grant'], total: 4 });
    expect((await movements({ order: 'oldest-first' })).ids).toEqual(['grant', 'minus', 'plus', 'void']);
    expect(await movements({}, 'globex')).toEqual({ ids: [], total: 0 });
  });

  it('are read by place, with the total of all', async () => {
    expect(await movements({ limit: 2, offset: 1 })).toEqual({ ids: ['plus', 'minus'], total: 4 });
    expect(await movements({ limit: 2, offset: 9 })).toEqual({ ids: [], total: 4 });
    await expect(movements({ limit: 0 })).rejects.toThrow(InvalidLimit);
    await expect(movements({ offset: -1 })).rejects.toThrow(InvalidOffset);
  });

  it('are told by direction, by time, and by reason or, without one, by cause', async () => {
    expect(await movements({ direction: 'added' })).toEqual({ ids: ['plus', 'grant'], total: 2 });
    expect((await movements({ direction: 'taken' })).ids).toEqual(['void', 'minus']);
    expect((await movements({ reason: { is: 'bought', orCauses: [] } })).ids).toEqual(['grant']);
    expect((await movements({ reason: { is: 'bought', orCauses: ['void'] } })).ids).toEqual(['void', 'grant']);
    expect((await movements({ reason: { is: 'x', orCauses: ['grant'] } })).ids).toEqual([]);
    const minus = await new EntryReader(fixture.dataSource).findByCommandId(TENANT, 'minus');
    const plus = await new EntryReader(fixture.dataSource).findByCommandId(TENANT, 'plus');
    expect((await movements({ from: minus?.recordedAt, to: plus?.recordedAt })).ids).toEqual(['minus']);
  });
});

describe('grants by their ids', () => {
  it('are those that the account has', async () => {
    const partition = await fixture.partition();
    await partition.send(
      { type: 'account.open' },
      { type: 'account.open', accountId: 'other' },
      { type: 'grant.create', grantId: 'g1', amount: '10' },
      { type: 'grant.create', grantId: 'g2', amount: '10' },
      { type: 'grant.create', grantId: 'g3', amount: '10', accountId: 'other' },
      { type: 'credit.delta', delta: '-3' },
    );
    const named = (ids: string[], tenantId = TENANT) =>
      new GrantReader(fixture.dataSource).named(tenantId, account, ids);
    expect(await named(['g1', 'g3', 'g4', 'g1'])).toMatchObject([{ grantId: 'g1', remaining: 7n }]);
    expect((await named(['g2', 'g1'])).map(({ grantId }) => grantId).sort()).toEqual(['g1', 'g2']);
    expect(await named([])).toEqual([]);
    expect(await named(['g1'], 'globex')).toEqual([]);
  });
});

describe('schedules by place', () => {
  const search = async (query: Partial<ScheduleSearchQuery> = {}, tenantId = TENANT) => {
    const whole = { creditType: 'credits', limit: 250, offset: 0, ...query };
    const { items, total } = await new ScheduleReader(fixture.dataSource).search(tenantId, whole);
    return { ids: items.map(({ schedule: { scheduleId } }) => scheduleId), total };
  };
  const schedule = (scheduleId: string, more: object = {}): Draft => ({
    type: 'schedule.create',
    scheduleId,
    amount: '5',
    cadence: 'one_time',
    ...more,
  });

  beforeEach(async () => {
    const partition = await fixture.partition();
    const results = await partition.send(
      { type: 'account.open' },
      { type: 'account.open', accountId: 'other', group: 'api_1' },
      { type: 'credit-type.put', accountId: '', creditType: 'tokens', scale: 2 },
      schedule('s1'),
      schedule('s2', { accountId: 'other', metadata: { plan: 'b' } }),
      schedule('t1', { accountId: '', scope: 'plan', metadata: { plan: 'a"\\' } }),
      schedule('t2', { accountId: '', scope: 'addon', metadata: { plan: 'b' } }),
      { type: 'schedule.end', scheduleId: 's1', end: START },
    );
    expect(results.map((result) => entryOf(result).status)).not.toContain('rejected');
  });

  it('are those of an account and templates, newest first', async () => {
    expect(await search()).toEqual({ ids: ['t2', 't1', 's2', 's1'], total: 4 });
    expect(await search({ limit: 2, offset: 1 })).toEqual({ ids: ['t1', 's2'], total: 4 });
    expect(await search({ creditType: 'tokens' })).toEqual({ ids: [], total: 0 });
    expect(await search({}, 'globex')).toEqual({ ids: [], total: 0 });
    await expect(search({ limit: 251 })).rejects.toThrow(InvalidLimit);
    await expect(search({ offset: 0.5 })).rejects.toThrow(InvalidOffset);
  });

  it('are templates and what the limits of a key let it at', async () => {
    expect(await search({ keyPrefix: 'oth' })).toEqual({ ids: ['t2', 't1', 's2'], total: 3 });
    expect((await search({ keyPrefix: '%' })).ids).toEqual(['t2', 't1']);
    expect((await search({ keyGroup: 'api_1' })).ids).toEqual(['t2', 't1', 's2']);
    expect((await search({ keyGroup: 'api_1', keyPrefix: 'key' })).ids).toEqual(['t2', 't1']);
  });

  it('are told by scope, status, accounts and a value in their metadata', async () => {
    expect((await search({ scope: 'plan' })).ids).toEqual(['t1']);
    expect((await search({ scope: 'account' })).ids).toEqual(['s2', 's1']);
    expect((await search({ statuses: ['ended'] })).ids).toEqual(['s1']);
    expect((await search({ statuses: ['active', 'completed'], scope: 'account' })).ids).toEqual(['s2']);
    expect((await search({ accountIds: ['other', 'missing'] })).ids).toEqual(['s2']);
    expect((await search({ metadata: { key: 'plan', values: ['b'] } })).ids).toEqual(['t2', 's2']);
    expect((await search({ metadata: { key: 'plan', values: ['a"\\', 'x'] }, scope: 'plan' })).ids).toEqual(['t1']);
  });
});
