import { type Answer, GatewayUnderTest } from '../testing/gateway-under-test.js';
import { creditTypeView, scheduleView } from '../testing/object-samples.js';

describe('credit types', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
    gateway.database.objects.creditTypes.push(
      creditTypeView({ id: 'credits', scale: 0, version: 0n }),
      creditTypeView(),
    );
  });
  afterEach(() => gateway.stop());

  it('PUT /v1/credit-types/{id} makes or replaces one; only scale is required', async () => {
    const answer = await gateway.send('PUT', '/v1/credit-types/tokens', { body: { scale: 2 } });
    expect(answer.status).toBe(202);
    expect(gateway.log.commands).toMatchObject([{ type: 'credit-type.put', creditType: 'tokens', scale: 2 }]);
    expect(gateway.log.commands[0]).not.toHaveProperty('accountId');
    expect(gateway.log.records[0]?.key).toBe('acme:tokens');
    const refused = await gateway.send('PUT', '/v1/credit-types/tokens', { body: { name: 'Tokens' } });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/scale' }] } });
  });

  it('PUT takes every field of the definition', async () => {
    const body = {
      scale: 2,
      name: 'Tokens',
      description: 'For models.',
      singularName: 'token',
      pluralName: 'tokens',
      icon: '🪙',
      burnOrder: 'expiration_priority',
      defaultExpiry: { type: 'duration', count: 1, unit: 'years' },
      defaultRollover: { percent: 25, cap: '10.5' },
      prices: [{ currency: 'EUR', pricePerUnit: '0.05' }],
      metadata: { unit: 'token' },
    };
    expect((await gateway.send('PUT', '/v1/credit-types/tokens', { body })).status).toBe(202);
    expect(gateway.log.commands).toMatchObject([body]);
  });

  it('DELETE /v1/credit-types/{id} needs no body, and stays in order behind a put', async () => {
    const headers = { 'idempotency-key': 'delete-tokens' };
    const answer = await gateway.send('DELETE', '/v1/credit-types/tokens', { headers });
    expect(answer).toMatchObject({ status: 202, body: { commandId: 'delete-tokens' } });
    expect(gateway.log.commands).toMatchObject([{ type: 'credit-type.delete', creditType: 'tokens' }]);
    expect(gateway.log.records[0]?.key).toBe('acme:tokens');
  });

  it('an id that no credit type can have, another one in the body, and a query are 400', async () => {
    const put = (path: string, body: object = { scale: 0 }): Promise<Answer> => gateway.send('PUT', path, { body });
    expect(await put('/v1/credit-types/a%20b')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/creditType' }] },
    });
    expect((await put('/v1/credit-types/tokens', { scale: 0, creditType: 'points' })).status).toBe(400);
    expect((await put('/v1/credit-types/tokens?creditType=tokens')).status).toBe(400);
  });

  it('GET answers one by its id with every field, a missing one with 404 CREDIT_TYPE_NOT_FOUND', async () => {
    expect((await gateway.send('GET', '/v1/credit-types/tokens')).body).toEqual({
      creditTypeId: 'tokens',
      scale: 2,
      name: 'Tokens',
      description: null,
      singularName: 'token',
      pluralName: 'tokens',
      icon: null,
      burnOrder: 'priority',
      defaultExpiry: { type: 'duration', count: 1, unit: 'years' },
      defaultRollover: { percent: 25, cap: '10.5' },
      prices: [{ currency: 'EUR', pricePerUnit: '0.05' }],
      metadata: null,
      version: '2',
    });
    expect(await gateway.send('GET', '/v1/credit-types/points')).toMatchObject({
      status: 404,
      body: { code: 'CREDIT_TYPE_NOT_FOUND' },
    });
  });

  it('GET lists them by id, page by page', async () => {
    const first = await gateway.send('GET', '/v1/credit-types?limit=1');
    expect(first.body).toMatchObject({ data: [{ creditTypeId: 'credits', version: '0' }] });
    const next = await gateway.send('GET', `/v1/credit-types?limit=1&cursor=${String(first.body.nextCursor)}`);
    expect(next.body).toMatchObject({ data: [{ creditTypeId: 'tokens' }], nextCursor: null });
    expect((await gateway.send('GET', '/v1/credit-types?cursor=forged')).body.code).toBe('INVALID_CURSOR');
  });
});

describe('templates of schedules', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
    gateway.database.objects.schedules.push(
      scheduleView(),
      scheduleView({ scheduleId: 'pro', accountId: '', scope: 'plan' }),
    );
  });
  afterEach(() => gateway.stop());

  const template = { scope: 'plan', scheduleId: 'pro', amount: '10', cadence: 'recurring', period: 'monthly' };

  it('POST /v1/schedules makes one, which has no account', async () => {
    const answer = await gateway.send('POST', '/v1/schedules?creditType=tokens', { body: template });
    expect(answer.status).toBe(202);
    expect(gateway.log.commands).toMatchObject([{ type: 'schedule.create', creditType: 'tokens', ...template }]);
    expect(gateway.log.commands[0]).not.toHaveProperty('accountId');
    expect(gateway.log.records[0]?.key).toBe('acme:pro');
  });

  it('POST /v1/schedules makes nothing else', async () => {
    const pointerOf = async (body: object): Promise<string | undefined> => {
      const answer = await gateway.send('POST', '/v1/schedules', { body });
      expect(answer.status).toBe(400);
      return answer.body.errors?.[0]?.pointer;
    };
    expect(await pointerOf({ ...template, scope: 'account' })).toBe('/scope');
    expect(await pointerOf({ ...template, scope: undefined })).toBe('/scope');
    expect(await pointerOf({ ...template, scope: 'account', accountId: 'a' })).toBe('/accountId');
  });

  it('GET /v1/schedules lists them, of one scope or of both', async () => {
    const answer = await gateway.send('GET', '/v1/schedules?scope=plan&limit=2');
    expect(answer.body).toMatchObject({ data: [{ scheduleId: 'pro', accountId: null, scope: 'plan' }] });
    expect(gateway.database.objects.lastTemplateList).toEqual({ scope: 'plan', limit: 2, cursor: undefined });
    expect((await gateway.send('GET', '/v1/schedules?scope=account')).status).toBe(400);
  });
});

describe('scopes of what is not an account', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
    gateway.database.objects.schedules.push(
      scheduleView(),
      scheduleView({ scheduleId: 'pro', accountId: '', scope: 'plan' }),
    );
    gateway.database.addKey('cb_read', { scopes: ['credits:read'] });
    gateway.database.addKey('cb_write', { scopes: ['credits:write'] });
    gateway.database.addKey('cb_catalog', { scopes: ['catalog:write'] });
    gateway.database.addKey('cb_catalog_of_some', { scopes: ['catalog:write'], accountPrefix: 'key_' });
    gateway.database.addKey('cb_catalog_of_group', { scopes: ['catalog:write'], group: 'api_1' });
    gateway.database.addKey('cb_all', { scopes: ['admin'] });
  });
  afterEach(() => gateway.stop());

  const statuses = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<string> => {
    const allowed: string[] = [];
    for (const name of ['read', 'write', 'catalog', 'catalog_of_some', 'catalog_of_group', 'all']) {
      const { status } = await gateway.send(method, path, { key: `cb_${name}`, ...(body && { body }) });
      if (status < 300) allowed.push(name);
      else expect(status).toBe(403);
    }
    return allowed.join(' ');
  };
  const template = { scope: 'plan', amount: '10', cadence: 'one_time' };

  it('a refill needs admin', async () => {
    expect(await statuses('POST', '/v1/accounts/key_1/refills', { date: '2026-11-20' })).toBe('all');
  });

  it('credit types and templates need catalog:write, by every route, and a key without limits', async () => {
    expect(await statuses('PUT', '/v1/credit-types/tokens', { scale: 2 })).toBe('catalog all');
    expect(await statuses('DELETE', '/v1/credit-types/tokens')).toBe('catalog all');
    expect(await statuses('POST', '/v1/schedules', template)).toBe('catalog all');
    expect(await statuses('PATCH', '/v1/schedules/pro', { name: 'Pro' })).toBe('catalog all');
    expect(await statuses('DELETE', '/v1/schedules/pro')).toBe('catalog all');
    const put = { type: 'credit-type.put', creditType: 'tokens', scale: 2 };
    expect(await statuses('POST', '/v1/commands', put)).toBe('catalog all');
    expect(await statuses('POST', '/v1/commands', { type: 'schedule.create', ...template })).toBe('catalog all');
  });

  it('in a batch each command needs the scope of its own', async () => {
    const commands = [
      { type: 'credit-type.put', creditType: 'tokens', scale: 2 },
      { type: 'credit.delta', accountId: 'key_1', delta: '1' },
    ];
    const results = async (key: string): Promise<unknown[]> => {
      const { body } = await gateway.send('POST', '/v1/commands/batch', { key, body: { commands } });
      return (body.results as { status: unknown }[]).map(({ status }) => status);
    };
    expect(await results('cb_write')).toEqual([403, 'accepted']);
    expect(await results('cb_catalog')).toEqual(['accepted', 403]);
    expect(await results('cb_all')).toEqual(['accepted', 'accepted']);
  });

  it('what is in an account needs credits:write; reading, the catalogue too, credits:read', async () => {
    expect(await statuses('POST', '/v1/accounts/key_1/grants', { amount: '1' })).toBe('write all');
    expect(await statuses('POST', '/v1/accounts/key_1/holds', { amount: '1' })).toBe('write all');
    expect(await statuses('GET', '/v1/credit-types')).toBe('read all');
    expect(await statuses('GET', '/v1/schedules/pro')).toBe('read all');
  });
});
