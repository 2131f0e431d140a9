import { Flexprice } from '@flexprice/sdk';
import { eventually } from '@app/testing';

import { request } from '../deployment/http.js';
import { CompatibleStack } from './compatible-stack.js';
import { FlexpriceHttp } from './flexprice-http.js';

/** Design: every key is always present. */
const KEYS = (
  'id name scope plan_id subscription_id addon_id credits cadence period period_count expiration_type ' +
  'expiration_duration expiration_duration_unit priority metadata start_date end_date credit_grant_anchor ' +
  'conversion_rate topup_conversion_rate status tenant_id environment_id created_by updated_by created_at updated_at'
).split(' ');

const DAY_MS = 24 * 3_600_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

describe('credit grants with the official client of Flexprice', () => {
  let stack: CompatibleStack;
  let key: string;
  let client: Flexprice;
  let http: FlexpriceHttp;

  beforeAll(async () => {
    stack = await CompatibleStack.start();
    key = await stack.key();
    // The client has the base URL with /v1.
    client = new Flexprice({ serverURL: `${stack.baseUrl}/v1`, apiKeyAuth: key });
    http = new FlexpriceHttp(stack.baseUrl, key);
  }, 120_000);
  afterAll(() => stack.stop());

  const native = (path: string): ReturnType<typeof request> => request(stack.gateway, 'GET', path, { key });
  const planGrant = (planId: string, more: object = {}): Promise<{ id?: string | undefined }> =>
    client.creditGrants.createCreditGrant({
      name: 'Starter',
      scope: 'PLAN',
      planId,
      credits: '50',
      cadence: 'RECURRING',
      period: 'MONTHLY',
      ...more,
    });

  it('a grant of a plan is made and read with everything that was said', async () => {
    const made = await planGrant('plan_all', {
      periodCount: 2,
      expirationType: 'DURATION',
      expirationDuration: 3,
      expirationDurationUnit: 'WEEK',
      priority: 7,
      metadata: { team: 'growth', plan_id: 'mine' },
      startDate: '2027-01-31T00:00:00Z',
      conversionRate: '0.5',
      topupConversionRate: '2',
    });
    expect(made).toMatchObject({
      name: 'Starter',
      scope: 'PLAN',
      planId: 'plan_all',
      credits: '50',
      cadence: 'RECURRING',
      period: 'MONTHLY',
      periodCount: 2,
      expirationType: 'DURATION',
      expirationDuration: 3,
      expirationDurationUnit: 'WEEK',
      priority: 7,
      metadata: { team: 'growth', plan_id: 'mine' },
      startDate: '2027-01-31T00:00:00.000Z',
      creditGrantAnchor: '2027-01-31T00:00:00.000Z',
      conversionRate: '0.5',
      topupConversionRate: '2',
      status: 'published',
      tenantId: 'acme',
    });
    expect(await client.creditGrants.getCreditGrant(made.id!)).toEqual(made);
    const schedule = await native(`/v1/schedules/${made.id}`);
    expect(schedule.body).toMatchObject({ scope: 'plan', creditType: 'flexprice', amount: '50', period: 'monthly' });
  });

  it('every key is there, null when empty; creating answers 201', async () => {
    const body = { name: 'Once', scope: 'ADDON', addon_id: 'addon_1', credits: 5, cadence: 'ONETIME' };
    const made = await http.post('/creditgrants', body);
    expect(made.status).toBe(201);
    expect(Object.keys(made.body).sort()).toEqual([...KEYS].sort());
    expect(made.body).toMatchObject({
      addon_id: 'addon_1',
      plan_id: null,
      subscription_id: null,
      credits: '5',
      cadence: 'ONETIME',
      period: null,
      period_count: 1,
      expiration_type: 'NEVER',
      expiration_duration: null,
      expiration_duration_unit: null,
      priority: null,
      metadata: null,
      end_date: null,
      environment_id: null,
    });
    expect(await http.get(`/creditgrants/${String(made.body.id)}`)).toEqual({ ...made, status: 200 });
    expect(await http.put(`/creditgrants/${String(made.body.id)}`, {})).toMatchObject({ status: 200 });
  });

  it.each(['DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'ANNUAL'] as const)(
    'a period may be %s',
    async (period) => {
      const { id } = await planGrant('plan_periods', { period, expirationType: 'BILLING_CYCLE' });
      const grant = await client.creditGrants.getCreditGrant(id!);
      expect(grant).toMatchObject({ period, expirationType: 'BILLING_CYCLE' });
    },
  );

  it('a grant of a subscription opens its account and gives to it', async () => {
    const made = await client.creditGrants.createCreditGrant({
      name: 'Welcome',
      scope: 'SUBSCRIPTION',
      subscriptionId: 'subs_1',
      planId: 'plan_1',
      credits: '12.00000001',
      cadence: 'ONETIME',
    });
    expect(made).toMatchObject({ scope: 'SUBSCRIPTION', subscriptionId: 'subs_1', planId: 'plan_1' });
    await eventually(async () => {
      const { body } = await native('/v1/accounts/subs_1?creditType=flexprice');
      expect(body).toMatchObject({ balance: '12.00000001', scale: 8 });
    });
    expect((await client.creditGrants.getCreditGrant(made.id!)).status).toBe('published');
  });

  it('amounts keep every digit', async () => {
    for (const credits of ['90071992547.40993001', '92233720368.54775807', '0.00000001']) {
      expect((await planGrant('plan_exact', { credits })) as object).toMatchObject({ credits });
    }
    const raw = '{"name":"n","scope":"PLAN","plan_id":"plan_exact","cadence":"ONETIME","credits":90071992547.40993001}';
    expect((await http.raw('POST', '/creditgrants', raw)).body.credits).toBe('90071992547.40993001');
    for (const credits of ['92233720368.54775808', '0.000000001', '0', '-1', 'many']) {
      await expect(planGrant('plan_exact', { credits })).rejects.toMatchObject({ statusCode: 400 });
    }
  });

  describe('an update', () => {
    it('changes name and metadata, which is replaced whole, and keeps what is absent', async () => {
      const { id } = await planGrant('plan_upd', { metadata: { a: '1', b: '2' }, conversionRate: '3' });
      const named = await client.creditGrants.updateCreditGrant(id!, { name: 'Renamed' });
      expect(named).toMatchObject({ name: 'Renamed', metadata: { a: '1', b: '2' } });
      const changed = await client.creditGrants.updateCreditGrant(id!, { metadata: { c: '3' } });
      expect(changed.metadata).toEqual({ c: '3' });
      expect(changed).toMatchObject({ name: 'Renamed', planId: 'plan_upd', conversionRate: '3', credits: '50' });
      expect((await http.put(`/creditgrants/${id}`, { metadata: {} })).body).toMatchObject({
        metadata: null,
        plan_id: 'plan_upd',
      });
    });

    it('changes end_date, and everything in one command', async () => {
      const grant = { name: 'Monthly', scope: 'SUBSCRIPTION', subscription_id: 'subs_upd', credits: '1' };
      const { body } = await http.post('/creditgrants', { ...grant, cadence: 'RECURRING', period: 'MONTHLY' });
      const end_date = inDays(90);
      const change = { name: 'Quarter', metadata: { q: '1' }, end_date };
      const updated = await http.put(`/creditgrants/${String(body.id)}`, change);
      expect(updated).toMatchObject({ status: 200, body: change });
      const entries = await native('/v1/accounts/subs_upd/entries?creditType=flexprice&commandType=schedule.update');
      expect(entries.body.data).toHaveLength(1);
    });

    it('is all or nothing', async () => {
      const { id } = await planGrant('plan_upd');
      const before = await http.get(`/creditgrants/${id}`);
      const refused = await http.put(`/creditgrants/${id}`, { name: 'New', end_date: '2020-01-01T00:00:00Z' });
      expect(refused).toEqual({ status: 400, body: http.error('end_date cannot be in the past') });
      const tooMuch = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v']));
      expect(await http.put(`/creditgrants/${id}`, { name: 'New', metadata: tooMuch })).toMatchObject({ status: 400 });
      expect(await http.get(`/creditgrants/${id}`)).toEqual(before);
    });

    it('without a name is refused in the words of Flexprice', async () => {
      const { id } = await planGrant('plan_upd');
      await expect(client.creditGrants.updateCreditGrant(id!, { name: '' })).rejects.toMatchObject({
        statusCode: 400,
        success: false,
        error: { message: 'name is required' },
      });
    });

    it('changes nothing else', async () => {
      const { id } = await planGrant('plan_upd');
      const before = await http.get(`/creditgrants/${id}`);
      const change = { credits: '999', cadence: 'ONETIME', priority: 1, plan_id: 'other', start_date: inDays(1) };
      const { body } = await http.put(`/creditgrants/${id}`, change);
      expect(body).toEqual({ ...before.body, updated_at: body.updated_at });
    });

    it('of an unknown one is 404', async () => {
      await expect(client.creditGrants.updateCreditGrant('missing', { name: 'x' })).rejects.toMatchObject({
        statusCode: 404,
      });
      expect(await http.put('/creditgrants/missing', { name: 'x' })).toEqual({
        status: 404,
        body: http.error('credit grant not found'),
      });
    });
  });

  describe('deleting', () => {
    it('ends it once; ended, it is archived and can be neither ended nor changed', async () => {
      const { id } = await planGrant('plan_del');
      expect((await client.creditGrants.deleteCreditGrant(id!)).message).toEqual(expect.any(String));
      expect((await client.creditGrants.getCreditGrant(id!)).status).toBe('archived');
      const refused = {
        statusCode: 400,
        error: { message: 'credit grant is not in published status' },
      };
      await expect(client.creditGrants.deleteCreditGrant(id!)).rejects.toMatchObject(refused);
      await expect(client.creditGrants.updateCreditGrant(id!, { name: 'x' })).rejects.toMatchObject(refused);
      expect(await http.delete('/creditgrants/missing')).toMatchObject({ status: 404 });
    });

    it('of a subscription works at once as well, and leaves what was given', async () => {
      const grant = { name: 'Daily', scope: 'SUBSCRIPTION', subscription_id: 'subs_del', credits: '1' };
      const first = await http.post('/creditgrants', { ...grant, cadence: 'RECURRING', period: 'DAILY' });
      const id = String(first.body.id);
      await eventually(async () => {
        expect((await native('/v1/accounts/subs_del?creditType=flexprice')).body.balance).toBe('1');
      });
      expect(await http.delete(`/creditgrants/${id}`)).toMatchObject({ status: 200 });
      expect((await http.get(`/creditgrants/${id}`)).body.status).toBe('archived');
      expect(await http.delete(`/creditgrants/${id}`)).toMatchObject({ status: 400 });
      expect((await native('/v1/accounts/subs_del?creditType=flexprice')).body.balance).toBe('1');

      const second = await http.post('/creditgrants', { ...grant, cadence: 'ONETIME' });
      expect(await http.delete(`/creditgrants/${String(second.body.id)}`)).toMatchObject({ status: 200 });
      expect(await http.delete(`/creditgrants/${String(second.body.id)}`)).toMatchObject({ status: 400 });
    });

    it('with an effective date lets it go on until then', async () => {
      const effectiveDate = inDays(40);
      const { id } = await client.creditGrants.createCreditGrant({
        name: 'Monthly',
        scope: 'SUBSCRIPTION',
        subscriptionId: 'subs_eff',
        credits: '1',
        cadence: 'RECURRING',
        period: 'MONTHLY',
      });
      await client.creditGrants.deleteCreditGrant(id!, { effectiveDate });
      expect(await client.creditGrants.getCreditGrant(id!)).toMatchObject({
        status: 'published',
        endDate: effectiveDate,
      });
    });
  });

  it('lists are told by place, with the total, and by what they belong to', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) ids.unshift((await planGrant('plan_list')).id!);
    const listed = await client.creditGrants.getPlanCreditGrants('plan_list');
    expect(listed.items?.map(({ id }) => id)).toEqual(ids);
    expect(listed.pagination).toEqual({ limit: 50, offset: 0, total: 3 });

    const page = await http.get('/creditgrants?plan_ids=plan_list&limit=1&offset=1');
    expect(page).toMatchObject({
      status: 200,
      body: { items: [{ id: ids[1] }], pagination: { limit: 1, offset: 1, total: 3 } },
    });
    await http.delete(`/creditgrants/${ids[0]}`);
    const idsOf = async (query: string): Promise<unknown[]> =>
      ((await http.get(`/creditgrants?${query}`)).body.items as { id: string }[]).map(({ id }) => id);
    expect(await idsOf('plan_ids=plan_list')).toEqual(ids.slice(1));
    expect(await idsOf('plan_ids=plan_list&plan_ids=none&status=archived')).toEqual(ids.slice(0, 1));
    expect(await idsOf('plan_ids=plan_list&status=deleted')).toEqual([]);
    expect(await idsOf('scope=ADDON&plan_ids=plan_list')).toEqual([]);

    const grant = { name: 'n', scope: 'SUBSCRIPTION', subscription_id: 'subs_list', credits: '1', cadence: 'ONETIME' };
    const { body } = await http.post('/creditgrants', grant);
    expect(await idsOf('subscription_ids=subs_list')).toEqual([body.id]);
    expect((await http.get('/creditgrants?limit=0')).body).toEqual(
      http.error('limit must be a whole number from 1 to 250'),
    );
  });

  it('a repeat with the same Idempotency-Key makes nothing new', async () => {
    const body = { name: 'n', scope: 'PLAN', plan_id: 'plan_idem', credits: '1', cadence: 'ONETIME' };
    const headers = { 'idempotency-key': 'grant-1' };
    const first = await http.post('/creditgrants', body, headers);
    expect(await http.post('/creditgrants', body, headers)).toEqual(first);
    expect((await client.creditGrants.getPlanCreditGrants('plan_idem')).pagination?.total).toBe(1);
    expect(await http.post('/creditgrants', { ...body, credits: '2' }, headers)).toMatchObject({ status: 409 });
  });

  it('what is missing or wrong is named, all of it', async () => {
    const refused = async (body: object): Promise<unknown> => {
      const answer = await http.post('/creditgrants', body);
      expect(answer.status).toBe(400);
      return (answer.body.error as { message: string }).message;
    };
    expect(await refused({})).toBe('name is required; scope is required; credits is required; cadence is required');
    const base = { name: 'n', credits: '1', cadence: 'ONETIME' };
    expect(await refused({ ...base, scope: 'PLAN' })).toBe('plan_id is required');
    expect(await refused({ ...base, scope: 'ADDON' })).toBe('addon_id is required');
    expect(await refused({ ...base, scope: 'SUBSCRIPTION' })).toBe('subscription_id is required');
    expect(await refused({ ...base, scope: 'TEAM' })).toMatch(/^scope must be one of PLAN, SUBSCRIPTION, ADDON$/);
    expect(await refused({ ...base, scope: 'PLAN', plan_id: 'p', cadence: 'RECURRING' })).toBe('period is required');
    expect(await http.raw('POST', '/creditgrants', 'no json')).toMatchObject({ status: 400, body: { success: false } });
  });

  it('an id that nothing can have is malformed in lists, too', async () => {
    for (const path of [
      '/creditgrants?plan_ids=%00',
      '/creditgrants?subscription_ids=%00',
      '/plans/%00/creditgrants',
    ]) {
      expect(await http.get(path)).toMatchObject({ status: 400, body: { success: false } });
    }
  });

  it("another tenant's grants are like missing ones", async () => {
    const { id } = await planGrant('plan_p10');
    const other = new FlexpriceHttp(stack.baseUrl, await stack.key('other'));
    const notFound = { status: 404, body: http.error('credit grant not found') };
    expect(await other.get(`/creditgrants/${id}`)).toEqual(notFound);
    expect(await other.put(`/creditgrants/${id}`, { name: 'x' })).toEqual(notFound);
    expect(await other.delete(`/creditgrants/${id}`)).toEqual(notFound);
    expect((await other.get('/creditgrants')).body).toMatchObject({ items: [], pagination: { total: 0 } });
    expect((await client.creditGrants.getCreditGrant(id!)).name).toBe('Starter');
  });

  it('keys are taken from x-api-key and need their scopes', async () => {
    const nobody = new FlexpriceHttp(stack.baseUrl, 'cb_unknown');
    expect(await nobody.get('/creditgrants')).toMatchObject({ status: 401, body: { success: false } });
    const reader = new FlexpriceHttp(stack.baseUrl, await stack.key('acme', { scopes: ['credits:read'] }));
    expect(await reader.get('/creditgrants')).toMatchObject({ status: 200 });
    const body = { name: 'n', scope: 'PLAN', plan_id: 'p', credits: '1', cadence: 'ONETIME' };
    expect(await reader.post('/creditgrants', body)).toMatchObject({ status: 403, body: { success: false } });
    const writer = new FlexpriceHttp(stack.baseUrl, await stack.key('acme', { scopes: ['credits:write'] }));
    expect(await writer.get('/creditgrants')).toMatchObject({ status: 403 });
    const fresh = new FlexpriceHttp(stack.baseUrl, await stack.key('other', { scopes: ['credits:write'] }));
    const wallet = await fresh.post('/wallets', { customer_id: 'c', currency: 'usd' });
    expect(wallet).toMatchObject({
      status: 403,
      body: { error: { message: expect.stringContaining('catalog:write') } },
    });
  });

  it('native routes below /v1 keep their own errors', async () => {
    const missing = await native('/v1/accounts/missing');
    expect(missing).toMatchObject({ status: 404, body: { code: 'ACCOUNT_NOT_FOUND' } });
    expect(missing.headers.get('content-type')).toContain('application/problem+json');
    expect((await native('/v1/creditgrants/none/such')).body).toEqual(http.error('there is no such route'));
    expect((await native('/v1/plans')).body.code).toBe('NOT_FOUND');
  });
});
