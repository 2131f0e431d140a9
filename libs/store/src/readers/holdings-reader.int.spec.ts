import type { Cause, Grant } from '@app/domain';

import { ledgerFixture, START, TENANT } from '../testing/ledger-fixture.js';
import { COUNT_MOVEMENTS, MOVEMENTS } from '../sql/movements.js';
import { AccountReader } from './account-reader.js';
import { GrantReader } from './grant-reader.js';
import { HoldReader } from './hold-reader.js';
import { HoldingsReader, type NumberedGrants } from './holdings-reader.js';

const fixture = ledgerFixture();
const holdings = (): HoldingsReader => new HoldingsReader(fixture.dataSource);
const HOUR = 3_600_000;

const coins = { accountId: 'company', creditType: 'credits' };
const gold = { accountId: 'company', creditType: 'gold' };
const both = [coins, gold];

/** 3 grants of a company, two credit types of different scales. */
async function company() {
  const partition = await fixture.partition();
  await partition.send(
    { type: 'credit-type.put', accountId: '', creditType: 'gold', scale: 2 },
    { type: 'account.open', ...coins },
    { type: 'account.open', ...gold },
    { type: 'account.open', accountId: 'other' },
    { type: 'grant.create', ...coins, grantId: 'g1', amount: '10', expiresAt: START + 2 * HOUR },
    { type: 'grant.create', ...gold, grantId: 'g2', amount: '2.5' },
    { type: 'grant.create', ...coins, grantId: 'g3', amount: '7', expiresAt: START + HOUR },
    { type: 'grant.create', accountId: 'other', grantId: 'g4', amount: '100' },
  );
  return partition;
}

async function grantsNamed(...ids: readonly string[]): Promise<Grant[]> {
  const views = await Promise.all(ids.map((id) => new GrantReader(fixture.dataSource).find(TENANT, id)));
  return views.flatMap((view) => view?.grant ?? []);
}

describe('grants of several accounts', () => {
  const ids = async (query: Partial<NumberedGrants> = {}): Promise<string[]> => {
    const whole = { order: 'createdAt', direction: 'DESC', limit: 9, offset: 0, ...query } as const;
    return (await holdings().grants(TENANT, both, whole)).map(({ grant }) => grant.grantId);
  };

  it('are listed by time, expiry or amount across scales, in either direction', async () => {
    const partition = await company();
    await partition.send({ type: 'credit.delta', ...coins, delta: '-6' });
    expect(await ids()).toEqual(['g3', 'g2', 'g1']);
    expect(await ids({ direction: 'ASC' })).toEqual(['g1', 'g2', 'g3']);
    expect(await ids({ order: 'expiresAt', direction: 'ASC' })).toEqual(['g3', 'g1', 'g2']);
    expect(await ids({ order: 'expiresAt' })).toEqual(['g1', 'g3', 'g2']);
    expect(await ids({ order: 'amount' })).toEqual(['g1', 'g3', 'g2']);
    expect(await ids({ order: 'remaining' })).toEqual(['g1', 'g2', 'g3']);
    await partition.send({ type: 'hold.create', ...coins, holdId: 'h1', amount: '9' });
    expect(await ids({ order: 'remaining' })).toEqual(['g2', 'g1', 'g3']);
  });

  it('are cut by limit and offset, and counted whole', async () => {
    await company();
    expect(await ids({ limit: 2 })).toEqual(['g3', 'g2']);
    expect(await ids({ limit: 2, offset: 2 })).toEqual(['g1']);
    expect(await ids({ limit: 0 })).toEqual([]);
    expect(await holdings().countGrants(TENANT, both)).toBe(3);
    expect(await holdings().countGrants(TENANT, [])).toBe(0);
  });

  it('are of the tenant, and whole in every order', async () => {
    await company();
    const query = { order: 'createdAt', direction: 'ASC', limit: 9, offset: 0 } as const;
    expect(await holdings().grants('globex', both, query)).toEqual([]);
    expect(await holdings().grants(TENANT, [], query)).toEqual([]);
    for (const order of ['createdAt', 'expiresAt', 'amount', 'remaining'] as const) {
      const grants = await holdings().grants(TENANT, both, { ...query, order });
      expect(grants).toHaveLength(3);
      for (const { grant, scale } of grants) {
        expect({ grant, scale }).toEqual(await new GrantReader(fixture.dataSource).find(TENANT, grant.grantId));
      }
    }
  });
});

describe('the ends of grants', () => {
  it('are the entries that voided or expired them, also when holds gave back to them later', async () => {
    const partition = await company();
    await partition.send(
      { type: 'hold.create', ...coins, holdId: 'h1', amount: '4' },
      { type: 'grant.void', ...coins, id: 'v1', grantId: 'g1', reason: 'manual' },
      { type: 'grant.void', ...coins, id: 'v2', grantId: 'g1' },
      { type: 'credit.delta', ...coins, delta: '-1' },
      { type: 'hold.release', ...coins, holdId: 'h1' },
      { type: 'hold.create', ...coins, holdId: 'h2', amount: '1' },
    );
    partition.at(START + HOUR + 1);
    const due = { type: 'grant.expire', ...coins, grantId: 'g3', expiresAt: START + HOUR } as const;
    await partition.send({ ...due, id: '~e3' });
    const grants = await grantsNamed('g1', 'g2', 'g3');
    expect(grants.map(({ status }) => status)).toEqual(['voided', 'open', 'expired']);
    const ends = await holdings().ends(TENANT, grants);
    expect([...ends].map(([grantId, { commandId }]) => [grantId, commandId]).sort()).toEqual([
      ['g1', 'v1'],
      ['g3', '~e3'],
    ]);
    expect(ends.get('g1')).toMatchObject({ reason: 'manual', cause: 'void' });
    expect(await holdings().ends('globex', grants)).toEqual(new Map());
    expect(await holdings().ends(TENANT, [])).toEqual(new Map());
  });

  it('of the grants that a reset ended, also of several, is the reset', async () => {
    const partition = await company();
    await partition.send(
      { type: 'grant.create', ...coins, id: 'c4', grantId: 'p1', amount: '10', kind: 'plan' },
      { type: 'grant.create', ...coins, id: 'c5', grantId: 'p2', amount: '5', kind: 'plan' },
      { type: 'account.reset', ...coins, id: 'r1', period: '2', grants: [{ grantId: 'p3', amount: '20' }] },
    );
    const grants = await grantsNamed('p1', 'p2', 'p3');
    expect(grants.map(({ status }) => status)).toEqual(['expired', 'expired', 'open']);
    const ends = await holdings().ends(TENANT, grants);
    expect([...ends].map(([grantId, { commandId }]) => [grantId, commandId]).sort()).toEqual([
      ['p1', 'r1'],
      ['p2', 'r1'],
    ]);
  });
});

describe('movements of several accounts', () => {
  const causes: Cause[] = ['grant', 'delta', 'hold', 'configure', 'void'];

  it('are the entries that moved credits, newest first', async () => {
    const partition = await company();
    await partition.send(
      { type: 'credit.delta', ...gold, id: 'd1', delta: '-0.5' },
      { type: 'account.configure', ...coins, id: 'still', floor: '0' },
      { type: 'hold.create', ...coins, id: 'h1', amount: '3' },
      { type: 'credit.delta', accountId: 'other', id: 'd2', delta: '-1' },
      { type: 'grant.void', ...coins, id: 'v1', grantId: 'g3' },
      { type: 'grant.void', ...coins, id: 'v2', grantId: 'g3' },
      { type: 'credit.delta', ...coins, id: 'refused', delta: '-1000' },
    );
    const found = await holdings().movements(TENANT, both, { causes, limit: 3, offset: 0 });
    expect(found.map(({ commandId }) => commandId)).toEqual(['v1', 'h1', 'd1']);
    expect(found[2]).toMatchObject({ ...gold, scale: 2, applied: -50n });
    const rest = await holdings().movements(TENANT, both, { causes, limit: 9, offset: 3 });
    expect(rest.map(({ grantId }) => grantId)).toEqual(['g3', 'g2', 'g1']);
    expect(await holdings().countMovements(TENANT, both, { causes })).toBe(6);
    expect(await holdings().countMovements(TENANT, both, { causes: ['void'] })).toBe(1);
    expect(await holdings().movements(TENANT, both, { causes: ['void'], limit: 0, offset: 0 })).toEqual([]);
  });

  it('are bounded in time, from the first instant to before the last', async () => {
    const partition = await company();
    partition.at(START + HOUR);
    await partition.send(
      { type: 'credit.delta', ...coins, id: 'd1', delta: '-1' },
      { type: 'credit.delta', ...gold, id: 'd2', delta: '-1' },
      { type: 'credit.delta', ...coins, id: 'd3', delta: '-1' },
    );
    const between = { causes, from: START + HOUR, to: START + HOUR + 2 };
    const found = await holdings().movements(TENANT, both, { ...between, limit: 9, offset: 0 });
    expect(found.map(({ commandId }) => commandId)).toEqual(['d2', 'd1']);
    expect(await holdings().countMovements(TENANT, both, between)).toBe(2);
    expect(await holdings().countMovements(TENANT, both, { causes, to: START })).toBe(0);
  });

  it('are of the tenant, and of accounts that are there', async () => {
    await company();
    const query = { causes, limit: 9, offset: 0 };
    expect(await holdings().movements('globex', both, query)).toEqual([]);
    expect(await holdings().movements(TENANT, [{ accountId: 'nobody', creditType: 'gold' }], query)).toEqual([]);
    expect(await holdings().countMovements('globex', both, { causes })).toBe(0);
  });
});

it('movements are found by the versions of their accounts', async () => {
  for (const [statement, more] of [
    [MOVEMENTS, ', 10, 0'],
    [COUNT_MOVEMENTS, ''],
  ] as const) {
    const nobody = `'acme', array[gen_random_uuid()], array[1::bigint], array[9::bigint], array['delta']::entry_cause[]`;
    const lines = await fixture.dataSource.transaction(async (manager) => {
      // Tables of tests are so small that reading them whole would be cheaper.
      await manager.query('set local enable_seqscan = off');
      await manager.query(`prepare found as ${statement}`);
      const explained = await manager.query<object[]>(`explain execute found (${nobody}${more})`);
      await manager.query('deallocate found');
      return explained;
    });
    const plan = lines.flatMap((line) => Object.values(line)).join('\n');
    expect(plan).toContain('ledger_by_version');
    expect(plan).toMatch(/Index Cond: \(\(tenant_id = .*\) AND \(account_key = .*\) AND \(version >= /);
  }
});

it('accounts of one id are listed without others that begin with it', async () => {
  const partition = await company();
  await partition.send({ type: 'account.open', accountId: 'company_2' });
  const { items } = await new AccountReader(fixture.dataSource).list(TENANT, { accountId: 'company', limit: 9 });
  expect(items.map(({ account }) => account.creditType)).toEqual(['credits', 'gold']);
});

it('the newest lease of an account is that of its holds whose id says so', async () => {
  const partition = await company();
  const leases = new HoldReader(fixture.dataSource);
  expect(await leases.newestLease(TENANT, coins)).toBeNull();
  await partition.send(
    { type: 'hold.create', ...coins, holdId: 'lease_b', amount: '1' },
    { type: 'hold.create', ...coins, holdId: 'lease_a', amount: '1' },
    { type: 'hold.create', ...coins, holdId: 'leaseXc', amount: '1' },
    { type: 'hold.create', ...coins, holdId: 'h4', amount: '1' },
  );
  expect(await leases.newestLease(TENANT, coins)).toMatchObject({ holdId: 'lease_a' });
});
