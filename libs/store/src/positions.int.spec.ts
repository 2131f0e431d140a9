import { PositionLost } from '@app/messaging';

import { ledgerFixture, TOPIC } from './testing/ledger-fixture.js';

const fixture = ledgerFixture();
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

it('claims make the rows that are missing, with no position and an owner each', async () => {
  const claimed = await fixture.positions.claim(TOPIC, [0, 1, 1]);
  expect([...claimed.keys()].sort()).toEqual([0, 1]);
  for (const { owner, nextOffset } of claimed.values()) {
    expect(nextOffset).toBeNull();
    expect(owner).toMatch(UUID);
  }
  expect(claimed.get(0)?.owner).not.toBe(claimed.get(1)?.owner);
});

it('each claim writes a fresh owner and keeps the position', async () => {
  const partition = await fixture.partition();
  await partition.send({ type: 'account.open' });
  const claimed = (await fixture.positions.claim(TOPIC, [0])).get(0);
  expect(claimed?.nextOffset).toBe(1n);
  expect(claimed?.owner).not.toBe(partition.fence.owner);
});

it('reading claims nothing and tells a missing row by null', async () => {
  const partition = await fixture.partition();
  await partition.send({ type: 'account.open' });
  expect(await fixture.positions.read(TOPIC, [0, 7])).toEqual(
    new Map([
      [0, { nextOffset: 1n }],
      [7, { nextOffset: null }],
    ]),
  );
  await partition.send({ type: 'account.open' });
});

it('reads and claims nothing when no partition is asked for', async () => {
  expect(await fixture.positions.claim(TOPIC, [])).toEqual(new Map());
  expect(await fixture.positions.read(TOPIC, [])).toEqual(new Map());
});

it('keeps positions of topics apart', async () => {
  const partition = await fixture.partition();
  await partition.send({ type: 'account.open' });
  expect((await fixture.positions.claim('other', [0])).get(0)?.nextOffset).toBeNull();
});

it('many claims of the same partitions at once all end, one of them as the owner', async () => {
  const partitions = Array.from({ length: 12 }, (_, i) => i);
  const claims = await Promise.all(
    Array.from({ length: 5 }, (_, i) => fixture.positions.claim(TOPIC, i % 2 ? partitions : [...partitions].reverse())),
  );
  const rows = await fixture.positions.showProgress();
  expect(rows).toHaveLength(partitions.length);
  for (const { partition, owner } of rows) {
    expect(claims.filter((claim) => claim.get(partition)?.owner === owner)).toHaveLength(1);
  }
});

it('an accepted position is taken at once, and its owner loses the fence', async () => {
  const partition = await fixture.partition();
  await partition.send({ type: 'account.open' });
  expect(await fixture.positions.acceptPosition(TOPIC, 0, 500n)).toBe(1n);
  expect((await fixture.positions.read(TOPIC, [0])).get(0)).toEqual({ nextOffset: 500n });
  await expect(partition.send({ type: 'account.open' })).rejects.toThrow(PositionLost);
});

it('a position can be accepted where there is no row yet', async () => {
  expect(await fixture.positions.acceptPosition(TOPIC, 3, 9n)).toBeNull();
  expect(await fixture.positions.showProgress()).toEqual([
    {
      topic: TOPIC,
      partition: 3,
      nextOffset: 9n,
      owner: expect.stringMatching(UUID) as unknown,
      updatedAt: expect.any(Number) as unknown,
    },
  ]);
});
