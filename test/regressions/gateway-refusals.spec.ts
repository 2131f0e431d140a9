import { GatewayUnderTest } from '../../apps/gateway/src/testing/gateway-under-test.js';

const SYSTEMS = ['unkey', 'klaim', 'schematic', 'flexprice'] as const;
const ERROR_BYTES_MAX = 64 * 1024;

/** A route of each system that takes a body, with one that is right. */
const ROUTES = [
  ['POST', '/v1/commands', '"type":"credit.delta","accountId":"key_1","delta":1'],
  ['POST', '/v1/accounts/key_1/deltas', '"delta":1'],
  ['POST', '/v2/keys.updateCredits', '"keyId":"key_1","operation":"set"'],
  ['PUT', '/users/key_1/credits', '"credit_delta":1'],
  ['PUT', '/billing/credits/tokens', '"name":"T","description":"D"'],
  ['PUT', '/v1/creditgrants/g1', '"name":"N"'],
] as const;

describe('what the gateway refuses', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await GatewayUnderTest.start({ compatibleApis: SYSTEMS });
  });
  afterAll(() => gateway.stop());

  const many = (right: string, count: number): string =>
    `{${right},${Array.from({ length: count }, (_, at) => `"f${at.toString(36)}":0`).join(',')}}`;

  it.each(ROUTES)('%s %s asks for the key before it looks at 100,000 unknown fields', async (method, url, right) => {
    for (const key of [null, 'cb_unknown']) {
      const answer = await gateway.send(method, url, { key, raw: many(right, 100_000) });
      expect(answer.status).toBe(url.startsWith('/v2/') && key === null ? 400 : 401);
      expect(answer.text).not.toMatch(/schema|f1"/);
      expect(answer.text.length).toBeLessThan(1_000);
    }
  });

  it.each(ROUTES)('%s %s tells of 100,000 fields in a small answer', async (method, url, right) => {
    const answer = await gateway.send(method, url, { raw: many(right, 100_000) });
    expect(answer.status).toBe(400);
    expect(answer.text.length).toBeLessThan(2_000);
  });

  it('20 wrong fields are listed, and how many more there are', async () => {
    const { body } = await gateway.send('POST', '/v1/accounts/key_1/deltas', { raw: many('"delta":1', 1_500) });
    expect(body.errors).toHaveLength(20);
    expect(body.detail).toContain('1480 more');
    const unkey = await gateway.send('POST', '/v2/keys.updateCredits', { raw: many(ROUTES[2][2], 1_500) });
    const { error } = unkey.body as unknown as { error: { detail: string; errors: object[] } };
    expect(error.errors).toHaveLength(20);
    expect(error.detail).toContain('1480 more');
  });

  it.each(ROUTES)('%s %s answers long names and values with little', async (method, url, right) => {
    const long = 'x'.repeat(900_000);
    for (const fields of [`"${long}":1`, `"keyId":"${long}"`, `"name":"${long}"`, `"accountId":"${long}"`]) {
      const answer = await gateway.send(method, url, { raw: `{${fields},${right.slice(0, 0)}"a":{}}` });
      expect(answer.text.length).toBeLessThan(ERROR_BYTES_MAX);
    }
  });

  it.each(ROUTES)('%s %s refuses a key that is there twice, by its name', async (method, url, right) => {
    const published = gateway.log.records.length;
    for (const twice of [
      '"twice":1,"twice":1',
      '"m":{"twice":1,"\\u0074wice":2}',
      '"l":[{"twice":1},{"twice":1,"twice":2}]',
    ]) {
      const answer = await gateway.send(method, url, { raw: `{${right},${twice}}` });
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('twice');
    }
    expect(gateway.log.records).toHaveLength(published);
  });

  it('names where the key is there twice', async () => {
    const raw = '{"commands":[{},{"type":"credit.delta","metadata":{"a/b":"1","c":"2","a/b":"3"}}]}';
    const { body } = await gateway.send('POST', '/v1/commands/batch', { raw });
    expect(body.errors).toEqual([
      { pointer: '/commands/1/metadata/a~1b', message: 'the key "a/b" is there twice; send it once' },
    ]);
  });

  it.each(ROUTES)('%s %s refuses compressed bodies and other charsets with 415', async (method, url, right) => {
    const refused: Record<string, string>[] = [
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'br' },
      { 'content-type': 'application/json; charset=iso-8859-1' },
      { 'content-type': 'application/json;charset="UTF-16"' },
    ];
    for (const headers of refused) {
      expect((await gateway.send(method, url, { raw: `{${right}}`, headers })).status).toBe(415);
    }
    const headers = { 'content-type': 'application/json; charset="UTF-8"', 'content-encoding': 'identity' };
    expect((await gateway.send(method, url, { raw: `{${right}}`, headers })).status).not.toBe(415);
  });

  it.each([
    '/v1/accounts/key_1',
    '/v1/accounts',
    '/v1/nothing',
    '/health/ready',
    '/v2/keys.getKey',
    '/users/u/credits',
  ])('nothing keeps an answer of %s', async (url) => {
    expect((await gateway.send('GET', url)).headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['DELETE', '/v1/accounts', 'GET, HEAD, POST'],
    ['PUT', '/v1/accounts/key_1', 'GET, HEAD, PATCH'],
    ['GET', '/v1/commands/batch/', undefined],
    ['GET', '/v2/keys.updateCredits', 'POST'],
    ['POST', '/users/key_1/credits', 'PUT'],
    ['POST', '/billing/credits/tokens', 'DELETE, GET, HEAD, PUT'],
    ['DELETE', '/v1/wallets', 'POST'],
    ['POST', '/health/live', 'GET, HEAD'],
  ] as const)('%s %s is 405 with what is allowed', async (method, url, allowed) => {
    const answer = await gateway.send(method, url);
    expect({ status: answer.status, allow: answer.headers.allow }).toEqual(
      allowed === undefined ? { status: 404, allow: undefined } : { status: 405, allow: allowed },
    );
    if (url.startsWith('/v2')) expect(answer.body).toMatchObject({ error: { status: 405 } });
  });

  it.each(['', '../', '%2e%2e/', '..%2f', './', 'x/../'])('/docs/%spackage.json is not there', async (path) => {
    for (const file of ['package.json', 'README.md', 'swagger-ui.js.map', 'absolute-path.js']) {
      for (const base of ['/docs/', '/%64ocs/', '/docs/./', '/docs//']) {
        expect((await gateway.send('GET', `${base}${path}${file}`, { key: null })).status).toBe(404);
      }
    }
  });

  it('what the page of /docs needs is there', async () => {
    const { text } = await gateway.send('GET', '/docs', { key: null });
    const assets = [...text.matchAll(/(?:src|href)="\.\/docs\/([^"]+)"/g)].map((match) => match[1]);
    expect(assets).toContain('swagger-ui-bundle.js');
    for (const asset of assets) expect((await gateway.send('GET', `/docs/${asset}`, { key: null })).status).toBe(200);
  });
});
