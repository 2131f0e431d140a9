import { randomUUID } from 'node:crypto';
import { type AppProcess, spawnApp } from '@app/testing';
import { Unkey } from '@unkey/api';
import type { V2KeysUpdateCreditsRequestBody } from '@unkey/api/models/components';
import {
  APIError,
  BadRequestErrorResponse,
  ForbiddenErrorResponse,
  NotFoundErrorResponse,
  TooManyRequestsErrorResponse,
  UnauthorizedErrorResponse,
} from '@unkey/api/models/errors';
import { CompatibleStack, type KeyLimits } from './compatible-stack.js';
import { failureOf, post, type PostOptions, type UnkeyAnswer } from './unkey-calls.js';

const KEY_NOT_FOUND = 'We could not find the requested key.';
const SCHEMA = "POST request body for '/v2/keys.updateCredits' failed to validate schema";

type Operation = V2KeysUpdateCreditsRequestBody['operation'];

describe('keys.updateCredits by the official client', () => {
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

  const clientWith = (key: string, app: AppProcess = stack.gateway): Unkey =>
    new Unkey({ rootKey: key, serverURL: app.baseUrl });
  const clientOf = async (tenant: 'acme' | 'other', limits: KeyLimits): Promise<Unkey> =>
    clientWith(await stack.key(tenant, limits));

  /** A key with these credits. */
  async function keyWith(initial: string | null, fields: object = {}, tenantId = 'acme'): Promise<string> {
    const accountId = `key_${randomUUID()}`;
    await stack.deployment.publish([{ type: 'account.open', tenantId, accountId, initial, ...fields }]);
    await stack.deployment.settled();
    return accountId;
  }

  const update = async (keyId: string, operation: Operation, value?: number | null): Promise<unknown> => {
    const request = { keyId, operation, ...(value !== undefined && { value }) };
    return (await client.keys.updateCredits(request)).data;
  };
  const remainingOf = async (keyId: string): Promise<unknown> => {
    const { data } = await client.keys.getKey({ keyId });
    return data.credits?.remaining ?? null;
  };
  const raw = (body: string, options: PostOptions = {}): Promise<UnkeyAnswer> =>
    post(stack.gateway, 'keys.updateCredits', body, { rootKey, ...options });
  const dataIn = ({ status, text }: UnkeyAnswer): string => {
    expect(status).toBe(200);
    return /^\{"meta":\{"requestId":"[^"]+"\},"data":(.*)\}$/.exec(text)?.[1] ?? '';
  };

  it('sets a value, and 0 is not unlimited', async () => {
    const keyId = await keyWith('5');
    expect(await update(keyId, 'set', 1000)).toEqual({ remaining: 1000 });
    expect(await update(keyId, 'set', 0)).toEqual({ remaining: 0 });
    expect(await remainingOf(keyId)).toBe(0);
  });

  it.each([
    ['null', null],
    ['no value', undefined],
  ])('set with %s makes unlimited and clears the refill', async (_title, value) => {
    const keyId = await keyWith('5', { refill: { interval: 'daily', amount: '10' } });
    expect(await update(keyId, 'set', 7)).toEqual({ remaining: 7, refill: { interval: 'daily', amount: 10 } });
    expect(await update(keyId, 'set', value)).toEqual({ remaining: null });
    expect((await client.keys.getKey({ keyId })).data.credits).toBeUndefined();
    expect(await update(keyId, 'set', 3)).toEqual({ remaining: 3 });
  });

  it('answers the refill in the shape of Unkey, with its day only when there is one', async () => {
    const keyId = await keyWith('5', { refill: { interval: 'monthly', amount: '10', refillDay: 31 } });
    const refill = { interval: 'monthly', amount: 10, refillDay: 31 };
    expect(await update(keyId, 'increment', 1)).toEqual({ remaining: 6, refill });
  });

  it('increments and decrements, and a decrement stops at 0', async () => {
    const keyId = await keyWith('5');
    expect(await update(keyId, 'increment', 10)).toEqual({ remaining: 15 });
    expect(await update(keyId, 'increment', 0)).toEqual({ remaining: 15 });
    expect(await update(keyId, 'decrement', 4)).toEqual({ remaining: 11 });
    expect(await update(keyId, 'decrement', 0)).toEqual({ remaining: 11 });
    expect(await update(keyId, 'decrement', 100)).toEqual({ remaining: 0 });
    expect(await update(keyId, 'decrement', 1)).toEqual({ remaining: 0 });
  });

  it('a decrement stops at 0 whatever policy the account has for others', async () => {
    for (const onInsufficient of ['reject', 'allow']) {
      expect(await update(await keyWith('5', { onInsufficient }), 'decrement', 9)).toEqual({ remaining: 0 });
    }
  });

  it('a decrement stops at the floor that an account was natively given', async () => {
    expect(await update(await keyWith('5', { floor: '-10' }), 'decrement', 100)).toEqual({ remaining: -10 });
  });

  it('what remains is what can be used: open holds are not in it', async () => {
    const keyId = await keyWith('10');
    await stack.deployment.publish([{ type: 'hold.create', accountId: keyId, amount: '4' }]);
    await stack.deployment.settled();
    expect(await remainingOf(keyId)).toBe(6);
    expect(await update(keyId, 'decrement', 100)).toEqual({ remaining: 0 });
  });

  it.each(['increment', 'decrement'] as const)('%s without a value is 400', async (operation) => {
    const keyId = await keyWith('5');
    for (const value of [undefined, null]) {
      const error = await failureOf(update(keyId, operation, value));
      expect(error).toBeInstanceOf(BadRequestErrorResponse);
      expect((error as BadRequestErrorResponse).error).toEqual({
        title: 'Bad Request',
        status: 400,
        detail: 'When specifying an increment or decrement operation, a value must be provided.',
        type: expect.any(String),
        errors: [],
      });
    }
    expect(await remainingOf(keyId)).toBe(5);
  });

  it.each(['increment', 'decrement'] as const)('%s on an unlimited key is 400 and it stays unlimited', async (op) => {
    const keyId = await keyWith(null);
    const error = await failureOf(update(keyId, op, 1));
    expect(error).toBeInstanceOf(BadRequestErrorResponse);
    const { detail, errors } = (error as BadRequestErrorResponse).error;
    expect(detail).toBe('You cannot increment or decrement a key with unlimited credits.');
    expect(errors).toEqual([]);
    expect(await remainingOf(keyId)).toBeNull();
  });

  describe('numbers', () => {
    const MAX = '9223372036854775807';

    it('beyond 2^53 are exact in and out', async () => {
      const keyId = await keyWith('0');
      const body = (operation: string, value: string): string =>
        `{"keyId":"${keyId}","operation":"${operation}","value":${value}}`;
      expect(dataIn(await raw(body('set', '9007199254740993')))).toBe('{"remaining":9007199254740993}');
      expect(dataIn(await raw(body('increment', '2')))).toBe('{"remaining":9007199254740995}');
      expect(dataIn(await raw(body('decrement', '9007199254740993')))).toBe('{"remaining":2}');
      expect(dataIn(await raw(body('set', MAX)))).toBe(`{"remaining":${MAX}}`);
      const read = await post(stack.gateway, 'keys.getKey', `{"keyId":"${keyId}"}`, { rootKey });
      expect(read.text).toContain(`"credits":{"remaining":${MAX}}`);
    });

    it('the client reads beyond 2^53 as the nearest double: its own rounding', async () => {
      const keyId = await keyWith('9007199254740993');
      expect(await update(keyId, 'increment', 0)).toEqual({ remaining: Number('9007199254740993') });
      const { text } = await post(stack.gateway, 'keys.getKey', `{"keyId":"${keyId}"}`, { rootKey });
      expect(text).toContain('"remaining":9007199254740993');
    });

    it('a sum beyond int64 is 400 and changes nothing', async () => {
      const keyId = await keyWith(MAX);
      const error = await failureOf(update(keyId, 'increment', 1));
      expect(error).toBeInstanceOf(BadRequestErrorResponse);
      expect((error as BadRequestErrorResponse).error.errors).toEqual([]);
      const { text } = await post(stack.gateway, 'keys.getKey', `{"keyId":"${keyId}"}`, { rootKey });
      expect(text).toContain(`"remaining":${MAX}`);
    });

    it.each(['-1', '1.5', '1.0', '1e3', '-0', '9223372036854775808', '"5"', 'true', '[]'])(
      'the value %s is not by the schema',
      async (value) => {
        const keyId = await keyWith('5');
        const { status, text } = await raw(`{"keyId":"${keyId}","operation":"set","value":${value}}`);
        expect(status).toBe(400);
        expect(JSON.parse(text)).toMatchObject({ error: { detail: SCHEMA, errors: [{ location: 'body.value' }] } });
        expect(await remainingOf(keyId)).toBe(5);
      },
    );
  });

  describe('the schema', () => {
    it('names every wrong field, unknown ones too', async () => {
      const { status, text, contentType } = await raw('{"keyId":"ab","operation":"add","value":null,"x":1,"y":2}');
      expect({ status, contentType }).toEqual({
        status: 400,
        contentType: expect.stringMatching(/^application\/json/),
      });
      const { meta, error } = JSON.parse(text) as BadRequestErrorResponse;
      expect(meta.requestId).toEqual(expect.any(String));
      expect(error).toMatchObject({ title: 'Bad Request', status: 400, detail: SCHEMA });
      const locations = error.errors.map(({ location }) => location).sort();
      expect(locations).toEqual(['body.keyId', 'body.operation', 'body.x', 'body.y']);
      for (const { message } of error.errors) expect(message).toEqual(expect.any(String));
    });

    it('is told to those only who have a root key', async () => {
      const answers = [await raw('{}', { rootKey: null }), await raw('{}', { rootKey: 'unknown' }), await raw('{}')];
      expect(answers.map(({ status }) => status)).toEqual([400, 401, 400]);
      const told = answers.map(({ text }) => text.includes(SCHEMA));
      expect(told).toEqual([false, false, true]);
    });

    it.each(['', '{', '[]', 'null', '"text"', '{"keyId":"key_1\\u0000","operation":"set"}'])(
      'the body %j is not by it',
      async (body) => {
        const { status, text } = await raw(body);
        expect([status, (JSON.parse(text) as BadRequestErrorResponse).error.detail]).toEqual([400, SCHEMA]);
      },
    );

    it('is told by the client as its own error', async () => {
      const error = await failureOf(update('ab', 'set', 1));
      expect(error).toBeInstanceOf(BadRequestErrorResponse);
      expect((error as BadRequestErrorResponse).error.errors).toEqual([
        { location: 'body.keyId', message: expect.any(String) },
      ]);
    });
  });

  describe('the root key', () => {
    it.each([
      ['none', {}],
      ['another scheme', { authorization: 'Basic YTpi' }],
      ['no secret', { authorization: 'Bearer' }],
      ['two secrets', { authorization: 'Bearer a b' }],
    ])('%s is 400 with a list of errors', async (_title, headers: Record<string, string>) => {
      const answer = await raw('{"keyId":"key_1","operation":"set"}', { rootKey: null, headers });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.text)).toMatchObject({ error: { status: 400, errors: [] } });
      expect(answer.text).not.toContain('validate schema');
    });

    it('that is unknown is 401', async () => {
      const error = await failureOf(clientWith('cb_unknown').keys.updateCredits({ keyId: 'key_1', operation: 'set' }));
      expect(error).toBeInstanceOf(UnauthorizedErrorResponse);
      expect((error as UnauthorizedErrorResponse).error).toMatchObject({ title: 'Unauthorized', status: 401 });
    });

    it('without the permission is 403, and the permission is named', async () => {
      const reader = await clientOf('acme', { scopes: ['credits:read'] });
      const keyId = await keyWith('5');
      const error = await failureOf(reader.keys.updateCredits({ keyId, operation: 'set', value: 1 }));
      expect(error).toBeInstanceOf(ForbiddenErrorResponse);
      expect((error as ForbiddenErrorResponse).error).toMatchObject({ title: 'Forbidden', status: 403 });
      expect((error as ForbiddenErrorResponse).error.detail).toContain('api.*.update_key');
      expect(await remainingOf(keyId)).toBe(5);
    });

    it('of a group may update keys of that API only', async () => {
      const limited = await clientOf('acme', { scopes: ['credits:write'], group: 'api_1' });
      const own = await keyWith('5', { group: 'api_1' });
      const foreign = await keyWith('5', { group: 'api_2' });
      const { data } = await limited.keys.updateCredits({ keyId: own, operation: 'set', value: 1 });
      expect(data).toEqual({ remaining: 1 });
      const error = await failureOf(limited.keys.updateCredits({ keyId: foreign, operation: 'set', value: 1 }));
      expect(error).toBeInstanceOf(ForbiddenErrorResponse);
      const { detail } = (error as ForbiddenErrorResponse).error;
      expect(detail).toContain('api.*.update_key');
      expect(detail).toContain('api.api_2.update_key');
      expect(await remainingOf(foreign)).toBe(5);
    });

    it('of credits:write without a group may update all keys', async () => {
      const writer = await clientOf('acme', { scopes: ['credits:write'] });
      const keyId = await keyWith('5', { group: 'api_7' });
      const { data } = await writer.keys.updateCredits({ keyId, operation: 'increment', value: 1 });
      expect(data).toEqual({ remaining: 6 });
    });

    it('that is used too often is 429, which the client understands', async () => {
      const { deployment } = stack;
      const env = {
        ...deployment.appEnv({ RATE_LIMIT_REQUESTS: '1', RATE_LIMIT_PER_SECONDS: '60' }),
        DATABASE_URL: deployment.database.gatewayUrl,
      };
      const limited = await spawnApp('gateway', env);
      try {
        const slow = clientWith(rootKey, limited);
        const keyId = await keyWith('5');
        await slow.keys.getKey({ keyId });
        const error = await failureOf(slow.keys.getKey({ keyId }));
        expect(error).toBeInstanceOf(TooManyRequestsErrorResponse);
        expect((error as TooManyRequestsErrorResponse).contentType).toContain('application/problem+json');
        expect((error as TooManyRequestsErrorResponse).error).toMatchObject({ status: 429 });
      } finally {
        await limited.stop();
      }
    });
  });

  it('a key of another workspace is answered like an unknown one, to the byte', async () => {
    const foreign = await keyWith('5', {}, 'other');
    const headers = { 'x-request-id': 'req-1' };
    for (const [procedure, rest] of [
      ['keys.updateCredits', ',"operation":"set","value":1'],
      ['keys.getKey', ''],
      ['keys.updateKey', ',"credits":null'],
    ] as const) {
      const [unknown, another] = await Promise.all(
        ['key_unknown', foreign].map((keyId) =>
          post(stack.gateway, procedure, `{"keyId":"${keyId}"${rest}}`, { rootKey, headers }),
        ),
      );
      expect(unknown?.status).toBe(404);
      expect(another).toEqual(unknown);
    }
    const error = await failureOf(update(foreign, 'set', 1));
    expect(error).toBeInstanceOf(NotFoundErrorResponse);
    expect((error as NotFoundErrorResponse).error).toMatchObject({ title: 'Not Found', detail: KEY_NOT_FOUND });
    const owner = await clientOf('other', {});
    expect((await owner.keys.getKey({ keyId: foreign })).data.credits).toEqual({ remaining: 5 });
  });

  it('an account of another credit type is no key', async () => {
    await stack.deployment.publish([{ type: 'credit-type.put', creditType: 'tokens', scale: 2, accountId: undefined }]);
    await stack.deployment.settled();
    const keyId = await keyWith('5', { creditType: 'tokens' });
    expect(await failureOf(update(keyId, 'set', 1))).toBeInstanceOf(NotFoundErrorResponse);
  });

  it('a frozen and a closed account are 400', async () => {
    for (const status of ['frozen', 'closed']) {
      const keyId = await keyWith('5');
      await stack.deployment.publish([{ type: 'account.configure', accountId: keyId, status }]);
      await stack.deployment.settled();
      const error = await failureOf(update(keyId, 'set', 1));
      expect(error).toBeInstanceOf(BadRequestErrorResponse);
      expect((error as BadRequestErrorResponse).error.detail).toContain(status);
    }
  });

  describe('an Idempotency-Key', () => {
    it('makes repeats one effect with one answer, also at the same moment', async () => {
      const keyId = await keyWith('10');
      const headers = { 'Idempotency-Key': `order-${randomUUID()}` };
      const increment = { keyId, operation: 'increment', value: 5 } as const;
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => client.keys.updateCredits(increment, { headers })),
      );
      await update(keyId, 'decrement', 1);
      answers.push(await client.keys.updateCredits(increment, { headers }));
      for (const { data } of answers) expect(data).toEqual({ remaining: 15 });
      expect(await remainingOf(keyId)).toBe(14);
    });

    it('used for another request is 409', async () => {
      const keyId = await keyWith('10');
      const headers = { 'Idempotency-Key': `order-${randomUUID()}` };
      await client.keys.updateCredits({ keyId, operation: 'increment', value: 5 }, { headers });
      const error = await failureOf(
        client.keys.updateCredits({ keyId, operation: 'increment', value: 6 }, { headers }),
      );
      expect(error).toBeInstanceOf(APIError);
      expect(error).toMatchObject({ statusCode: 409 });
      expect(await remainingOf(keyId)).toBe(15);
    });

    it('of the scheduler is 400', async () => {
      const headers = { 'Idempotency-Key': '~refill' };
      const error = await failureOf(client.keys.updateCredits({ keyId: 'key_1', operation: 'set' }, { headers }));
      expect(error).toBeInstanceOf(BadRequestErrorResponse);
      expect((error as BadRequestErrorResponse).error.errors).toEqual([
        { location: 'header.Idempotency-Key', message: expect.any(String) },
      ]);
    });
  });

  it('switched off there is no such route', async () => {
    const { deployment } = stack;
    const env = { ...deployment.appEnv({ COMPATIBLE_APIS: 'klaim' }), DATABASE_URL: deployment.database.gatewayUrl };
    const without = await spawnApp('gateway', env);
    try {
      const keyId = await keyWith('5');
      const error = await failureOf(clientWith(rootKey, without).keys.updateCredits({ keyId, operation: 'set' }));
      expect(error).toMatchObject({ statusCode: 404 });
    } finally {
      await without.stop();
    }
  });

  it("has Unkey's error shape for procedures that Creditbus has not", async () => {
    const error = await failureOf(client.keys.deleteKey({ keyId: 'key_1' }));
    expect(error).toBeInstanceOf(NotFoundErrorResponse);
    expect((error as NotFoundErrorResponse).error.detail).toBe('there is no such route');
  });
});
