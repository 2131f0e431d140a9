import { accountKey, systemIdOf } from '@app/contracts';

import { ACCOUNT, ledgerFixture, START, TENANT } from '../testing/ledger-fixture.js';
import { AccountReader } from './account-reader.js';
import { InvalidCursor, InvalidLimit } from './page.js';
import { type AccountListQuery, TimeInFuture } from './shapes.js';

const fixture = ledgerFixture();
const reader = () => new AccountReader(fixture.dataSource);

describe('find', () => {
  beforeEach(async () => {
    await fixture.sql(`insert into credit_types (tenant_id, credit_type, scale) values ('acme', 'usd', 2)`);
    const partition = await fixture.partition();
    await partition.send(
      { type: 'account.open', initial: '5', externalId: 'ext' },
      { type: 'account.open', initial: '5', externalId: 'ext', creditType: 'usd' },
    );
  });

  it('finds an account by id, external id and system id', async () => {
    const usd = { accountId: ACCOUNT, creditType: 'usd' };
    const systemId = systemIdOf(accountKey(TENANT, ACCOUNT, 'usd'));
    for (const address of [usd, { externalId: 'ext', creditType: 'usd' }, { systemId }]) {
      expect(await reader().find(TENANT, address)).toMatchObject({
        account: { accountId: ACCOUNT, creditType: 'usd', balance: 500n },
        systemId,
        scale: 2,
        available: 500n,
      });
    }
  });

  it.each([
    { accountId: 'other', creditType: 'credits' },
    { accountId: ACCOUNT, creditType: 'none' },
    { externalId: 'other', creditType: 'credits' },
    { externalId: ACCOUNT, creditType: 'credits' },
    { systemId: 'acct_00000000000000000000000000000000' },
    { systemId: 'nonsense' },
  ])('answers null for %j', async (address) => {
    expect(await reader().find(TENANT, address)).toBeNull();
  });

  it('answers another tenant’s account like a missing one, by every address', async () => {
    const systemId = systemIdOf(accountKey(TENANT, ACCOUNT, 'credits'));
    for (const address of [
      { accountId: ACCOUNT, creditType: 'credits' },
      { externalId: 'ext', creditType: 'credits' },
      { systemId },
    ]) {
      expect(await reader().find('globex', address)).toBeNull();
    }
  });
});

describe('list', () => {
  beforeEach(async () => {
    await fixture.sql(`insert into credit_types (tenant_id, credit_type, scale) values ('acme', 'usd', 2)`);
    const partition = await fixture.partition();
    await partition.send(
      ...['b', 'a', 'B', 'a_1', 'a%2', 'axx', 'é'].map((accountId) => ({ type: 'account.open' as const, accountId })),
      { type: 'account.open', accountId: 'a', creditType: 'usd', group: 'g' },
      { type: 'account.open', accountId: 'foreign', tenantId: 'globex' },
    );
  });

  async function ids(query: Partial<AccountListQuery> = {}, tenantId = TENANT): Promise<string[]> {
    const found: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await reader().list(tenantId, { limit: 2, ...query, cursor: cursor ?? undefined });
      expect(page.items.length).toBeLessThanOrEqual(query.limit ?? 2);
      found.push(...page.items.map(({ account }) => `${account.accountId}/${account.creditType}`));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  }

  it('goes through all accounts of the tenant page by page, in byte order', async () => {
    const all = [
      'B/credits',
      'a/credits',
      'a/usd',
      'a%2/credits',
      'a_1/credits',
      'axx/credits',
      'b/credits',
      'é/credits',
    ];
    for (const limit of [1, 2, 3, 8, 250]) expect(await ids({ limit })).toEqual(all);
    expect(await ids({}, 'globex')).toEqual(['foreign/credits']);
  });

  it('filters by prefix as it is written, by credit type and by group', async () => {
    expect(await ids({ prefix: 'a_' })).toEqual(['a_1/credits']);
    expect(await ids({ prefix: 'a%' })).toEqual(['a%2/credits']);
    expect(await ids({ prefix: 'a\\' })).toEqual([]);
    expect(await ids({ prefix: 'a', creditType: 'credits' })).toEqual([
      'a/credits',
      'a%2/credits',
      'a_1/credits',
      'axx/credits',
    ]);
    expect(await ids({ group: 'g' })).toEqual(['a/usd']);
    expect(await ids({ prefix: 'a', keyPrefix: 'ax' })).toEqual(['axx/credits']);
    expect(await ids({ prefix: 'b', keyPrefix: 'a' })).toEqual([]);
  });

  it('refuses cursors of other lists and limits outside 1 to 250', async () => {
    await expect(reader().list(TENANT, { limit: 1, cursor: 'nonsense' })).rejects.toThrow(InvalidCursor);
    await expect(reader().list(TENANT, { limit: 251 })).rejects.toThrow(InvalidLimit);
  });
});

describe('balanceAt', () => {
  const account = { accountId: ACCOUNT, creditType: 'credits' };

  it('tells the balances after the last entry recorded at or before a time', async () => {
    const partition = await fixture.partition();
    await partition.at(START).send({ type: 'account.open', initial: '100' });
    await partition
      .at(START + 1_000)
      .send({ type: 'credit.delta', delta: '-1' }, { type: 'credit.delta', delta: '-10' });
    await partition.at(START + 2_000).send({ type: 'credit.delta', delta: '-500' });
    await partition.at(START + 3_000).send({ type: 'credit.set', value: null });
    await fixture.sql(`update accounts set updated_at = now() + interval '2 years'`);
    const at = async (offset: number) => reader().balanceAt(TENANT, account, START + offset);
    expect(await at(-1)).toBeNull();
    expect(await at(0)).toMatchObject({ version: 1n, balances: { balance: 100n, available: 100n, unlimited: false } });
    expect(await at(999)).toMatchObject({ version: 1n });
    expect(await at(1_000)).toMatchObject({ version: 2n, balances: { balance: 99n } });
    expect(await at(1_001)).toMatchObject({ version: 3n, balances: { balance: 89n }, recordedAt: START + 1_001 });
    expect(await at(2_500)).toMatchObject({ version: 3n });
    expect(await at(3_000)).toMatchObject({ version: 4n, balances: { unlimited: true } });
    expect(await at(60_000)).toMatchObject({ version: 4n, at: START + 60_000, scale: 0 });
  });

  it('agrees with the ledger at every time of a long history', async () => {
    const partition = await fixture.partition();
    await partition.send({ type: 'account.open' });
    for (let i = 0; i < 8; i++) {
      // Some entries share their time.
      const commands = partition
        .append(...Array.from({ length: 13 }, () => ({ type: 'credit.delta' as const, delta: '1' })))
        .map((logged, n) => ({ ...logged, appendedAt: START + i * 10 + Math.floor(n / 3) }));
      await partition.apply(commands);
    }
    await fixture.sql(`update accounts set updated_at = now() + interval '2 years'`);
    const entries = await fixture.sql<{ version: string; at: Date }>(
      'select version, recorded_at as at from ledger_entries order by version',
    );
    for (let time = START; time < START + 100; time++) {
      const last = entries.filter(({ at }) => at.getTime() <= time).at(-1);
      expect((await reader().balanceAt(TENANT, account, time))?.version).toBe(BigInt(last?.version ?? 0));
    }
  });

  it('refuses a time that has not come yet, and knows no balance of a missing account', async () => {
    const partition = await fixture.partition();
    await partition.at(START).send({ type: 'account.open' });
    const future = Math.max(Date.now(), START) + 3_600_000;
    await expect(reader().balanceAt(TENANT, account, future)).rejects.toThrow(TimeInFuture);
    expect(await reader().balanceAt('globex', account, START)).toBeNull();
  });

  it('takes the account’s last entry for the time of reading when Postgres’ clock is behind it', async () => {
    const partition = await fixture.partition();
    const ahead = Date.now() + 3_600_000;
    await partition.at(ahead).send({ type: 'account.open', initial: '1' });
    expect(await reader().balanceAt(TENANT, account, ahead)).toMatchObject({ version: 1n });
    await expect(reader().balanceAt(TENANT, account, ahead + 1)).rejects.toThrow(TimeInFuture);
  });
});
