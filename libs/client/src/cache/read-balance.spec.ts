import { outcome, FakeGateway, problem } from '../testing/fake-gateway.js';
import { balanceOf } from '../testing/cache-world.js';
import { BalanceCache } from './balance-cache.js';
import { readBalancesOf } from './read-balance.js';

describe('balances read from the gateway', () => {
  const ACCOUNT = { status: 200, body: { ...balanceOf('key_1', 3), systemId: 'acct_1', grants: [], holds: [] } };
  const ENTRIES = { status: 200, body: { data: [outcome('applied', 'APPLIED')], nextCursor: null } };
  let gateway: FakeGateway;
  const cacheOf = (tenantId: string): BalanceCache => {
    const cache = new BalanceCache({ tenantId, read: readBalancesOf(gateway.client()), maxAgeMs: 0 });
    cache.online();
    return cache;
  };

  beforeEach(() => {
    gateway = new FakeGateway().answers(ACCOUNT, ENTRIES, ACCOUNT);
  });

  it('are nothing but balances, and cost one look at the ledger for all of them', async () => {
    const cache = cacheOf('acme');
    expect(await cache.get('key_1')).toEqual(balanceOf('key_1', 3));
    expect(await cache.get('key_1')).toEqual(balanceOf('key_1', 3));
    expect(gateway.requests.map(({ path }) => path.split('/').at(-1))).toEqual(['key_1', 'entries', 'key_1']);
    expect(gateway.requests[1]?.query).toEqual({ creditType: 'credits', limit: '1' });
  });

  it("are refused by a cache of another tenant than the API key's, which would hear of no change", async () => {
    const cache = cacheOf('globex');
    await expect(cache.get('key_1')).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      message: expect.stringContaining('of tenant acme, the cache of globex'),
    });
    expect(cache.size).toBe(0);
  });

  it('of an account that is not there are the answer of the gateway', async () => {
    gateway.answers(problem(404, 'ACCOUNT_NOT_FOUND'));
    await expect(cacheOf('acme').get('key_1')).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND', status: 404 });
    expect(gateway.requests).toHaveLength(1);
  });
});
