import type { CommandResult } from './ports.js';
import { HoldReader } from './readers/hold-reader.js';
import { type Draft, ledgerFixture, outcomes, START, TENANT, type TestPartition } from './testing/ledger-fixture.js';

/*
 * The same account on several partitions at once (wrong keys, or several topics): the locks, not the partitions, keep
 * decisions apart.
 */

const fixture = ledgerFixture();
const PARTITIONS = 5;

async function partitions(): Promise<TestPartition[]> {
  const claimed: TestPartition[] = [];
  for (let index = 0; index < PARTITIONS; index++) claimed.push(await fixture.partition(index));
  return claimed;
}

/** Sends the drafts from all partitions at once, each draft in a chunk of its own; all results. */
async function race(all: readonly TestPartition[], drafts: readonly Draft[]): Promise<CommandResult[]> {
  const results = await Promise.all(
    all.map(async (partition, p) => {
      const own: CommandResult[] = [];
      for (let index = p; index < drafts.length; index += all.length) {
        const draft = drafts[index];
        if (draft !== undefined) own.push(...(await partition.send(draft)));
      }
      return own;
    }),
  );
  return results.flat();
}

function counts(results: readonly CommandResult[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const outcome of outcomes(results)) counted[outcome] = (counted[outcome] ?? 0) + 1;
  return counted;
}

const takes = (onInsufficient: 'reject' | 'clamp') =>
  Array.from({ length: 100 }, (): Draft => ({ type: 'credit.delta', delta: '-1', onInsufficient }));

describe('many at once on one account', () => {
  it('100 times −1 on 50: exactly 50 are applied, 50 rejected', async () => {
    const all = await partitions();
    await all[0]?.send({ type: 'account.open', initial: '20' }, { type: 'grant.create', amount: '30' });
    const results = await race(all, takes('reject'));
    expect(counts(results)).toEqual({ 'decided APPLIED': 50, 'decided INSUFFICIENT_CREDITS': 50 });
    expect(await fixture.account()).toMatchObject({ balance: 0n, base: 0n, grants: [], version: 52n });
  });

  it('100 times −1 on 50 with clamp: 50 taken, the others take nothing', async () => {
    const all = await partitions();
    await all[0]?.send({ type: 'account.open', initial: '20' }, { type: 'grant.create', amount: '30' });
    const results = await race(all, takes('clamp'));
    expect(counts(results)).toEqual({ 'decided APPLIED': 50, 'decided APPLIED_PARTIALLY': 50 });
    expect(await fixture.account()).toMatchObject({ balance: 0n, base: 0n, grants: [], version: 102n });
  });

  it('set to unlimited racing decrements ends unlimited, and never at 0', async () => {
    const all = await partitions();
    await all[0]?.send({ type: 'account.open', initial: '50' });
    const drafts: Draft[] = takes('reject').slice(0, 40);
    drafts.splice(17, 0, { type: 'credit.set', value: null });
    const results = await race(all, drafts);
    const { 'decided APPLIED': applied = 0, 'decided ACCOUNT_UNLIMITED': refused = 0 } = counts(results);
    expect(applied + refused).toBe(41);
    expect(await fixture.account()).toMatchObject({ unlimited: true, base: 0n, balance: 0n });
  });

  it('captures racing the expiry of their hold conserve: what was captured is gone, the rest is back', async () => {
    const all = await partitions();
    for (let round = 0; round < 8; round++) {
      const accountId = `a${round}`;
      const holdId = `h${round}`;
      const expiresAt = START + 3_600_000 * (round + 1);
      for (const partition of all) partition.at(expiresAt - 1_000);
      await all[0]?.send(
        { type: 'account.open', accountId, initial: '60' },
        { type: 'grant.create', accountId, amount: '40' },
        { type: 'hold.create', accountId, holdId, amount: '100', expiresAt },
      );
      all.forEach((partition, p) => partition.at(p === 2 ? expiresAt + 1 : expiresAt - 500));
      const drafts: Draft[] = [
        { type: 'hold.capture', accountId, holdId, amount: '30' },
        { type: 'hold.capture', accountId, holdId, amount: '25' },
        { type: 'hold.expire', accountId, holdId, expiresAt },
        { type: 'hold.capture', accountId, holdId, amount: '20' },
        { type: 'hold.capture', accountId, holdId, amount: '35' },
      ];
      const results = await race(all, drafts);
      const captured = results.reduce(
        (sum, result) => sum + (result.kind === 'decided' ? (result.entry.applied ?? 0n) : 0n),
        0n,
      );
      const account = await fixture.account(accountId);
      expect(account).toMatchObject({ balance: 100n + captured, held: 0n, holds: [] });
      const hold = (await new HoldReader(fixture.dataSource).find(TENANT, holdId))?.hold;
      expect(hold).toMatchObject({ captured: -captured, reserved: [] });
      expect(['expired', 'captured']).toContain(hold?.status);
    }
  });

  it('ten reversals of the whole original at once: one is applied', async () => {
    const all = await partitions();
    await all[0]?.send(
      { type: 'account.open', initial: '10' },
      { type: 'grant.create', grantId: 'g', amount: '30' },
      { type: 'credit.delta', id: 'original', delta: '-35' },
    );
    const drafts = Array.from({ length: 10 }, (): Draft => ({ type: 'credit.reverse', reverses: 'original' }));
    const results = await race(all, drafts);
    expect(counts(results)).toEqual({ 'decided APPLIED': 1, 'decided REVERSAL_EXCEEDS_ORIGINAL': 9 });
    expect(await fixture.account()).toMatchObject({ balance: 40n, base: 10n, grants: [{ remaining: 30n }] });
  });

  it('partial reversals at once add up to at most the original', async () => {
    const all = await partitions();
    await all[0]?.send({ type: 'account.open', initial: '40' }, { type: 'credit.delta', id: 'original', delta: '-35' });
    const drafts = Array.from({ length: 10 }, (): Draft => ({
      type: 'credit.reverse',
      reverses: 'original',
      amount: '8',
    }));
    const results = await race(all, drafts);
    expect(counts(results)).toEqual({ 'decided APPLIED': 4, 'decided REVERSAL_EXCEEDS_ORIGINAL': 6 });
    expect(await fixture.account()).toMatchObject({ balance: 37n });
  });
});

describe('one id from several partitions at once', () => {
  it.each([
    [(accountId: string): Draft => ({ type: 'grant.create', accountId, grantId: 'same', amount: '5' }), 'GRANT_EXISTS'],
    [(accountId: string): Draft => ({ type: 'hold.create', accountId, holdId: 'same', amount: '5' }), 'HOLD_EXISTS'],
    [
      (accountId: string): Draft => ({
        ...{ type: 'schedule.create', accountId, scheduleId: 'same', amount: '5' },
        cadence: 'one_time',
      }),
      'SCHEDULE_EXISTS',
    ],
  ])('is made once, though the accounts differ (%#: %s)', async (draft, code) => {
    const all = await partitions();
    await all[0]?.send(
      ...all.map((_, index): Draft => ({ type: 'account.open', accountId: `a${index}`, initial: '10' })),
    );
    const results = await race(
      all,
      all.map((_, index) => draft(`a${index}`)),
    );
    expect(counts(results)).toEqual({ 'decided APPLIED': 1, [`decided ${code}`]: PARTITIONS - 1 });
  });

  it('credit types and templates put at once get one version each', async () => {
    const all = await partitions();
    const drafts = Array.from({ length: 20 }, (_, index): Draft => ({
      type: 'credit-type.put',
      accountId: '',
      creditType: 'gold',
      scale: 2,
      name: `n${index}`,
    }));
    const results = await race(all, drafts);
    const versions = results.map((result) => (result.kind === 'decided' ? Number(result.entry.version) : 0));
    expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    await all[0]?.send({
      ...{ type: 'schedule.create', accountId: '', scope: 'plan', scheduleId: 't', amount: '5' },
      cadence: 'one_time',
    });
    const updates = await race(
      all,
      Array.from({ length: 20 }, (_, index): Draft => {
        return { type: 'schedule.update', accountId: '', scheduleId: 't', name: `n${index}` };
      }),
    );
    const updated = updates.map((result) => (result.kind === 'decided' ? Number(result.entry.version) : 0));
    expect(updated.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
  });
});

it('chunks that name the same accounts, schedules and credit types in any order never wait in a circle', async () => {
  const all = await partitions();
  const accounts = ['a', 'b', 'c', 'd'];
  const types = ['gold', 'silver'];
  const templates = ['t1', 't2', 't3'];
  const put = (creditType: string, name: string): Draft => ({
    type: 'credit-type.put',
    accountId: '',
    creditType,
    scale: 0,
    name,
  });
  await all[0]?.send(
    ...accounts.map((accountId): Draft => ({ type: 'account.open', accountId, initial: '1000' })),
    ...types.map((type) => put(type, 'first')),
    ...templates.map((scheduleId): Draft => ({
      ...{ type: 'schedule.create', accountId: '', scope: 'addon', scheduleId, amount: '1' },
      cadence: 'one_time',
    })),
  );
  const deadlocks = async () => {
    const [row] = await fixture.sql<{ deadlocks: string }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    return Number(row?.deadlocks);
  };
  const before = await deadlocks();
  await Promise.all(
    all.map(async (partition, p) => {
      for (let round = 0; round < 10; round++) {
        const drafts: Draft[] = [
          ...accounts.map((accountId): Draft => ({ type: 'grant.create', accountId, amount: '1' })),
          ...types.map((type) => put(type, `${p} ${round}`)),
          ...templates.map((scheduleId): Draft => ({
            type: 'schedule.update',
            accountId: '',
            scheduleId,
            name: `${p} ${round}`,
          })),
          ...accounts.map((accountId): Draft => ({ type: 'hold.create', accountId, amount: '1' })),
        ];
        const turned = (p + round) % drafts.length;
        const results = await partition.send(...drafts.slice(turned), ...drafts.slice(0, turned));
        expect(counts(results)).toEqual({ 'decided APPLIED': drafts.length });
      }
    }),
  );
  expect(await deadlocks()).toBe(before);
  expect(await fixture.account('a')).toMatchObject({ balance: 1_050n, held: 50n, version: 101n });
});
