import type { PoolClient } from 'pg';

import { type Draft, ledgerFixture } from '../../libs/store/src/testing/ledger-fixture.js';

const fixture = ledgerFixture();

const OBJECTS = 20;
/** 25 KB, of random letters: what compresses well would not be seen. */
const metadata = Object.fromEntries(
  Array.from({ length: 50 }, (_, pair) => [
    `k${pair}`,
    Array.from({ length: 500 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join(''),
  ]),
);

/** Bytes that the worker reads from Postgres while it applies these commands in one chunk. */
async function bytesReadBy(...drafts: readonly Draft[]): Promise<number> {
  const partition = await fixture.partition();
  const clients = new Set<PoolClient>();
  const note = (client: PoolClient): unknown => clients.add(client);
  fixture.pool.on('acquire', note);
  const read = (): number => [...clients].reduce((sum, client) => sum + streamOf(client).bytesRead, 0);
  await partition.send({ type: 'credit.delta', delta: '0' });
  const before = read();
  await partition.send(...drafts);
  fixture.pool.off('acquire', note);
  return read() - before;
}

function streamOf(client: PoolClient): { readonly bytesRead: number } {
  return (client as unknown as { connection: { stream: { readonly bytesRead: number } } }).connection.stream;
}

const account: Draft = { type: 'account.open', initial: '1000' };
const objects = (said: object): readonly Draft[] =>
  Array.from({ length: OBJECTS }, (_, index): readonly Draft[] => [
    { type: 'grant.create', grantId: `g${index}`, amount: '10', ...said },
    { type: 'hold.create', holdId: `h${index}`, amount: '5', ...said },
  ]).flat();

describe('a command reads what is said of grants and holds only where it names the grant', () => {
  it.each<readonly [string, Draft]>([
    ['credit.delta', { type: 'credit.delta', id: 'd', delta: '-60' }],
    ['grant.void', { type: 'grant.void', grantId: 'g3' }],
    ['hold.capture', { type: 'hold.capture', holdId: 'h1', amount: '5' }],
    ['account.reset', { type: 'account.reset', period: 'p', grants: [{ amount: '5' }] }],
  ])('%s', async (_, draft) => {
    const sizes: number[] = [];
    for (const said of [{}, { metadata }]) {
      await fixture.clear();
      await (await fixture.partition()).send(account, ...objects(said));
      sizes.push(await bytesReadBy(draft));
    }
    const [without = 0, withMetadata = 0] = sizes;
    expect(without).toBeGreaterThan(0);
    expect(withMetadata).toBeLessThan(without + 1_000);
  });

  it('and keeps it, however the grant and the account change', async () => {
    const partition = await fixture.partition();
    await partition.send(account, ...objects({ metadata }));
    await partition.send(
      { type: 'credit.delta', id: 'd', delta: '-60' },
      { type: 'hold.release', holdId: 'h0' },
      { type: 'grant.update', grantId: 'g1', priority: 3 },
    );
    await partition.send({ type: 'credit.reverse', reverses: 'd' }, { type: 'grant.void', grantId: 'g2' });
    const [kept] = await fixture.sql(
      `select (select count(*) from grants where metadata::text = $1)::integer as grants,
              (select count(*) from holds where metadata::text = $1)::integer as holds`,
      [JSON.stringify(metadata)],
    );
    expect(kept).toEqual({ grants: OBJECTS, holds: OBJECTS });
  });
});
