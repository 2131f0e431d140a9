import { GatewayUnderTest } from '../testing/gateway-under-test.js';
import { accountView } from '../testing/samples.js';

describe('addressing accounts', () => {
  let gateway: GatewayUnderTest;
  const tokens = accountView({ accountId: 'a/b', creditType: 'tokens', externalId: 'crm 7' }, 2);
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
    gateway.database.accounts.push(accountView(), tokens);
  });
  afterEach(() => gateway.stop());

  const body = { delta: '1' };

  it('by account id, URL-encoded, any character included', async () => {
    expect((await gateway.send('GET', '/v1/accounts/a%2Fb?creditType=tokens')).body.accountId).toBe('a/b');
    await gateway.send('POST', '/v1/accounts/%C3%BC%20%F0%9F%99%82/deltas', { body });
    expect(gateway.log.commands[0]).toMatchObject({ accountId: 'ü 🙂' });
    const longest = encodeURIComponent('🙂'.repeat(255));
    expect((await gateway.send('POST', `/v1/accounts/${longest}/deltas`, { body })).status).toBe(202);
  });

  it('by external id as ext:<externalId>: looked up before anything is published', async () => {
    await gateway.send('POST', '/v1/accounts/ext:crm%207/deltas?creditType=tokens', { body });
    expect(gateway.log.commands).toMatchObject([{ accountId: 'a/b', creditType: 'tokens' }]);
    const unknown = await gateway.send('POST', '/v1/accounts/ext:nobody/deltas', { body });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'ACCOUNT_NOT_FOUND' } });
    expect(gateway.log.records).toHaveLength(1);
  });

  it('by system id, which brings its credit type', async () => {
    expect((await gateway.send('GET', `/v1/accounts/${tokens.systemId}`)).body).toMatchObject({ accountId: 'a/b' });
    await gateway.send('POST', `/v1/accounts/${tokens.systemId}/deltas`, { body });
    expect(gateway.log.commands).toMatchObject([{ accountId: 'a/b', creditType: 'tokens' }]);
    const other = await gateway.send('GET', `/v1/accounts/${tokens.systemId}?creditType=credits`);
    expect(other.status).toBe(400);
  });

  it('an account id that looks like a system id is found when no account has that system id', async () => {
    const accountId = `acct_${'0'.repeat(32)}`;
    gateway.database.accounts.push(accountView({ accountId }));
    expect((await gateway.send('GET', `/v1/accounts/${accountId}`)).body).toMatchObject({ accountId });
  });

  it('creditType is taken from query or body, default credits; both and different: 400', async () => {
    await gateway.send('POST', '/v1/accounts/a/deltas', { body });
    await gateway.send('POST', '/v1/accounts/a/deltas?creditType=tokens', { body });
    await gateway.send('POST', '/v1/accounts/a/deltas', { body: { ...body, creditType: 'tokens' } });
    await gateway.send('POST', '/v1/accounts?creditType=tokens', { body: { accountId: 'a', creditType: 'tokens' } });
    await gateway.send('POST', '/v1/commands?creditType=tokens', {
      body: { ...body, type: 'credit.delta', accountId: 'a' },
    });
    expect(gateway.log.commands.map(({ creditType }) => creditType ?? 'credits')).toEqual([
      'credits',
      'tokens',
      'tokens',
      'tokens',
      'tokens',
    ]);
    const both = await gateway.send('POST', '/v1/accounts/a/deltas?creditType=tokens', {
      body: { ...body, creditType: 'x' },
    });
    expect(both).toMatchObject({ status: 400, body: { errors: [{ pointer: '/creditType' }] } });
    expect((await gateway.send('GET', '/v1/accounts/a?creditType=a%20b')).status).toBe(400);
  });

  it('an accountId in the body that differs from the path is 400', async () => {
    const answer = await gateway.send('POST', '/v1/accounts/a/deltas', { body: { ...body, accountId: 'b' } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/accountId' }] } });
  });

  it.each([['ext:'], ['%00'], ['x'.repeat(256)]])('a name that no account can have is 400', async (name) => {
    expect((await gateway.send('GET', `/v1/accounts/${name}`)).status).toBe(400);
  });

  it('a path that is not correctly encoded is 400', async () => {
    expect(await gateway.send('GET', '/v1/accounts/%FF')).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    });
  });

  it('with Postgres away, a look-up is 503 with the id', async () => {
    await gateway.send('GET', '/v1/accounts');
    gateway.database.away = true;
    const answer = await gateway.send('POST', '/v1/accounts/ext:x/deltas', { body: { ...body, id: 'c-9' } });
    expect(answer).toMatchObject({ status: 503, body: { commandId: 'c-9' } });
  });
});
