import { entryId } from '@app/contracts';

import { type Answer, GatewayUnderTest } from '../testing/gateway-under-test.js';
import { grantView, holdView, scheduleView } from '../testing/object-samples.js';
import { accountView, ledgerEntry } from '../testing/samples.js';

describe('reading grants, holds and schedules', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
    const { accounts, objects } = gateway.database;
    accounts.push(accountView({ grants: [grantView().grant], holds: [holdView().hold], held: 140n }));
    objects.grants.push(grantView());
    objects.holds.push(holdView());
    objects.schedules.push(scheduleView());
  });
  afterEach(() => gateway.stop());

  const get = (path: string, key?: string): Promise<Answer> => gateway.send('GET', path, { key });

  const grant = {
    grantId: 'pack-1',
    accountId: 'key_1',
    creditType: 'credits',
    name: 'Winter pack',
    kind: 'promotional',
    status: 'open',
    amount: '100',
    remaining: '40',
    held: '10',
    priority: 3,
    effectiveAt: '2026-11-20T10:00:00.000Z',
    expiresAt: '2026-12-31T23:59:59.999Z',
    sourceGrantId: null,
    scheduleId: null,
    costBasis: { currency: 'EUR', amount: '0.05' },
    metadata: { campaign: 'winter' },
    createdAt: '2026-11-20T10:00:00.000Z',
    updatedAt: '2026-11-20T10:00:01.000Z',
  };
  const hold = {
    holdId: 'job-1',
    accountId: 'key_1',
    creditType: 'credits',
    status: 'open',
    amount: '400',
    captured: '260',
    remaining: '140',
    reserved: [
      { grantId: 'pack-1', amount: '10' },
      { grantId: null, amount: '130' },
    ],
    expiresAt: '2026-11-20T10:05:00.000Z',
    metadata: { job: '1' },
    createdAt: '2026-11-20T10:00:00.000Z',
    updatedAt: '2026-11-20T10:00:01.000Z',
  };

  it('GET /v1/accounts/{id} has the open grants and holds; the list of accounts has not', async () => {
    expect((await get('/v1/accounts/key_1')).body).toMatchObject({ held: '140', grants: [grant], holds: [hold] });
    const [account] = (await get('/v1/accounts')).body.data as object[];
    expect(account).not.toHaveProperty('grants');
    expect(account).not.toHaveProperty('holds');
  });

  it('GET /v1/grants/{id} answers every field and the entries that moved its credits', async () => {
    gateway.database.objects.grantEntries.push(
      ledgerEntry({
        allocations: [
          { grantId: 'pack-1', amount: -60n },
          { grantId: null, amount: -30n },
        ],
      }),
    );
    const answer = await get('/v1/grants/pack-1?limit=5&cursor=c');
    expect(answer.body).toEqual({
      ...grant,
      entries: {
        data: [
          {
            entryId: entryId('acme', 'c-1'),
            commandId: 'c-1',
            commandType: 'credit.delta',
            cause: 'delta',
            amount: '-60',
            version: '17',
            reason: 'usage',
            recordedAt: '2026-11-20T10:00:00.000Z',
          },
        ],
        nextCursor: 'older',
      },
    });
    expect(gateway.database.objects.lastGrantEntries).toEqual({ limit: 5, cursor: 'c' });
    expect((await get('/v1/grants/pack-1?status=open')).status).toBe(400);
  });

  it('GET /v1/holds/{id} answers every field, at the scale of the credit type', async () => {
    expect((await get('/v1/holds/job-1')).body).toEqual(hold);
    gateway.database.objects.holds.push(
      holdView({ holdId: 'job-2', status: 'released', captured: 350n, reserved: [], dueAt: null }, 2),
    );
    expect((await get('/v1/holds/job-2')).body).toMatchObject({
      status: 'released',
      amount: '4',
      captured: '3.5',
      remaining: '0',
      reserved: [],
    });
  });

  it('GET /v1/schedules/{id} answers every field', async () => {
    expect((await get('/v1/schedules/plan-1')).body).toEqual({
      scheduleId: 'plan-1',
      accountId: 'key_1',
      creditType: 'credits',
      name: null,
      scope: 'account',
      status: 'active',
      amount: '1000',
      cadence: 'recurring',
      period: 'monthly',
      periodCount: 1,
      anchor: '2026-11-20T10:00:00.000Z',
      start: '2026-11-20T10:00:00.000Z',
      end: null,
      expiry: { type: 'period_end' },
      kind: 'plan',
      priority: null,
      timeZone: 'UTC',
      rollover: { percent: 25, cap: '500' },
      metadata: null,
      nextPeriodStart: '2026-12-20T10:00:00.000Z',
      version: '1',
      createdAt: '2026-11-20T10:00:00.000Z',
      updatedAt: '2026-11-20T10:00:00.000Z',
    });
  });

  it('a schedule that has ended has no next period', async () => {
    gateway.database.objects.schedules.push(scheduleView({ scheduleId: 'plan-2', status: 'ended', dueAt: null }));
    expect((await get('/v1/schedules/plan-2')).body).toMatchObject({ status: 'ended', nextPeriodStart: null });
  });

  it.each([
    ['/v1/grants/unknown', 'GRANT_NOT_FOUND'],
    ['/v1/holds/unknown', 'HOLD_NOT_FOUND'],
    ['/v1/schedules/unknown', 'SCHEDULE_NOT_FOUND'],
  ])('GET %s is 404 %s', async (path, code) => {
    expect(await get(path)).toMatchObject({ status: 404, body: { code } });
  });

  it("P10: what is another tenant's, or of accounts the key is not let at, is answered like a missing one", async () => {
    gateway.database.addKey('cb_other', { tenantId: 'other' });
    gateway.database.addKey('cb_prefix', { accountPrefix: 'user_' });
    gateway.database.addKey('cb_group', { group: 'api_1' });
    for (const key of ['cb_other', 'cb_prefix', 'cb_group']) {
      for (const path of ['/v1/grants/pack-1', '/v1/holds/job-1', '/v1/schedules/plan-1']) {
        expect((await get(path, key)).status).toBe(404);
      }
    }
  });

  it.each([
    ['grants', grant, 'status=open', 'open'],
    ['holds', hold, 'status=captured', 'captured'],
    ['schedules', { scheduleId: 'plan-1' }, 'status=ended', 'ended'],
  ])('GET /v1/accounts/{id}/%s lists with from, to, status, limit and cursor', async (name, item, query, status) => {
    const times = 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z';
    const answer = await get(`/v1/accounts/key_1/${name}?${times}&${query}&limit=7&cursor=c`);
    expect(answer.body).toMatchObject({ data: [item], nextCursor: 'next' });
    expect(gateway.database.objects.lastList).toEqual({
      from: Date.parse('2026-11-01T00:00:00Z'),
      to: Date.parse('2026-12-01T00:00:00Z'),
      status,
      limit: 7,
      cursor: 'c',
    });
    await get(`/v1/accounts/key_1/${name}`);
    expect(gateway.database.objects.lastList).toEqual({ limit: 50 });
    for (const wrong of ['status=half', 'cause=delta', 'from=x', 'limit=0', 'reason=x']) {
      expect((await get(`/v1/accounts/key_1/${name}?${wrong}`)).status).toBe(400);
    }
    expect((await get(`/v1/accounts/nobody/${name}`)).body.code).toBe('ACCOUNT_NOT_FOUND');
  });

  it('entries name the grant, hold or schedule that a command made or touched', async () => {
    gateway.database.entries.push(
      ledgerEntry({ commandType: 'hold.capture', cause: 'capture', holdId: 'job-1' }),
      ledgerEntry({ commandId: 'c-2', commandType: 'grant.create', cause: 'grant', grantId: 'pack-1' }),
      ledgerEntry({ commandId: 'c-3', commandType: 'schedule.apply', cause: 'schedule', scheduleId: 'plan-1' }),
    );
    const { data } = (await get('/v1/accounts/key_1/entries')).body;
    expect(data).toMatchObject([{ holdId: 'job-1' }, { grantId: 'pack-1' }, { scheduleId: 'plan-1' }]);
  });

  it('with Postgres away reads are 503', async () => {
    await get('/v1/accounts');
    gateway.database.away = true;
    for (const path of ['grants/pack-1', 'holds/job-1', 'schedules/plan-1', 'schedules', 'credit-types']) {
      expect((await get(`/v1/${path}`)).status).toBe(503);
    }
  });
});
