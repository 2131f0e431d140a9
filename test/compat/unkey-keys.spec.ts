import { createHash, randomUUID } from 'node:crypto';
import { Unkey } from '@unkey/api';
import type {
  V2KeysCreateKeyRequestBody,
  V2KeysUpdateKeyRequestBody,
  V2KeysVerifyKeyRequestBody,
} from '@unkey/api/models/components';
import { APIError, BadRequestErrorResponse, ForbiddenErrorResponse } from '@unkey/api/models/errors';
import { request } from '../deployment/http.js';
import { CompatibleStack, type KeyLimits } from './compatible-stack.js';
import { failureOf, post, type UnkeyAnswer } from './unkey-calls.js';

type Settings = Omit<V2KeysCreateKeyRequestBody, 'apiId'>;

describe('keys by the official client', () => {
  let stack: CompatibleStack;
  let rootKey: string;
  let client: Unkey;
  beforeAll(async () => {
    stack = await CompatibleStack.start();
    rootKey = await stack.key();
    client = clientWith(rootKey);
  });
  afterAll(() => stack.stop());
  afterEach(async () => {
    expect(await stack.deployment.violations()).toEqual([]);
  });

  const clientWith = (key: string): Unkey => new Unkey({ rootKey: key, serverURL: stack.baseUrl });
  const clientOf = async (tenant: 'acme' | 'other', limits: KeyLimits): Promise<Unkey> =>
    clientWith(await stack.key(tenant, limits));
  const create = async (settings: Settings = {}): Promise<{ keyId: string; key: string }> =>
    (await client.keys.createKey({ apiId: 'api_1', ...settings })).data;
  const get = async (keyId: string) => (await client.keys.getKey({ keyId })).data;
  const update = async (keyId: string, changes: Omit<V2KeysUpdateKeyRequestBody, 'keyId'>): Promise<unknown> =>
    (await client.keys.updateKey({ keyId, ...changes })).data;
  const verify = async (key: string, more: Omit<V2KeysVerifyKeyRequestBody, 'key'> = {}) =>
    (await client.keys.verifyKey({ key, ...more })).data;
  const raw = (procedure: string, body: string): Promise<UnkeyAnswer> =>
    post(stack.gateway, procedure, body, { rootKey });
  /** The account of a key by the native API. */
  const accountOf = async (keyId: string): Promise<Record<string, unknown>> =>
    (await request(stack.gateway, 'GET', `/v1/accounts/${keyId}`, { key: rootKey })).body;
  const newest = async (keyId: string): Promise<Record<string, unknown> | undefined> => {
    const { body } = await request(stack.gateway, 'GET', `/v1/accounts/${keyId}/entries?limit=1`, { key: rootKey });
    return (body.data as Record<string, unknown>[])[0];
  };

  const daily = { interval: 'daily', amount: 50 } as const;
  const monthly = { interval: 'monthly', amount: 1000, refillDay: 31 } as const;

  describe('createKey', () => {
    it('opens an account with what the client sends by default; without credits it is unlimited', async () => {
      const { keyId, key } = await create();
      expect(keyId).toMatch(/^key_[0-9a-f]{32}$/);
      expect(key).toMatch(/^[0-9a-f]{32}$/);
      expect(await get(keyId)).toEqual({
        keyId,
        start: key.slice(0, 4),
        enabled: true,
        createdAt: expect.any(Number),
      });
      expect(await accountOf(keyId)).toMatchObject({
        unlimited: true,
        group: 'api_1',
        externalId: createHash('sha256').update(key).digest('hex'),
      });
    });

    it('gives credits and a refill in the same entry', async () => {
      const { keyId } = await create({ credits: { remaining: 100, refill: monthly } });
      expect((await get(keyId)).credits).toEqual({ remaining: 100, refill: monthly });
      expect((await accountOf(keyId)).version).toBe('1');
    });

    it('0 is not unlimited, null is', async () => {
      const zero = await create({ credits: { remaining: 0 } });
      const unlimited = await create({ credits: { remaining: null } });
      expect((await get(zero.keyId)).credits).toEqual({ remaining: 0 });
      expect((await get(unlimited.keyId)).credits).toBeUndefined();
    });

    it('a refill without remaining is 400', async () => {
      const error = await failureOf(create({ credits: { remaining: null, refill: daily } }));
      expect(error).toBeInstanceOf(BadRequestErrorResponse);
      expect((error as BadRequestErrorResponse).error.errors).toEqual([
        { location: 'body.credits.refill', message: expect.stringContaining('remaining') },
      ]);
      const { status } = await raw(
        'keys.createKey',
        '{"apiId":"api_1","credits":{"refill":{"interval":"daily","amount":5}}}',
      );
      expect(status).toBe(400);
    });

    it.each([
      ['monthly without a day', '{"interval":"monthly","amount":5}'],
      ['daily with a day', '{"interval":"daily","amount":5,"refillDay":1}'],
      ['day 32', '{"interval":"monthly","amount":5,"refillDay":32}'],
      ['amount 0', '{"interval":"daily","amount":0}'],
      ['no amount', '{"interval":"daily"}'],
      ['weekly', '{"interval":"weekly","amount":5}'],
    ])('a refill that is %s is 400', async (_title, refill) => {
      const { status, text } = await raw(
        'keys.createKey',
        `{"apiId":"api_1","credits":{"remaining":1,"refill":${refill}}}`,
      );
      expect(status).toBe(400);
      expect(text).toContain('"location":"body.credits.refill.');
    });

    it('keeps name, owner, meta and expiry, and the secret begins with the prefix', async () => {
      const meta = { plan: 'pro', limits: { rps: 1.5, burst: [1, 2, 3] }, note: 'ü'.repeat(1200) };
      const expires = Date.now() + 3_600_000;
      const settings = { prefix: 'prod', byteLength: 32, name: 'Production', externalId: 'user_9', meta, expires };
      const { keyId, key } = await create(settings);
      expect(key).toMatch(/^prod_[0-9a-f]{64}$/);
      expect(await get(keyId)).toEqual({
        keyId,
        start: key.slice(0, 9),
        enabled: true,
        createdAt: expect.any(Number),
        name: 'Production',
        meta,
        expires,
        identity: { id: 'user_9', externalId: 'user_9' },
      });
    });

    it.each([
      ['recoverable', { recoverable: true }],
      ['roles', { roles: ['admin'] }],
      ['permissions', { permissions: ['documents.read'] }],
      ['ratelimits', { ratelimits: [{ name: 'requests', limit: 10, duration: 60_000 }] }],
      ['meta', { meta: { long: 'x'.repeat(10_000) } }],
      ['byteLength', { byteLength: 8 }],
      ['prefix', { prefix: 'a-b' }],
    ] satisfies [string, Settings][])('%s that would not be kept is refused, not ignored', async (field, settings) => {
      const error = await failureOf(create(settings));
      expect(error).toBeInstanceOf(BadRequestErrorResponse);
      expect((error as BadRequestErrorResponse).error.errors).toMatchObject([{ location: `body.${field}` }]);
    });

    it('the secret is stored nowhere', async () => {
      const { keyId, key } = await create({ credits: { remaining: 1 }, name: 'secret' });
      await verify(key);
      const rowsWith = (text: string): Promise<unknown[]> =>
        stack.deployment.sql(
          `select 1 from ledger_entries l join accounts a using (tenant_id, account_key)
            where a.account_id = $1 and (l::text like $2 or a::text like $2)`,
          [keyId, `%${text}%`],
        );
      expect(await rowsWith(createHash('sha256').update(key).digest('hex'))).not.toEqual([]);
      expect(await rowsWith(key.slice(4))).toEqual([]);
    });

    it('repeated with one Idempotency-Key answers the same key of one account', async () => {
      const headers = { 'Idempotency-Key': `signup-${randomUUID()}` };
      const body = { apiId: 'api_once', credits: { remaining: 5 } };
      const answers = await Promise.all(Array.from({ length: 5 }, () => client.keys.createKey(body, { headers })));
      const [first] = answers;
      for (const { data } of answers) expect(data).toEqual(first?.data);
      expect(await verify(first?.data.key ?? '')).toMatchObject({ valid: true, credits: 4 });
      answers.push(await client.keys.createKey(body, { headers }));
      expect(answers.at(-1)?.data).toEqual(first?.data);
      expect((await get(first?.data.keyId ?? '')).credits).toEqual({ remaining: 4 });

      const other = await failureOf(client.keys.createKey({ ...body, name: 'other' }, { headers }));
      expect(other).toBeInstanceOf(APIError);
      expect(other).toMatchObject({ statusCode: 409 });
    });

    it('needs the permission for the API', async () => {
      const limited = await clientOf('acme', { scopes: ['credits:write'], group: 'api_1' });
      expect((await limited.keys.createKey({ apiId: 'api_1' })).data.keyId).toEqual(expect.any(String));
      const error = await failureOf(limited.keys.createKey({ apiId: 'api_2' }));
      expect(error).toBeInstanceOf(ForbiddenErrorResponse);
      expect((error as ForbiddenErrorResponse).error.detail).toContain('api.api_2.create_key');
    });
  });

  describe('getKey', () => {
    it('answers credits beyond 2^53 exactly', async () => {
      const amount = '9007199254740993';
      const credits = `{"remaining":${amount},"refill":{"interval":"daily","amount":${amount}}}`;
      const { text } = await raw('keys.createKey', `{"apiId":"api_1","credits":${credits}}`);
      const { keyId } = (JSON.parse(text) as { data: { keyId: string } }).data;
      expect((await raw('keys.getKey', `{"keyId":"${keyId}"}`)).text).toContain(`"credits":${credits}`);
    });

    it('finds every account, not only those that createKey opened', async () => {
      const accountId = `customer-${randomUUID()}`;
      await stack.deployment.publish([{ type: 'account.open', accountId, initial: '5', metadata: { plan: 'pro' } }]);
      await stack.deployment.settled();
      expect(await get(accountId)).toEqual({
        keyId: accountId,
        start: '',
        enabled: true,
        createdAt: expect.any(Number),
        credits: { remaining: 5 },
      });
    });

    it('never decrypts', async () => {
      const { keyId } = await create();
      const error = await failureOf(client.keys.getKey({ keyId, decrypt: true }));
      expect(error).toBeInstanceOf(BadRequestErrorResponse);
      expect((error as BadRequestErrorResponse).error.errors).toMatchObject([{ location: 'body.decrypt' }]);
    });

    it('needs the permission to read', async () => {
      const { keyId } = await create();
      const writer = await clientOf('acme', { scopes: ['credits:write'] });
      const error = await failureOf(writer.keys.getKey({ keyId }));
      expect(error).toBeInstanceOf(ForbiddenErrorResponse);
      expect((error as ForbiddenErrorResponse).error.detail).toContain('api.*.read_key');
      const reader = await clientOf('acme', { scopes: ['credits:read'], group: 'api_1' });
      expect((await reader.keys.getKey({ keyId })).data.keyId).toBe(keyId);
    });
  });

  describe('updateKey', () => {
    const refilled = { remaining: 100, refill: daily };

    it('keeps what is absent', async () => {
      const { keyId } = await create({ credits: refilled, name: 'old' });
      expect(await update(keyId, {})).toEqual({});
      expect(await update(keyId, { name: 'new' })).toEqual({});
      expect(await update(keyId, { credits: {} })).toEqual({});
      expect(await get(keyId)).toMatchObject({ name: 'new', credits: refilled });
    });

    it('credits null makes unlimited without a refill', async () => {
      const { keyId } = await create({ credits: refilled });
      await update(keyId, { credits: null });
      expect((await get(keyId)).credits).toBeUndefined();
      expect(await accountOf(keyId)).toMatchObject({ unlimited: true, refill: null });
    });

    it('remaining null makes unlimited without a refill', async () => {
      const { keyId } = await create({ credits: refilled });
      await update(keyId, { credits: { remaining: null } });
      expect(await accountOf(keyId)).toMatchObject({ unlimited: true, refill: null });
    });

    it('remaining alone keeps the refill', async () => {
      const { keyId } = await create({ credits: refilled });
      await update(keyId, { credits: { remaining: 0 } });
      expect((await get(keyId)).credits).toEqual({ remaining: 0, refill: daily });
    });

    it('refill alone keeps what remains, and null takes it away', async () => {
      const { keyId } = await create({ credits: refilled });
      await update(keyId, { credits: { refill: monthly } });
      expect((await get(keyId)).credits).toEqual({ remaining: 100, refill: monthly });
      await update(keyId, { credits: { refill: null } });
      expect((await get(keyId)).credits).toEqual({ remaining: 100 });
    });

    it('both together, with other fields', async () => {
      const { keyId } = await create();
      await update(keyId, { credits: { remaining: 7, refill: monthly }, name: 'both', meta: { a: 1 } });
      expect(await get(keyId)).toMatchObject({
        name: 'both',
        meta: { a: 1 },
        credits: { remaining: 7, refill: monthly },
      });
    });

    it('a refill given to an unlimited key is there when the key is limited', async () => {
      const { keyId } = await create();
      await update(keyId, { credits: { refill: daily } });
      expect((await get(keyId)).credits).toBeUndefined();
      await update(keyId, { credits: { remaining: 1 } });
      expect((await get(keyId)).credits).toEqual({ remaining: 1, refill: daily });
    });

    it('numbers beyond 2^53 are exact', async () => {
      const { keyId } = await create();
      const credits = '{"remaining":9007199254740993,"refill":{"interval":"daily","amount":9223372036854775807}}';
      expect((await raw('keys.updateKey', `{"keyId":"${keyId}","credits":${credits}}`)).status).toBe(200);
      expect((await raw('keys.getKey', `{"keyId":"${keyId}"}`)).text).toContain(`"credits":${credits}`);
    });

    it('a refill with remaining null is 400', async () => {
      const { keyId } = await create({ credits: refilled });
      const error = await failureOf(update(keyId, { credits: { remaining: null, refill: daily } }));
      expect(error).toBeInstanceOf(BadRequestErrorResponse);
      expect((await get(keyId)).credits).toEqual(refilled);
    });

    it('null removes name, owner, meta and expiry; metadata of others stays', async () => {
      const { keyId } = await create({ name: 'n', externalId: 'user_1', meta: { a: 1 }, expires: Date.now() + 60_000 });
      const { metadata } = await accountOf(keyId);
      const fields = { metadata: { ...(metadata as object), team: 'blue' } };
      await stack.deployment.publish([{ type: 'account.configure', accountId: keyId, ...fields }]);
      await stack.deployment.settled();
      await update(keyId, { name: null, externalId: null, meta: null, expires: null });
      expect(Object.keys(await get(keyId)).sort()).toEqual(['createdAt', 'enabled', 'keyId', 'start']);
      expect((await accountOf(keyId)).metadata).toEqual({ team: 'blue', 'unkey.start': expect.any(String) });
    });

    it('a disabled key keeps its credits, which can be changed', async () => {
      const { keyId, key } = await create({ credits: { remaining: 5 } });
      await update(keyId, { enabled: false });
      expect(await get(keyId)).toMatchObject({ enabled: false, credits: { remaining: 5 } });
      expect(await verify(key)).toMatchObject({ valid: false, code: 'DISABLED', keyId, enabled: false, credits: 5 });
      await client.keys.updateCredits({ keyId, operation: 'increment', value: 1 });
      await update(keyId, { enabled: true });
      expect(await verify(key)).toMatchObject({ valid: true, code: 'VALID', enabled: true, credits: 5 });
    });

    it('repeated with one Idempotency-Key has one effect, whatever came in between', async () => {
      const { keyId } = await create({ credits: { remaining: 1 } });
      const headers = { 'Idempotency-Key': `plan-${randomUUID()}` };
      const body = { keyId, name: 'first', credits: { remaining: 100, refill: daily } };
      await client.keys.updateKey(body, { headers });
      await client.keys.updateCredits({ keyId, operation: 'decrement', value: 40 });
      await update(keyId, { meta: { later: true }, credits: { refill: null } });
      const { version } = await accountOf(keyId);
      expect((await client.keys.updateKey(body, { headers })).data).toEqual({});
      expect((await accountOf(keyId)).version).toBe(version);
      expect(await get(keyId)).toMatchObject({ meta: { later: true }, credits: { remaining: 60 } });
      const other = await failureOf(client.keys.updateKey({ ...body, name: 'other' }, { headers }));
      expect(other).toMatchObject({ statusCode: 409 });
    });

    it.each([
      ['ratelimits', { ratelimits: [{ name: 'requests', limit: 10, duration: 60_000 }] }],
      ['roles', { roles: ['admin'] }],
      ['permissions', { permissions: ['a'] }],
    ])('%s that would not be enforced are refused', async (field, changes) => {
      const { keyId } = await create();
      const error = await failureOf(update(keyId, changes));
      expect((error as BadRequestErrorResponse).error.errors).toMatchObject([{ location: `body.${field}` }]);
      expect(await update(keyId, { ratelimits: [], roles: [], permissions: [] })).toEqual({});
    });

    it('needs the permission for the API of the key', async () => {
      const { keyId } = await create();
      const limited = await clientOf('acme', { scopes: ['credits:write'], group: 'api_2' });
      const error = await failureOf(limited.keys.updateKey({ keyId, credits: null }));
      expect((error as ForbiddenErrorResponse).error.detail).toContain('api.api_1.update_key');
    });
  });

  describe('verifyKey', () => {
    it('costs 1 by default and answers what remains', async () => {
      const { keyId, key } = await create({
        credits: { remaining: 2 },
        name: 'n',
        externalId: 'user_1',
        meta: { a: 1 },
      });
      const identity = { id: 'user_1', externalId: 'user_1' };
      const same = { keyId, enabled: true, name: 'n', meta: { a: 1 }, identity };
      expect(await verify(key)).toEqual({ valid: true, code: 'VALID', credits: 1, ...same });
      expect(await verify(key)).toEqual({ valid: true, code: 'VALID', credits: 0, ...same });
      expect(await verify(key)).toEqual({ valid: false, code: 'USAGE_EXCEEDED', credits: 0, ...same });
    });

    it('takes the cost as a whole or not at all', async () => {
      const { key } = await create({ credits: { remaining: 10 } });
      expect(await verify(key, { credits: { cost: 7 } })).toMatchObject({ valid: true, credits: 3 });
      expect(await verify(key, { credits: { cost: 4 } })).toMatchObject({
        valid: false,
        code: 'USAGE_EXCEEDED',
        credits: 3,
      });
      expect(await verify(key, { credits: { cost: 3 } })).toMatchObject({ valid: true, credits: 0 });
    });

    it('cost 0 passes at 0', async () => {
      const { key } = await create({ credits: { remaining: 0 } });
      expect(await verify(key, { credits: { cost: 0 } })).toMatchObject({ valid: true, code: 'VALID', credits: 0 });
    });

    it('an unlimited key passes and shows no credits', async () => {
      const { keyId, key } = await create();
      expect(await verify(key, { credits: { cost: 1_000_000 } })).toEqual({
        valid: true,
        code: 'VALID',
        keyId,
        enabled: true,
      });
    });

    it('100 at the same moment on 50 credits: exactly 50 are valid', async () => {
      const { keyId, key } = await create({ credits: { remaining: 50 } });
      const verdicts = await Promise.all(Array.from({ length: 100 }, () => verify(key)));
      const valid = verdicts.filter((verdict) => verdict.valid);
      const exceeded = verdicts.filter(({ code }) => code === 'USAGE_EXCEEDED');
      expect([valid.length, exceeded.length]).toEqual([50, 50]);
      const seen = valid.map(({ credits }) => credits ?? NaN).sort((a, b) => a - b);
      expect(seen).toEqual(Array.from({ length: 50 }, (_, at) => at));
      expect(exceeded.every(({ credits }) => credits === 0)).toBe(true);
      expect((await get(keyId)).credits).toEqual({ remaining: 0 });
    });

    it('an unknown key, one of another workspace and one of another API are NOT_FOUND', async () => {
      const { key } = await create({ credits: { remaining: 5 } });
      const notFound = { valid: false, code: 'NOT_FOUND' };
      expect(await verify('unknown')).toEqual(notFound);
      const foreign = await clientOf('other', {});
      expect((await foreign.keys.verifyKey({ key })).data).toEqual(notFound);
      const limited = await clientOf('acme', { scopes: ['credits:write'], group: 'api_2' });
      expect((await limited.keys.verifyKey({ key })).data).toEqual(notFound);
      expect(await verify(key)).toMatchObject({ credits: 4 });
    });

    it('finds every account whose external id is the hash of the secret', async () => {
      const secret = `mine_${randomUUID()}`;
      const externalId = createHash('sha256').update(secret).digest('hex');
      const accountId = `customer-${randomUUID()}`;
      await stack.deployment.publish([{ type: 'account.open', accountId, externalId, initial: '5' }]);
      await stack.deployment.settled();
      expect(await verify(secret)).toEqual({ valid: true, code: 'VALID', keyId: accountId, enabled: true, credits: 4 });
    });

    it('an expired key is EXPIRED and costs nothing', async () => {
      const { keyId, key } = await create({ credits: { remaining: 5 }, expires: 1_000 });
      expect(await verify(key)).toEqual({
        valid: false,
        code: 'EXPIRED',
        keyId,
        enabled: true,
        expires: 1_000,
        credits: 5,
      });
      await update(keyId, { expires: null });
      expect(await verify(key)).toMatchObject({ valid: true, credits: 4 });
    });

    it('a key whose account is frozen is DISABLED, and one made disabled too', async () => {
      const { keyId, key } = await create({ credits: { remaining: 5 } });
      await stack.deployment.publish([{ type: 'account.configure', accountId: keyId, status: 'frozen' }]);
      await stack.deployment.settled();
      expect(await verify(key)).toMatchObject({ valid: false, code: 'DISABLED', credits: 5 });
      expect((await get(keyId)).enabled).toBe(false);
      const made = await create({ enabled: false });
      expect(await verify(made.key)).toMatchObject({ valid: false, code: 'DISABLED' });
    });

    it('answers credits beyond 2^53 exactly', async () => {
      const body = '{"apiId":"api_1","credits":{"remaining":9007199254740995}}';
      const { text } = await raw('keys.createKey', body);
      const { key } = (JSON.parse(text) as { data: { key: string } }).data;
      const verified = await raw('keys.verifyKey', `{"key":"${key}","credits":{"cost":2}}`);
      expect(verified.text).toContain('"credits":9007199254740993');
      const exceeded = await raw('keys.verifyKey', `{"key":"${key}","credits":{"cost":9007199254740994}}`);
      expect(exceeded.text).toContain('"code":"USAGE_EXCEEDED"');
      expect(exceeded.text).toContain('"credits":9007199254740993');
    });

    it('keeps tags on the entry', async () => {
      const { keyId, key } = await create({ credits: { remaining: 5 } });
      await verify(key, { tags: ['endpoint=/search', 'region=eu'] });
      expect(await newest(keyId)).toMatchObject({
        commandType: 'credit.delta',
        reason: 'keys.verifyKey',
        metadata: { 'unkey.tags.00': '["endpoint=/search","region=eu"]' },
      });
    });

    it('repeated with one Idempotency-Key costs once', async () => {
      const { keyId, key } = await create({ credits: { remaining: 10 } });
      const headers = { 'Idempotency-Key': `request-${randomUUID()}` };
      for (let i = 0; i < 3; i++) {
        expect((await client.keys.verifyKey({ key }, { headers })).data).toMatchObject({ valid: true, credits: 9 });
      }
      expect((await get(keyId)).credits).toEqual({ remaining: 9 });
    });

    it.each([
      ['permissions', { permissions: 'documents.read' }],
      ['ratelimits', { ratelimits: [{ name: 'requests' }] }],
    ])('%s that would not be checked are refused', async (field, more) => {
      const { key } = await create({ credits: { remaining: 5 } });
      const error = await failureOf(verify(key, more));
      expect((error as BadRequestErrorResponse).error.errors).toMatchObject([{ location: `body.${field}` }]);
      expect(await verify(key)).toMatchObject({ credits: 4 });
    });

    it('needs the permission', async () => {
      const reader = await clientOf('acme', { scopes: ['credits:read'] });
      const error = await failureOf(reader.keys.verifyKey({ key: 'any' }));
      expect(error).toBeInstanceOf(ForbiddenErrorResponse);
      expect((error as ForbiddenErrorResponse).error.detail).toContain('api.*.verify_key');
    });
  });
});
