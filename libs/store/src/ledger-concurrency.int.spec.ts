import { decide } from '@app/domain';
import { PositionLost } from '@app/messaging';

import { accountsModel } from './testing/accounts-model.js';
import { type Draft, entryOf, ledgerFixture, outcomes, type TestPartition } from './testing/ledger-fixture.js';

const fixture = ledgerFixture();

const ACCOUNTS = ['a', 'b', 'c', 'd', 'e'];
const ROUNDS = 12;
const PER_CHUNK = 40;

/** A repeatable stream of numbers below n. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

function randomDrafts(roll: (n: number) => number, tag: string): Draft[] {
  return Array.from({ length: PER_CHUNK }, (_, i): Draft => {
    const common = { accountId: ACCOUNTS[roll(ACCOUNTS.length)] ?? 'a', id: `${tag}-${i}` };
    switch (roll(10)) {
      case 0:
        return { ...common, type: 'account.open', initial: '50' };
      case 1:
        return { ...common, type: 'credit.set', value: roll(4) === 0 ? null : String(roll(100)) };
      case 2:
        return { ...common, type: 'account.configure', externalId: `ext-${roll(3)}` };
      default:
        return {
          ...common,
          type: 'credit.delta',
          delta: String(roll(60) - 40),
          onInsufficient: roll(3) ? 'reject' : 'clamp',
        };
    }
  });
}

describe('two workers with the same accounts on different partitions', () => {
  it('end like the serial model, every outcome and rejection included', async () => {
    const partitions = [await fixture.partition(0), await fixture.partition(1), await fixture.partition(2)];
    const logged = partitions.map(() => [] as ReturnType<TestPartition['append']>[]);
    await Promise.all(
      partitions.map(async (partition, p) => {
        const roll = dice(p + 1);
        for (let round = 0; round < ROUNDS; round++) {
          const commands = partition.append(...randomDrafts(roll, `${p}-${round}`));
          logged[p]?.push(commands);
          const results = await partition.apply(commands);
          expect(results.map(({ kind }) => kind)).toEqual(commands.map(() => 'decided'));
        }
      }),
    );
    const all = logged.flat(2).map(({ command }) => command);
    expect(all).toHaveLength(partitions.length * ROUNDS * PER_CHUNK);
    await accountsModel(fixture.dataSource, all).check(decide);
  });

  it('give one command id one effect, whoever comes first', async () => {
    const partitions = [await fixture.partition(0), await fixture.partition(1), await fixture.partition(2)];
    await partitions[0]?.send(
      ...ACCOUNTS.map((accountId): Draft => ({ type: 'account.open', accountId, initial: '1000' })),
    );
    for (let round = 0; round < ROUNDS; round++) {
      const drafts = ACCOUNTS.map((accountId): Draft => ({
        type: 'credit.delta',
        id: `${round}-${accountId}`,
        accountId,
        delta: '-1',
      }));
      const kinds = await Promise.all(
        partitions.map(async (partition, p) => {
          // Every partition in another order.
          const rotated = [...drafts.slice(p), ...drafts.slice(0, p)];
          return (await partition.send(...rotated)).map(({ kind }) => kind);
        }),
      );
      expect(kinds.flat().filter((kind) => kind === 'decided')).toHaveLength(ACCOUNTS.length);
      expect(kinds.flat().filter((kind) => kind === 'duplicate')).toHaveLength(2 * ACCOUNTS.length);
    }
    expect(await fixture.sql('select distinct balance, version from accounts')).toEqual([
      { balance: String(1000 - ROUNDS), version: String(1 + ROUNDS) },
    ]);
  });

  it('never base a rejection on stale state: in turn on two partitions, each sees what the other did', async () => {
    const one = await fixture.partition(0);
    const other = await fixture.partition(1);
    await one.send({ type: 'account.open' });
    for (let round = 0; round < ROUNDS; round++) {
      expect(outcomes(await other.send({ type: 'credit.delta', delta: '-1' }))).toEqual([
        'decided INSUFFICIENT_CREDITS',
      ]);
      expect(outcomes(await one.send({ type: 'credit.delta', delta: '1' }))).toEqual(['decided APPLIED']);
      const [taken] = await other.send({ type: 'credit.delta', delta: '-1' });
      expect(entryOf(taken)).toMatchObject({ code: 'APPLIED', version: BigInt(2 * round + 3) });
    }
  });
});

describe('two workers that both believe to own a partition', () => {
  it('apply each record once: the one without the row’s owner applies nothing', async () => {
    const frozen = await fixture.partition(0);
    await frozen.send({ type: 'account.open', initial: '100' });
    const records = frozen.append(...Array.from({ length: 20 }, (): Draft => ({ type: 'credit.delta', delta: '-1' })));
    const successor = await fixture.partition(0);
    const [late, taken] = await Promise.allSettled([
      frozen.apply(records),
      fixture.ledger().apply({ ...frozen.chunk(records), fence: successor.fence }),
    ]);
    expect(late).toMatchObject({ status: 'rejected', reason: expect.any(PositionLost) as unknown });
    expect(taken.status).toBe('fulfilled');
    expect(await fixture.account()).toMatchObject({ balance: 80n, version: 21n });
  });
});
