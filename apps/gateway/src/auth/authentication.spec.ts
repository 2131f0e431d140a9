import { ADMIN_KEY, GatewayUnderTest } from '../testing/gateway-under-test.js';
import { accountView } from '../testing/samples.js';

describe('API keys', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
  });
  afterEach(async () => {
    jest.useRealTimers();
    await gateway.stop();
  });

  const delta = { body: { delta: '-1' } };

  it.each([
    ['no key', {}],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['no secret', { authorization: 'Bearer ' }],
    ['two secrets', { authorization: 'Bearer a b' }],
    ['an unknown key', { authorization: 'Bearer cb_unknown' }],
  ])('%s is 401 with WWW-Authenticate', async (_title, headers) => {
    const answer = await gateway.send('GET', '/v1/accounts/key_1', { key: null, headers });
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  });

  it('the scheme is read without regard to case', async () => {
    const headers = { authorization: `bearer ${ADMIN_KEY}` };
    expect((await gateway.send('GET', '/v1/accounts', { key: null, headers })).status).toBe(200);
  });

  it('a revoked and an expired key are 401', async () => {
    gateway.database.addKey('cb_revoked', { revokedAt: 1 });
    gateway.database.addKey('cb_expired', { expiresAt: Date.now() - 1 });
    for (const key of ['cb_revoked', 'cb_expired']) {
      expect((await gateway.send('GET', '/v1/accounts', { key })).status).toBe(401);
    }
  });

  it('a key that expires while it is remembered stops at that instant', async () => {
    const clock = jest.spyOn(Date, 'now');
    const startMs = 1_800_000_000_000;
    clock.mockReturnValue(startMs);
    gateway.database.addKey('cb_short', { expiresAt: startMs + 1_000 });
    expect((await gateway.send('GET', '/v1/accounts', { key: 'cb_short' })).status).toBe(200);
    clock.mockReturnValue(startMs + 1_000);
    expect((await gateway.send('GET', '/v1/accounts', { key: 'cb_short' })).status).toBe(401);
    clock.mockRestore();
  });

  it('verified keys are remembered for 5 s at most: a revoked one stops within that time', async () => {
    const clock = jest.spyOn(Date, 'now');
    const startMs = 1_800_000_000_000;
    clock.mockReturnValue(startMs);
    gateway.database.addKey('cb_k');
    await gateway.send('GET', '/v1/accounts', { key: 'cb_k' });
    gateway.database.revoke('cb_k');
    clock.mockReturnValue(startMs + 4_999);
    expect((await gateway.send('GET', '/v1/accounts', { key: 'cb_k' })).status).toBe(200);
    expect(gateway.database.keyReads).toBe(1);
    clock.mockReturnValue(startMs + 5_000);
    expect((await gateway.send('GET', '/v1/accounts', { key: 'cb_k' })).status).toBe(401);
    clock.mockRestore();
  });

  it('requests at the same moment share one look-up', async () => {
    await Promise.all(Array.from({ length: 20 }, () => gateway.send('POST', '/v1/accounts/a/deltas', delta)));
    expect(gateway.database.keyReads).toBe(1);
  });

  it('with Postgres away, keys verified within the last 5 s still publish; others are 503', async () => {
    await gateway.send('POST', '/v1/accounts/a/deltas', delta);
    gateway.database.addKey('cb_new');
    gateway.database.away = true;
    expect((await gateway.send('POST', '/v1/accounts/a/deltas', delta)).status).toBe(202);
    const other = await gateway.send('POST', '/v1/accounts/a/deltas', { ...delta, key: 'cb_new' });
    expect(other).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(other.headers['retry-after']).toBe('1');
    expect(gateway.log.records).toHaveLength(2);
  });

  it('scopes: reading needs credits:read, writing credits:write, admin is all', async () => {
    gateway.database.accounts.push(accountView());
    gateway.database.addKey('cb_read', { scopes: ['credits:read'] });
    gateway.database.addKey('cb_write', { scopes: ['credits:write'] });
    gateway.database.addKey('cb_catalog', { scopes: ['catalog:write'] });
    const statuses = async (key: string): Promise<number[]> => [
      (await gateway.send('GET', '/v1/accounts/key_1', { key })).status,
      (await gateway.send('POST', '/v1/accounts/key_1/deltas', { key, ...delta })).status,
    ];
    expect(await statuses('cb_read')).toEqual([200, 403]);
    expect(await statuses('cb_write')).toEqual([403, 202]);
    expect(await statuses('cb_catalog')).toEqual([403, 403]);
    expect(await statuses(ADMIN_KEY)).toEqual([200, 202]);
  });

  it('credentials are checked before the body of native routes', async () => {
    expect((await gateway.send('POST', '/v1/commands', { key: null, raw: '{' })).status).toBe(401);
  });

  it('use times are written rarely and apart from requests, and a failed write disturbs nobody', async () => {
    await gateway.send('GET', '/v1/accounts');
    await gateway.send('GET', '/v1/accounts');
    expect(gateway.database.touched).toHaveLength(0);
    await gateway.stop();
    expect(gateway.database.touched).toHaveLength(1);
    gateway = await GatewayUnderTest.start();
    await gateway.send('GET', '/v1/accounts');
    gateway.database.away = true;
  });

  it('health, metrics and documentation need no key; unknown routes tell nothing', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics', '/openapi.json', '/docs']) {
      expect((await gateway.send('GET', path, { key: null })).status).toBe(200);
    }
    expect((await gateway.send('GET', '/v1/unknown', { key: null })).status).toBe(404);
  });

  it('a secret never appears in an answer', async () => {
    const answer = await gateway.send('GET', '/v1/accounts', { key: 'cb_very_secret' });
    expect(answer.text).not.toContain('cb_very_secret');
  });
});

describe('the rate limit', () => {
  it('is off unless configured', async () => {
    const gateway = await GatewayUnderTest.start();
    const answer = await gateway.send('GET', '/v1/accounts');
    expect(answer.headers).not.toHaveProperty('ratelimit-limit');
    await gateway.stop();
  });

  it('counts per key: above it 429 with Retry-After and RateLimit-* headers', async () => {
    const gateway = await GatewayUnderTest.start({ rateLimit: { requests: 2, perSeconds: 60 } });
    gateway.database.addKey('cb_other');
    const remaining: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      const answer = await gateway.send('GET', '/v1/accounts');
      expect(answer.status).toBe(200);
      remaining.push(answer.headers['ratelimit-remaining']);
    }
    const refused = await gateway.send('GET', '/v1/accounts');
    expect(remaining).toEqual(['1', '0']);
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(refused.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '0' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await gateway.send('GET', '/v1/accounts', { key: 'cb_other' })).status).toBe(200);
    await gateway.stop();
  });
});
