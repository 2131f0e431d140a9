import { expectation, grantings, records, type Workload } from './workload.js';

const base: Workload = { shape: 'uniform', records: 2_000, accounts: 100, seed: 7 };

function idsOf(workload: Workload): string[] {
  return [...records(workload)].map(({ value }) => (JSON.parse(value) as { id: string }).id);
}

function sumOfFirsts(workload: Workload): bigint {
  const deltas = new Map<string, bigint>();
  for (const { value } of records(workload)) {
    const { id, delta } = JSON.parse(value) as { id: string; delta: string };
    deltas.set(id, BigInt(delta));
  }
  return [...deltas.values()].reduce((sum, delta) => sum + delta, 0n);
}

describe('bench workload', () => {
  test('the same seed gives the same records, another seed others', () => {
    expect([...records(base)]).toEqual([...records(base)]);
    expect(idsOf({ ...base, seed: 8 })).not.toEqual(idsOf(base));
  });

  test.each(['uniform', 'hot', 'half-duplicates'] as const)(
    '%s: the expectation is what the records add up to',
    (shape) => {
      const workload = { ...base, shape };
      const ids = idsOf(workload);
      expect(ids).toHaveLength(2_000);
      expect(expectation(workload)).toEqual({
        records: 2_000,
        commands: new Set(ids).size,
        sum: sumOfFirsts(workload),
      });
    },
  );

  test('half duplicates: each command comes exactly twice, byte for byte the same', () => {
    const counts = new Map<string, number>();
    for (const { value } of records({ ...base, shape: 'half-duplicates' }))
      counts.set(value, (counts.get(value) ?? 0) + 1);
    expect(counts.size).toBe(1_000);
    expect(new Set(counts.values())).toEqual(new Set([2]));
  });

  test('hot: every record has the one account and so the one key', () => {
    expect(new Set([...records({ ...base, shape: 'hot' })].map(({ key }) => key)).size).toBe(1);
  });

  test('ids are canonical UUIDs of version 7 that grow with time', () => {
    const ids = idsOf(base);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.map((id) => id.slice(0, 13))).toEqual(ids.map((id) => id.slice(0, 13)).sort());
  });

  test('accounts with grants: all stay open, and what is drawn is the sum of all debits', () => {
    const debits = [...records(base)].map(({ value }) => BigInt((JSON.parse(value) as { delta: string }).delta));
    const drawn = debits.reduce((sum, delta) => (delta < 0n ? sum - delta : sum), 0n);
    expect(expectation({ ...base, grantsPerAccount: 5 }).grants).toEqual({ open: 500, drawn });
    expect(expectation({ ...base, shape: 'hot', grantsPerAccount: 1_000 }).grants?.open).toBe(1_000);
    expect(expectation(base).grants).toBeUndefined();
  });

  test('grants are given in turns, each with an id of its own, the first of an account with priority 1', () => {
    const given = [...grantings({ accounts: 2, grants: 5, amount: 10, expiresAt: undefined, seed: 1 })].map(
      ({ key, value }) => ({ key, ...(JSON.parse(value) as { grantId: string; priority: number }) }),
    );
    expect(given.map(({ key }) => key)).toEqual([0, 1, 0, 1, 0].map((account) => `bench:key_00000${account}`));
    expect(given.map(({ priority }) => priority)).toEqual([1, 1, 2, 2, 3]);
    expect(new Set(given.map(({ grantId }) => grantId)).size).toBe(5);
  });
});
