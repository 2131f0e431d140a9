import { entryId, outcomeOf } from '@app/contracts';

import { type Answer, GatewayUnderTest } from '../testing/gateway-under-test.js';
import { accountView, ledgerEntry, rejection } from '../testing/samples.js';

describe('reading', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
    gateway.database.accounts.push(accountView());
  });
  afterEach(() => gateway.stop());

  const get = (path: string): Promise<Answer> => gateway.send('GET', path);

  it('GET /v1/accounts/{id} answers the account with every field', async () => {
    expect((await get('/v1/accounts/key_1')).body).toEqual({
      accountId: 'key_1',
      systemId: expect.stringMatching(/^acct_[0-9a-f]{32}$/),
      externalId: null,
      group: null,
      creditType: 'credits',
      scale: 0,
      status: 'active',
      unlimited: false,
      balance: '706',
      held: '0',
      available: '706',
      version: '17',
      floor: '0',
      onInsufficient: 'reject',
      burnOrder: null,
      refill: null,
      metadata: null,
      createdAt: '2026-11-01T00:00:00.000Z',
      updatedAt: '2026-11-20T10:00:00.000Z',
      grants: [],
      holds: [],
    });
  });

  it('amounts are decimal strings at the scale of the credit type; unlimited is null, never 0', async () => {
    gateway.database.accounts.push(
      accountView(
        {
          accountId: 'u',
          creditType: 'tokens',
          unlimited: true,
          balance: 0n,
          held: 5n,
          floor: -1050n,
          onInsufficient: { downTo: -1n },
          refill: { interval: 'monthly', amount: 100n, refillDay: 31, timeZone: 'Asia/Tokyo' },
        },
        2,
      ),
    );
    expect((await get('/v1/accounts/u?creditType=tokens')).body).toMatchObject({
      unlimited: true,
      balance: null,
      available: null,
      held: '0.05',
      floor: '-10.5',
      onInsufficient: { downTo: '-0.01' },
      refill: { interval: 'monthly', amount: '1', refillDay: 31, timeZone: 'Asia/Tokyo' },
    });
  });

  it('a missing account, and one of another tenant (P10), is 404 ACCOUNT_NOT_FOUND', async () => {
    gateway.database.accounts.push(accountView({ tenantId: 'other', accountId: 'theirs' }));
    const [missing, theirs] = [await get('/v1/accounts/nobody'), await get('/v1/accounts/theirs')];
    expect(missing).toMatchObject({ status: 404, body: { code: 'ACCOUNT_NOT_FOUND' } });
    expect(theirs).toMatchObject({ status: 404, body: { code: 'ACCOUNT_NOT_FOUND' } });
    expect({ ...theirs.body, requestId: '', instance: '' }).toEqual({
      ...missing.body,
      requestId: '',
      instance: '',
      detail: missing.body.detail?.replace('nobody', 'theirs'),
    });
  });

  it('?at= answers the balance after the entries up to that time; before opening 404, in the future 400', async () => {
    const at = Date.parse('2026-11-10T00:00:00Z');
    gateway.database.past = {
      at,
      balances: { balance: 12n, held: 2n, available: 10n, unlimited: false },
      version: 3n,
      recordedAt: at - 1_000,
      scale: 0,
    };
    expect((await get('/v1/accounts/key_1?at=2026-11-10T00:00:00Z')).body).toMatchObject({
      accountId: 'key_1',
      balance: '12',
      held: '2',
      available: '10',
      version: '3',
      at: '2026-11-10T00:00:00.000Z',
    });
    gateway.database.past = null;
    expect((await get('/v1/accounts/key_1?at=2026-11-10T00:00:00Z')).body.code).toBe('ACCOUNT_NOT_FOUND');
    expect(await get('/v1/accounts/key_1?at=2999-01-01T00:00:00Z')).toMatchObject({
      status: 400,
      body: { code: 'TIME_IN_FUTURE' },
    });
    expect((await get('/v1/accounts/key_1?at=yesterday')).status).toBe(400);
  });

  it('GET /v1/commands/{id} answers the stored outcome with 200, applied and rejected alike', async () => {
    const entry = ledgerEntry({ commandId: 'job 1/ü' });
    gateway.database.entries.push(
      entry,
      ledgerEntry({
        commandId: 'c-2',
        status: 'rejected',
        code: 'INSUFFICIENT_CREDITS',
        applied: null,
        after: null,
        version: null,
        message: 'rejected as INSUFFICIENT_CREDITS',
      }),
    );
    const applied = await get('/v1/commands/job%201%2F%C3%BC');
    expect(applied.status).toBe(200);
    expect(applied.body).toEqual(outcomeOf(entry));
    expect(await get('/v1/commands/c-2')).toMatchObject({
      status: 200,
      body: { ...rejection('INSUFFICIENT_CREDITS'), commandId: 'c-2' },
    });
  });

  it('a command without an outcome, and one of another tenant, is 404 COMMAND_NOT_RECORDED with Retry-After', async () => {
    gateway.database.entries.push(ledgerEntry({ tenantId: 'other', commandId: 'theirs' }));
    for (const id of ['unknown', 'theirs']) {
      const answer = await get(`/v1/commands/${id}`);
      expect(answer).toMatchObject({ status: 404, body: { code: 'COMMAND_NOT_RECORDED' } });
      expect(answer.headers['retry-after']).toBe('1');
    }
  });

  it('lists have data and nextCursor; limit is 1–250, default 50', async () => {
    const answer = await get('/v1/accounts?prefix=key&creditType=credits&cursor=c');
    expect(answer.body).toMatchObject({ data: [{ accountId: 'key_1' }], nextCursor: 'next' });
    expect(gateway.database.lastAccountList).toMatchObject({
      prefix: 'key',
      creditType: 'credits',
      cursor: 'c',
      limit: 50,
    });
    for (const limit of ['1', '250']) expect((await get(`/v1/accounts?limit=${limit}`)).status).toBe(200);
    for (const limit of ['0', '251', '-1', '1.5', 'x', '']) {
      expect((await get(`/v1/accounts?limit=${limit}`)).status).toBe(400);
    }
  });

  it('a cursor that no list made is 400 INVALID_CURSOR', async () => {
    expect(await get('/v1/accounts?cursor=forged')).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
  });

  it('entries are outcomes with entryId, filtered by from, to, cause, reason, status and commandType', async () => {
    const entry = ledgerEntry();
    gateway.database.entries.push(entry);
    const query = 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00%2B01:00&cause=delta&reason=usage&status=applied';
    const answer = await get(`/v1/accounts/key_1/entries?${query}&commandType=credit.delta&limit=3`);
    expect(answer.body.data).toEqual([{ entryId: entryId('acme', 'c-1'), ...outcomeOf(entry) }]);
    expect(gateway.database.lastEntryList).toEqual({
      from: Date.parse('2026-11-01T00:00:00Z'),
      to: Date.parse('2026-11-30T23:00:00Z'),
      cause: 'delta',
      reason: 'usage',
      status: 'applied',
      commandType: 'credit.delta',
      limit: 3,
      cursor: undefined,
    });
    expect((await get('/v1/accounts/nobody/entries')).body.code).toBe('ACCOUNT_NOT_FOUND');
  });

  it.each([
    'from=x',
    'to=2026-13-01T00:00:00Z',
    'cause=theft',
    'status=pending',
    'commandType=x',
    'reason=a&reason=b',
    'x=1',
    'reason=%00',
  ])('the query %s is 400 and names the parameter', async (query) => {
    const answer = await get(`/v1/accounts/key_1/entries?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: `?${query.split('=')[0]}` }] } });
  });

  it('with Postgres away reads are 503 with Retry-After', async () => {
    await get('/v1/accounts');
    gateway.database.away = true;
    for (const path of ['/v1/accounts', '/v1/accounts/key_1', '/v1/accounts/key_1/entries', '/v1/commands/c-1']) {
      const answer = await get(path);
      expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
      expect(answer.headers['retry-after']).toBe('1');
      expect(answer.text).not.toContain('refused');
    }
  });
});
