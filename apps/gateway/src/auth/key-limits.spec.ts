import { GatewayUnderTest } from '../testing/gateway-under-test.js';
import { accountView, ledgerEntry } from '../testing/samples.js';

describe('a key limited to an account prefix', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await GatewayUnderTest.start();
    gateway.database.addKey('cb_prefix', { accountPrefix: 'key_' });
    gateway.database.accounts.push(accountView(), accountView({ accountId: 'user_7', externalId: 'crm-7' }));
    gateway.database.entries.push(ledgerEntry(), ledgerEntry({ commandId: 'c-2', accountId: 'user_7' }));
  });
  afterAll(() => gateway.stop());

  const key = 'cb_prefix';
  const body = { delta: '-1' };

  it('writes to accounts whose id begins with it and to no others', async () => {
    expect((await gateway.send('POST', '/v1/accounts/key_9/deltas', { key, body })).status).toBe(202);
    for (const name of ['user_7', 'ext:crm-7', gateway.database.accounts[1]?.systemId]) {
      const refused = await gateway.send('POST', `/v1/accounts/${name}/deltas`, { key, body });
      expect(refused).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    }
    const command = { type: 'credit.delta', accountId: 'user_7', delta: 1 };
    expect((await gateway.send('POST', '/v1/commands', { key, body: command })).status).toBe(403);
  });

  it('reads only those, their outcomes too', async () => {
    expect((await gateway.send('GET', '/v1/accounts/key_1', { key })).status).toBe(200);
    expect((await gateway.send('GET', '/v1/accounts/user_7', { key })).status).toBe(403);
    expect((await gateway.send('GET', '/v1/accounts/user_7/entries', { key })).status).toBe(403);
    expect((await gateway.send('GET', '/v1/commands/c-1', { key })).status).toBe(200);
    expect((await gateway.send('GET', '/v1/commands/c-2', { key })).status).toBe(404);
  });

  it('lists only those', async () => {
    await gateway.send('GET', '/v1/accounts?prefix=k', { key });
    expect(gateway.database.lastAccountList).toMatchObject({ prefix: 'k', keyPrefix: 'key_' });
  });
});

describe('a key limited to a group', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await GatewayUnderTest.start();
    gateway.database.addKey('cb_group', { group: 'api_1' });
    gateway.database.accounts.push(accountView({ accountId: 'in', group: 'api_1' }), accountView({ accountId: 'out' }));
    gateway.database.entries.push(
      ledgerEntry({ accountId: 'in' }),
      ledgerEntry({ accountId: 'out', commandId: 'c-2' }),
    );
  });
  afterAll(() => gateway.stop());

  const key = 'cb_group';
  const status = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<number> =>
    (await gateway.send(method, path, { key, ...(body && { body }) })).status;

  it('writes to accounts of the group; one that is not there yet is 404 and nothing is published', async () => {
    expect(await status('POST', '/v1/accounts/in/deltas', { delta: 1 })).toBe(202);
    expect(await status('POST', '/v1/accounts/out/deltas', { delta: 1 })).toBe(403);
    expect(await status('POST', '/v1/accounts/new/deltas', { delta: 1 })).toBe(404);
    expect(gateway.log.records).toHaveLength(1);
  });

  it('opens accounts in the group only, and moves none out of it', async () => {
    expect(await status('POST', '/v1/accounts', { accountId: 'a', group: 'api_1' })).toBe(202);
    expect(await status('POST', '/v1/accounts', { accountId: 'a', group: 'api_2' })).toBe(403);
    expect(await status('POST', '/v1/accounts', { accountId: 'a' })).toBe(403);
    expect(await status('PATCH', '/v1/accounts/in', { status: 'frozen' })).toBe(202);
    expect(await status('PATCH', '/v1/accounts/in', { group: null })).toBe(403);
    expect(await status('PATCH', '/v1/accounts/in', { group: 'api_2' })).toBe(403);
  });

  it('reads and lists only those', async () => {
    expect(await status('GET', '/v1/accounts/in')).toBe(200);
    expect(await status('GET', '/v1/accounts/out')).toBe(403);
    expect(await status('GET', '/v1/commands/c-1')).toBe(200);
    expect(await status('GET', '/v1/commands/c-2')).toBe(404);
    await status('GET', '/v1/accounts');
    expect(gateway.database.lastAccountList).toMatchObject({ group: 'api_1' });
  });

  it('with Postgres away its writes are 503 with the id, since nobody can tell the group', async () => {
    gateway.database.away = true;
    const answer = await gateway.send('POST', '/v1/accounts/in/deltas', { key, body: { delta: 1 } });
    gateway.database.away = false;
    expect(answer).toMatchObject({ status: 503, body: { commandId: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
  });
});
