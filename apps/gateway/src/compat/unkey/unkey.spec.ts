import { outcomeOf } from '@app/contracts';
import type { RejectionCode } from '@app/domain';

import { type Answer, GatewayUnderTest, type SendOptions } from '../../testing/gateway-under-test.js';
import { accountView, ledgerEntry, rejection } from '../../testing/samples.js';
import { secretHash } from './key-secret.js';

const SECRET = 'prod_secret';

describe('keys of Unkey', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await GatewayUnderTest.start({ compatibleApis: ['unkey'], waitMaxSeconds: 1 });
  });
  afterAll(() => gateway.stop());

  beforeEach(() => {
    gateway.log.records.length = 0;
    gateway.log.away = undefined;
    gateway.database.away = false;
    gateway.database.accounts.splice(0, Infinity, accountView({ externalId: secretHash(SECRET), group: 'api_1' }));
    gateway.log.answer = ({ id }) => outcomeOf(ledgerEntry({ commandId: String(id) }));
  });

  const call = (procedure: string, body: unknown, options: SendOptions = {}): Promise<Answer> =>
    gateway.send('POST', `/v2/keys.${procedure}`, { body, ...options });
  const rejected = (code: RejectionCode): void => {
    gateway.log.answer = ({ id }) => rejection(code, { commandId: String(id) });
  };
  const increment = { keyId: 'key_1', operation: 'increment', value: 3 };
  const errorOf = ({ body }: Answer): Record<string, unknown> => body.error as Record<string, unknown>;

  describe('updateCredits', () => {
    it.each([
      [
        { operation: 'set', value: 7 },
        { type: 'credit.set', value: '7' },
      ],
      [
        { operation: 'set', value: null },
        { type: 'credit.set', value: null },
      ],
      [{ operation: 'set' }, { type: 'credit.set', value: null }],
      [
        { operation: 'increment', value: 3 },
        { type: 'credit.delta', delta: '3' },
      ],
      [
        { operation: 'decrement', value: 3 },
        { type: 'credit.delta', delta: '-3', onInsufficient: 'clamp' },
      ],
      [
        { operation: 'decrement', value: 0 },
        { type: 'credit.delta', delta: '0', onInsufficient: 'clamp' },
      ],
    ])('%j is one command', async (body, command) => {
      expect(await call('updateCredits', { keyId: 'key_1', ...body })).toMatchObject({ status: 200 });
      expect(gateway.log.commands).toEqual([
        {
          id: expect.any(String),
          tenantId: 'acme',
          accountId: 'key_1',
          creditType: 'credits',
          reason: 'keys.updateCredits',
          ...command,
        },
      ]);
    });

    it('answers JSON with the id of the request', async () => {
      const answer = await call('updateCredits', increment, { headers: { 'x-request-id': 'req_1' } });
      expect(answer.text).toBe('{"meta":{"requestId":"req_1"},"data":{"remaining":706}}');
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
    });

    it.each([
      ['ACCOUNT_NOT_FOUND', 404, 'We could not find the requested key.'],
      ['ACCOUNT_UNLIMITED', 400, 'You cannot increment or decrement a key with unlimited credits.'],
      ['BALANCE_OVERFLOW', 400, 'rejected as BALANCE_OVERFLOW'],
      ['ACCOUNT_FROZEN', 400, 'rejected as ACCOUNT_FROZEN'],
      ['CREDIT_TYPE_NOT_FOUND', 400, 'rejected as CREDIT_TYPE_NOT_FOUND'],
      ['COMMAND_CONFLICT', 409, 'rejected as COMMAND_CONFLICT'],
    ] as const)('the rejection %s is %i', async (code, status, detail) => {
      rejected(code);
      const answer = await call('updateCredits', increment);
      expect(answer.status).toBe(status);
      expect(errorOf(answer)).toMatchObject({ status, detail });
      expect(errorOf(answer).errors).toEqual(status === 400 ? [] : undefined);
    });

    it('an unknown outcome is 503 only for those who may repeat it: the client repeats any 5xx by itself', async () => {
      gateway.log.answer = undefined;
      const headers = { 'idempotency-key': 'order-1' };
      const repeatable = await call('updateCredits', increment, { headers });
      expect(repeatable).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
      expect((await call('updateCredits', increment)).status).toBe(409);
    });

    it('with Postgres away is 503 before anything is published', async () => {
      await call('updateCredits', increment);
      gateway.log.records.length = 0;
      gateway.database.away = true;
      expect(await call('updateCredits', increment)).toMatchObject({ status: 503, body: { error: { status: 503 } } });
      expect(gateway.log.records).toEqual([]);
    });
  });

  describe('verifyKey', () => {
    const verdict = async (body: object = {}): Promise<unknown> => {
      const answer = await call('verifyKey', { key: SECRET, ...body });
      expect(answer.status).toBe(200);
      return answer.body.data;
    };

    it.each([
      ['INSUFFICIENT_CREDITS', { valid: false, code: 'USAGE_EXCEEDED', credits: 709, enabled: true }],
      ['ACCOUNT_FROZEN', { valid: false, code: 'DISABLED', credits: 709, enabled: false }],
      ['ACCOUNT_CLOSED', { valid: false, code: 'DISABLED', credits: 709, enabled: false }],
      ['ACCOUNT_UNLIMITED', { valid: true, code: 'VALID', enabled: true }],
    ] as const)('refused as %s after the key was read', async (code, data) => {
      rejected(code);
      expect(await verdict()).toEqual({ keyId: 'key_1', ...data });
    });

    it('refused for another reason is an error, not a verdict', async () => {
      rejected('COMMAND_CONFLICT');
      expect((await call('verifyKey', { key: SECRET })).status).toBe(409);
    });

    it('that costs nothing, or is of an unlimited key, publishes nothing', async () => {
      expect(await verdict({ credits: { cost: 0 } })).toMatchObject({ valid: true, credits: 706 });
      const unlimited = accountView({ externalId: secretHash(SECRET), unlimited: true });
      gateway.database.accounts.splice(0, Infinity, unlimited);
      expect(await verdict()).toEqual({ valid: true, code: 'VALID', keyId: 'key_1', enabled: true });
      expect(gateway.log.records).toEqual([]);
    });

    it('is all or nothing whatever policy the account has', async () => {
      await verdict({ credits: { cost: 5 } });
      expect(gateway.log.commands).toMatchObject([{ delta: '-5', onInsufficient: 'reject' }]);
    });
  });

  it('the order of checks: Authorization, root key, schema, permission, key', async () => {
    gateway.database.addKey('cb_reader', { scopes: ['credits:read'] });
    const unknown = { ...increment, keyId: 'key_unknown' };
    const order = [
      await call('updateCredits', {}, { key: null }),
      await call('updateCredits', {}, { key: 'cb_unknown' }),
      await call('updateCredits', {}, { key: 'cb_reader' }),
      await call('updateCredits', unknown, { key: 'cb_reader' }),
      await call('updateCredits', unknown),
    ];
    expect(order.map(({ status }) => status)).toEqual([400, 401, 400, 403, 404]);
    expect(errorOf(order[0] as Answer).detail).toContain('Authorization');
    expect(errorOf(order[2] as Answer).detail).toContain('failed to validate schema');
  });

  it.each(['__proto__', 'constructor', 'toString'])('an unknown field %s is refused like any other', async (name) => {
    const answer = await call('updateCredits', undefined, { raw: `{"keyId":"key_1","operation":"set","${name}":{}}` });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).errors).toEqual([{ location: `body.${name}`, message: 'there is no such field' }]);
  });

  it.each(['g', 'api_1', '🔑 of Ada'])('any apiId becomes the group: %s', async (apiId) => {
    expect((await call('createKey', { apiId })).status).toBe(200);
    expect(gateway.log.commands).toMatchObject([{ type: 'account.open', group: apiId }]);
  });

  it('a root key limited to ids may use no others', async () => {
    gateway.database.addKey('cb_others', { accountPrefix: 'team_' });
    expect((await call('updateCredits', increment, { key: 'cb_others' })).status).toBe(403);
    expect((await call('createKey', { apiId: 'api_1' }, { key: 'cb_others' })).status).toBe(403);
    expect((await call('verifyKey', { key: SECRET }, { key: 'cb_others' })).body.data).toEqual({
      valid: false,
      code: 'NOT_FOUND',
    });
    expect(gateway.log.records).toEqual([]);
  });

  it('has one error shape for all of its procedures, and no other path has it', async () => {
    for (const path of ['/v2/keys.unknown', '/v2/apis.listKeys']) {
      const answer = await gateway.send('POST', path, { body: {} });
      expect(errorOf(answer)).toEqual({
        title: 'Not Found',
        detail: 'there is no such route',
        status: 404,
        type: 'urn:creditbus:problem:not-found',
      });
    }
    expect((await gateway.send('POST', '/v2/billing', { body: {} })).body.code).toBe('NOT_FOUND');
    const large = await call('updateCredits', undefined, { raw: 'x'.repeat(1024 * 1024 + 1) });
    expect(errorOf(large).detail).toContain('1 MiB');
  });

  it('above the rate limit: problem+json, which only then the client takes', async () => {
    const limited = await GatewayUnderTest.start({
      compatibleApis: ['unkey'],
      rateLimit: { requests: 1, perSeconds: 60 },
    });
    limited.database.accounts.push(accountView());
    const get = (): Promise<Answer> => limited.send('POST', '/v2/keys.getKey', { body: { keyId: 'key_1' } });
    expect((await get()).status).toBe(200);
    const refused = await get();
    expect(refused).toMatchObject({ status: 429, body: { error: { status: 429, title: 'Too Many Requests' } } });
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    await limited.stop();
  });

  it('describes every operation in OpenAPI with the body that it checks', async () => {
    const { body } = await gateway.send('GET', '/openapi.json', { key: null });
    const paths = body.paths as Record<string, { post?: { tags: string[]; requestBody: object } }>;
    const described = Object.entries(paths).filter(([, { post }]) => post?.tags.includes('unkey'));
    expect(described.map(([path]) => path).sort()).toEqual([
      '/v2/keys.createKey',
      '/v2/keys.getKey',
      '/v2/keys.updateCredits',
      '/v2/keys.updateKey',
      '/v2/keys.verifyKey',
    ]);
    expect(paths['/v2/keys.updateCredits']?.post?.requestBody).toMatchObject({
      content: {
        'application/json': {
          schema: { required: ['keyId', 'operation'], additionalProperties: false },
        },
      },
    });
  });
});
