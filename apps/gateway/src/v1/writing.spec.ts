import { decodeCommand } from '@app/contracts';

import { ADMIN_KEY, GatewayUnderTest, TENANT } from '../testing/gateway-under-test.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('writing', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
  });
  afterEach(() => gateway.stop());

  it('POST /v1/accounts opens, PATCH configures, POST deltas takes, PUT balance sets, POST /v1/commands takes any', async () => {
    const requests = [
      ['POST', '/v1/accounts', { accountId: 'a', initial: '10', group: 'g' }],
      ['PATCH', '/v1/accounts/a', { status: 'frozen', refill: null }],
      ['POST', '/v1/accounts/a/deltas', { delta: '-3', onInsufficient: { downTo: '-100' } }],
      ['PUT', '/v1/accounts/a/balance', { value: null }],
      ['POST', '/v1/commands', { type: 'credit.set', accountId: 'a', value: 5 }],
    ] as const;
    for (const [method, path, body] of requests) {
      expect((await gateway.send(method, path, { body })).status).toBe(202);
    }
    expect(gateway.log.commands).toMatchObject([
      { type: 'account.open', tenantId: TENANT, accountId: 'a', initial: '10', group: 'g' },
      { type: 'account.configure', tenantId: TENANT, accountId: 'a', status: 'frozen', refill: null },
      { type: 'credit.delta', tenantId: TENANT, accountId: 'a', delta: '-3', onInsufficient: { downTo: '-100' } },
      { type: 'credit.set', tenantId: TENANT, accountId: 'a', value: null },
      { type: 'credit.set', tenantId: TENANT, accountId: 'a', value: 5 },
    ]);
    for (const { key } of gateway.log.records) expect(key).toBe('acme:a');
  });

  it('answers 202 with the id and Location once the broker has acknowledged', async () => {
    const answer = await gateway.send('POST', '/v1/accounts/a/deltas', { body: { delta: '-3', id: 'job 1/ü' } });
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ commandId: 'job 1/ü', status: 'accepted' });
    expect(answer.headers.location).toBe('/v1/commands/job%201%2F%C3%BC');
  });

  it('takes the command id from Idempotency-Key or the body, and makes a UUIDv7 without either', async () => {
    const body = { delta: '1' };
    const headers = { 'idempotency-key': 'from-header' };
    const ids = [
      (await gateway.send('POST', '/v1/accounts/a/deltas', { body, headers })).body.commandId,
      (await gateway.send('POST', '/v1/accounts/a/deltas', { body: { ...body, id: 'from-body' } })).body.commandId,
      (await gateway.send('POST', '/v1/accounts/a/deltas', { body })).body.commandId,
    ];
    expect(ids).toEqual(['from-header', 'from-body', expect.stringMatching(UUID_V7)]);
    expect(gateway.log.commands.map(({ id }) => id)).toEqual(ids);
  });

  it('refuses two different ids, ids that begin with ~ and empty ones with 400', async () => {
    const send = (id: string | undefined, key?: string): ReturnType<GatewayUnderTest['send']> =>
      gateway.send('POST', '/v1/accounts/a/deltas', {
        body: { delta: '1', id },
        headers: key === undefined ? {} : { 'idempotency-key': key },
      });
    for (const answer of [await send('a', 'b'), await send('~a'), await send(undefined, '~a'), await send('')]) {
      expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_FIELD' } });
    }
    expect(gateway.log.records).toHaveLength(0);
  });

  it('publishes exactly what the decoder of the worker reads, every digit included', async () => {
    await gateway.send('POST', '/v1/accounts/a/deltas', {
      raw: '{"delta":9007199254740991,"metadata":{"constructor":"x","__proto__":"y"},"reason":"\\u00fc"}',
    });
    const decoded = decodeCommand({ key: null, value: gateway.log.records[0]?.value as Buffer, headers: {} });
    expect(decoded).toMatchObject({ ok: true, command: { delta: '9007199254740991', reason: 'ü' } });
    expect(String(gateway.log.records[0]?.value)).toContain('"__proto__":"y"');
  });

  it.each([
    ['1e2'],
    ['1.0'],
    ['-0'],
    ['0.99999999999999999'],
    ['9007199254740993'],
    ['1e400'],
    ['"1e2"'],
    ['"+1"'],
    ['""'],
    ['"NaN"'],
    ['true'],
    ['null'],
  ])('never rounds an amount: the delta %s is refused with 400', async (source) => {
    const answer = await gateway.send('POST', '/v1/accounts/a/deltas', { raw: `{"delta":${source}}` });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_FIELD', errors: [{ pointer: '/delta' }] } });
  });

  it('refuses unknown fields with 400, nested ones too', async () => {
    const flat = await gateway.send('POST', '/v1/accounts/a/deltas', { body: { delta: '1', amount: '2' } });
    const nested = await gateway.send('POST', '/v1/accounts/a/deltas', {
      body: { delta: '1', actor: { type: 'user', id: 'u', email: 'x' } },
    });
    expect(flat).toMatchObject({ status: 400, body: { errors: [{ pointer: '/amount' }] } });
    expect(nested).toMatchObject({ status: 400, body: { errors: [{ pointer: '/actor/email' }] } });
  });

  it('names every wrong field', async () => {
    const answer = await gateway.send('POST', '/v1/accounts/a/deltas', { body: { delta: 'x', reason: 1, wrong: 2 } });
    const pointers = answer.body.errors?.map(({ pointer }) => pointer);
    expect(pointers?.sort()).toEqual(['/delta', '/reason', '/wrong']);
  });

  it('a set without value is 400, with null it is unlimited', async () => {
    expect((await gateway.send('PUT', '/v1/accounts/a/balance', { body: {} })).status).toBe(400);
    expect((await gateway.send('PUT', '/v1/accounts/a/balance', { body: { value: null } })).status).toBe(202);
  });

  it('an unknown type, and one of the scheduler, are 400', async () => {
    const refused = async (type: string | undefined, code: string): Promise<void> => {
      const answer = await gateway.send('POST', '/v1/commands', { body: { type, accountId: 'a' } });
      expect(answer).toMatchObject({ status: 400, body: { code } });
    };
    for (const type of ['credit.multiply', undefined]) await refused(type, 'UNKNOWN_TYPE');
    for (const type of ['account.refill', 'grant.activate', 'grant.expire', 'schedule.apply', 'hold.expire']) {
      await refused(type, 'INVALID_FIELD');
    }
    expect(gateway.log.records).toHaveLength(0);
  });

  it('the tenant is the key’s: the same in the body passes, another is 403', async () => {
    const body = { delta: '1' };
    const own = await gateway.send('POST', '/v1/accounts/a/deltas', { body: { ...body, tenantId: TENANT } });
    const other = await gateway.send('POST', '/v1/accounts/a/deltas', { body: { ...body, tenantId: 'other' } });
    expect(own.status).toBe(202);
    expect(other).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(gateway.log.records).toHaveLength(1);
  });

  it('one command over 64 KiB is 413 TOO_LARGE, and so is a body over 1 MiB', async () => {
    const command = await gateway.send('POST', '/v1/commands', {
      raw: `{"type":"credit.delta","accountId":"a","delta":1,"onInsufficient":{"downTo":"1"},"metadata":{${Array.from(
        { length: 50 },
        (_, n) => `"${n}":"${'🙂'.repeat(499)}"`,
      ).join()}}}`,
    });
    expect(command).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
    const description = 'x'.repeat(64 * 1024);
    const field = await gateway.send('POST', '/v1/accounts/a/deltas', { body: { delta: 1, description } });
    expect(field).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
    const body = await gateway.send('POST', '/v1/commands', { raw: `{"a":"${'x'.repeat(1024 * 1024)}"}` });
    expect(body).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
  });

  it('a body that is no JSON is 400, another content type 415, and no body 400', async () => {
    expect(await gateway.send('POST', '/v1/commands', { raw: '{"a":' })).toMatchObject({
      status: 400,
      body: { code: 'NOT_JSON' },
    });
    const headers = { 'content-type': 'text/plain' };
    expect((await gateway.send('POST', '/v1/commands', { raw: '{}', headers })).status).toBe(415);
    expect((await gateway.send('POST', '/v1/commands', {})).status).toBe(400);
  });

  it('passes the trace context on, and only a well-formed one', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await gateway.send('POST', '/v1/accounts/a/deltas', { body: { delta: 1 }, headers: { traceparent } });
    await gateway.send('POST', '/v1/accounts/a/deltas', { body: { delta: 1 }, headers: { traceparent: 'junk' } });
    expect(gateway.log.records.map(({ headers }) => headers)).toEqual([{ traceparent }, {}]);
  });

  it('Kafka away or the buffer full is 503 with Retry-After and the id, also a made one, for the retry', async () => {
    gateway.log.away = new Error('20,000 records wait already');
    const answer = await gateway.send('POST', '/v1/accounts/a/deltas', { body: { delta: '1' } });
    expect(answer).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE', commandId: expect.stringMatching(UUID_V7) },
    });
    expect(answer.headers['retry-after']).toBe('1');
    gateway.log.away = undefined;
    const headers = { 'idempotency-key': String(answer.body.commandId) };
    expect((await gateway.send('POST', '/v1/accounts/a/deltas', { body: { delta: '1' }, headers })).status).toBe(202);
    expect(gateway.log.commands[0]?.id).toBe(answer.body.commandId);
  });

  it('needs no database: with Postgres away a known key still publishes', async () => {
    await gateway.send('GET', '/v1/accounts', { key: ADMIN_KEY });
    gateway.database.away = true;
    expect((await gateway.send('POST', '/v1/accounts/a/deltas', { body: { delta: '1' } })).status).toBe(202);
  });
});
