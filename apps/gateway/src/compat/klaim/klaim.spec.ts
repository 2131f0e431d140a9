import { outcomeOf } from '@app/contracts';
import type { LedgerEntry, RejectionCode } from '@app/domain';

import { GatewayUnderTest, type SendOptions } from '../../testing/gateway-under-test.js';
import { accountView, ledgerEntry, rejection } from '../../testing/samples.js';

const JSON_TYPE = 'application/json; charset=utf-8';

describe('PUT /users/{user_id}/credits', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await GatewayUnderTest.start({ compatibleApis: ['klaim'], klaimCreditType: 'klaim', waitMaxSeconds: 1 });
  });
  afterAll(() => gateway.stop());

  const view = accountView({ accountId: 'user_1', externalId: 'mail@example.com', creditType: 'klaim' });
  const other = accountView({ accountId: 'user_1', creditType: 'tokens' });
  beforeEach(() => {
    gateway.log.records.length = 0;
    gateway.log.away = undefined;
    gateway.database.accounts.splice(0, Infinity, view, other);
    applied();
  });

  function applied(fields: Partial<LedgerEntry> = {}): void {
    gateway.log.answer = ({ id }) => outcomeOf(ledgerEntry({ commandId: String(id), ...fields }));
  }

  function rejected(code: RejectionCode): void {
    gateway.log.answer = ({ id }) => rejection(code, { commandId: String(id) });
  }

  const put = (body: unknown, options: SendOptions & { user?: string } = {}): ReturnType<GatewayUnderTest['send']> =>
    gateway.send('PUT', `/users/${encodeURIComponent(options.user ?? 'user_1')}/credits`, { body, ...options });

  it('is a delta, whose answer has the balance after it', async () => {
    const answer = await put({ credit_delta: -3, description: '3 images' });
    expect(answer).toMatchObject({ status: 200, text: expect.any(String) });
    expect(answer.text).toBe('{"message":"resource updated successfully","credit_balance":706}');
    expect(answer.headers['content-type']).toBe(JSON_TYPE);
    expect(gateway.log.commands).toEqual([
      {
        type: 'credit.delta',
        id: expect.any(String),
        tenantId: 'acme',
        accountId: 'user_1',
        creditType: 'klaim',
        delta: '-3',
        description: '3 images',
      },
    ]);
  });

  it('answers a balance with all its digits', async () => {
    applied({ scale: 2, after: { balance: 2n ** 63n - 1n, held: 0n, available: 0n, unlimited: false } });
    expect((await put({ credit_delta: 1 })).text).toContain('"credit_balance":92233720368547758.07}');
  });

  it.each([
    ['9007199254740993', '9007199254740993'],
    ['1e2', '100'],
    ['2.50', '2.5'],
    ['-0', '0'],
  ])('takes %s exactly', async (written, delta) => {
    expect((await put(undefined, { raw: `{"credit_delta":${written}}` })).status).toBe(200);
    expect(gateway.log.commands).toMatchObject([{ delta }]);
  });

  it.each(['user_1', 'mail@example.com', view.systemId])('finds a user as %s', async (user) => {
    expect((await put({ credit_delta: 1 }, { user })).status).toBe(200);
    expect(gateway.log.commands).toMatchObject([{ accountId: 'user_1', creditType: 'klaim' }]);
  });

  it('takes the credit type of a system id', async () => {
    expect((await put({ credit_delta: 1 }, { user: other.systemId })).status).toBe(200);
    expect(gateway.log.commands).toMatchObject([{ accountId: 'user_1', creditType: 'tokens' }]);
  });

  it.each(['nobody', 'ext:mail@example.com', `acct_${'0'.repeat(32)}`, 'x'.repeat(256), 'a\0b'])(
    'knows no user %j',
    async (user) => {
      const answer = await put({ credit_delta: 1 }, { user });
      expect(answer.status).toBe(404);
      expect(answer.body).toEqual({ message: 'Can not find user with the given user_id.' });
      expect(gateway.log.records).toEqual([]);
    },
  );

  it.each(['', 'credit_delta=1', '{"credit_delta":1', '[1]', '{}', '{"credit_delta":"1"}', '{"credit_delta":null}'])(
    'refuses the body %j, whatever its content type says',
    async (raw) => {
      for (const type of ['application/json', 'text/plain']) {
        const answer = await put(undefined, { raw, headers: { 'content-type': type } });
        expect(answer).toMatchObject({ status: 400, body: { message: 'Invalid JSON format in request body' } });
      }
      expect((await put(undefined)).body).toEqual({ message: 'Invalid JSON format in request body' });
    },
  );

  it('says which field is wrong when it is not the delta', async () => {
    const long = await put({ credit_delta: 1, description: 'x'.repeat(1025) });
    expect(long).toMatchObject({ status: 400, body: { message: expect.stringContaining('description') } });
    const huge = await put(undefined, { raw: '{"credit_delta":1e400}' });
    expect(huge).toMatchObject({ status: 400, body: { message: expect.stringContaining('credit_delta') } });
    const key = await put({ credit_delta: 1 }, { headers: { 'idempotency-key': '~refill' } });
    expect(key).toMatchObject({ status: 400, body: { message: expect.stringContaining('reserved') } });
    expect(gateway.log.records).toEqual([]);
  });

  it('gives no meaning to fields that it does not know, and a description of null is none', async () => {
    expect((await put({ credit_delta: 1, description: null, onInsufficient: 'allow', id: 'x' })).status).toBe(200);
    expect(gateway.log.commands[0]).not.toHaveProperty('onInsufficient');
    expect(gateway.log.commands[0]).not.toHaveProperty('description');
    expect(gateway.log.commands[0]?.id).not.toBe('x');
  });

  it.each([
    ['INSUFFICIENT_CREDITS', 400, 'rejected as INSUFFICIENT_CREDITS'],
    ['AMOUNT_PRECISION', 400, 'rejected as AMOUNT_PRECISION'],
    ['ACCOUNT_UNLIMITED', 400, 'rejected as ACCOUNT_UNLIMITED'],
    ['ACCOUNT_CLOSED', 400, 'rejected as ACCOUNT_CLOSED'],
    ['CREDIT_TYPE_NOT_FOUND', 400, 'rejected as CREDIT_TYPE_NOT_FOUND'],
    ['COMMAND_CONFLICT', 409, 'rejected as COMMAND_CONFLICT'],
    ['ACCOUNT_NOT_FOUND', 404, 'Can not find user with the given user_id.'],
  ] as const)('answers the rejection %s with %i', async (code, status, message) => {
    rejected(code);
    const answer = await put({ credit_delta: -1 });
    expect(answer).toMatchObject({ status, headers: { 'content-type': JSON_TYPE } });
    expect(answer.body).toEqual({ message });
  });

  it('uses the Idempotency-Key as the id of the command', async () => {
    await put({ credit_delta: 1 }, { headers: { 'idempotency-key': 'order-1' } });
    expect(gateway.log.commands).toMatchObject([{ id: 'order-1' }]);
  });

  it('answers 503 for an unknown outcome only to those who may repeat it', async () => {
    gateway.log.answer = undefined;
    const repeatable = await put({ credit_delta: 1 }, { headers: { 'idempotency-key': 'slow' } });
    expect(repeatable).toMatchObject({ status: 503, body: { message: expect.stringContaining('slow') } });
    expect(await put({ credit_delta: 1 })).toMatchObject({ status: 409, body: { message: expect.any(String) } });
  });

  it('tells who may not call in the same shape', async () => {
    gateway.database.addKey('cb_reader', { scopes: ['credits:read'] });
    gateway.database.addKey('cb_others', { accountPrefix: 'team_' });
    const message = expect.any(String);
    expect(await put('no object', { key: null })).toMatchObject({ status: 401, body: { message } });
    expect(await put({ credit_delta: 1 }, { key: 'cb_wrong' })).toMatchObject({ status: 401, body: { message } });
    expect(await put({ credit_delta: 1 }, { key: 'cb_reader' })).toMatchObject({ status: 403, body: { message } });
    const limited = await put({ credit_delta: 1 }, { key: 'cb_others' });
    expect(limited.status).toBe(403);
    expect(Object.keys(limited.body)).toEqual(['message']);
  });

  it('has one shape for everything below /users', async () => {
    for (const path of ['/users', '/users/user_1', '/users/%zz/credits']) {
      const answer = await gateway.send('PUT', path, { body: { credit_delta: 1 } });
      expect(Object.keys(answer.body)).toEqual(['message']);
      expect(answer.headers['content-type']).toBe(JSON_TYPE);
    }
    expect((await gateway.send('GET', '/userspace')).body).toHaveProperty('code', 'NOT_FOUND');
  });

  it('says when the database is away', async () => {
    gateway.database.away = true;
    expect(await put({ credit_delta: 1 })).toMatchObject({ status: 503, body: { message: expect.any(String) } });
    gateway.database.away = false;
  });
});
