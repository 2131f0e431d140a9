import type { LogRange, Position } from '@app/messaging';
import { partitionOf } from '@app/messaging';
import { CommandLag } from './command-lag.js';

const LAG_MS_MAX = 10_000;

/** A log of two partitions, as it stands at one time. */
function logWith(ends: readonly [bigint, bigint], positions: readonly [bigint | null, bigint | null]) {
  const ranges = new Map<number, LogRange>(ends.map((end, partition) => [partition, { start: 0n, end }]));
  const rows = new Map<number, Position>(positions.map((nextOffset, partition) => [partition, { nextOffset }]));
  return { ranges, rows };
}

class Rig {
  private log = logWith([0n, 0n], [null, null]);
  readonly lag = new CommandLag(
    { logRanges: () => Promise.resolve(this.log.ranges) },
    { read: () => Promise.resolve(this.log.rows) },
    'commands',
    LAG_MS_MAX,
  );

  async at(nowMs: number, ends: readonly [bigint, bigint], positions: readonly [bigint | null, bigint | null]) {
    this.log = logWith(ends, positions);
    await this.lag.look(nowMs);
  }
}

/** A key of each partition. */
const keys = [0, 1].map((partition) => {
  for (let n = 0; ; n++) if (partitionOf(`acme:key_${n}`, 2) === partition) return `acme:key_${n}`;
}) as [string, string];

describe('commands are late', () => {
  it('where the end that the log had 10 s ago has not been reached, and nowhere else', async () => {
    const rig = new Rig();
    await rig.at(0, [50n, 70n], [10n, 60n]);
    await rig.at(9_000, [90n, 90n], [49n, 69n]);
    expect(rig.lag.latePartitions).toBe(0);
    await rig.at(10_000, [95n, 95n], [49n, 70n]);
    expect(keys.map((key) => rig.lag.isLate(key))).toEqual([true, false]);
    expect(rig.lag.isEverywhere).toBe(false);
    await rig.at(11_000, [95n, 95n], [50n, 71n]);
    expect(keys.map((key) => rig.lag.isLate(key))).toEqual([false, false]);
  });

  it('as long as the worker stays 10 s behind, however fast it is', async () => {
    const rig = new Rig();
    for (let second = 0; second <= 30; second++) {
      const end = BigInt(second * 100);
      const position = BigInt(Math.max(0, second - 12) * 100);
      await rig.at(second * 1_000, [end, end], [position, end]);
      expect(rig.lag.isLate(keys[0])).toBe(second > 10);
    }
  });

  it('everywhere when no partition is in time', async () => {
    const rig = new Rig();
    await rig.at(0, [5n, 5n], [null, null]);
    await rig.at(10_000, [5n, 5n], [null, 4n]);
    expect(rig.lag.isEverywhere).toBe(true);
    await rig.at(11_000, [5n, 5n], [null, 5n]);
    expect(rig.lag.isEverywhere).toBe(false);
  });

  it('on an empty partition never', async () => {
    const rig = new Rig();
    for (let second = 0; second < 20; second++) await rig.at(second * 1_000, [0n, 0n], [null, null]);
    expect(rig.lag.latePartitions).toBe(0);
  });

  it('where the position lies outside the log, because that partition is stopped', async () => {
    const rig = new Rig();
    await rig.at(0, [5n, 5n], [6n, 5n]);
    expect(keys.map((key) => rig.lag.isLate(key))).toEqual([true, false]);
  });
});
