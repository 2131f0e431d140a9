import { type CommandChunk, CommandFailed } from '@app/store';
import fc from 'fast-check';
import { applyIsolating } from './isolate.js';
import { ALIVE, chunkOf, decoded, deltaRecord, FakeLedger, rawRecord } from './testing/records.js';

const failing = (ids: readonly string[], withIndex: boolean) => (chunk: CommandChunk) => {
  const index = chunk.commands.findIndex(({ command }) => ids.includes(command.id));
  if (index >= 0) throw new CommandFailed('boom', withIndex ? index : undefined, { cause: new Error('boom') });
};

describe('isolating a failing command', () => {
  it('applies a chunk in one transaction when nothing fails', async () => {
    const records = [deltaRecord(0), deltaRecord(1), deltaRecord(2)];
    const ledger = new FakeLedger(0);
    const results = await applyIsolating(ledger, chunkOf(records), records.map(decoded), ALIVE);
    expect(ledger.chunks).toHaveLength(1);
    expect(results.map(({ result }) => result.kind)).toEqual(['decided', 'decided', 'decided']);
  });

  it('dead-letters what cannot be decoded and applies what stands around it, in order', async () => {
    const records = [deltaRecord(0), rawRecord(1, 'no json'), deltaRecord(2)];
    const ledger = new FakeLedger(0);
    const results = await applyIsolating(ledger, chunkOf(records), records.map(decoded), ALIVE);
    expect(results[1]?.result).toMatchObject({ kind: 'dead-letter', reason: 'NOT_JSON' });
    expect(ledger.applied).toEqual(['c0', 'c2']);
    expect(ledger.nextOffset).toBe(3n);
  });

  it('moves progress over a chunk of nothing but dead letters', async () => {
    const records = [rawRecord(0, ''), rawRecord(1, '[]')];
    const ledger = new FakeLedger(0);
    await applyIsolating(ledger, chunkOf(records), records.map(decoded), ALIVE);
    expect(ledger.nextOffset).toBe(2n);
  });

  it('tries a failing command alone in its transaction before it becomes a dead letter', async () => {
    const records = [deltaRecord(0), deltaRecord(1), deltaRecord(2)];
    const attempts: string[][] = [];
    const ledger = new FakeLedger(0, (chunk) => {
      attempts.push(chunk.commands.map(({ command }) => command.id));
      failing(['c1'], true)(chunk);
    });
    const results = await applyIsolating(ledger, chunkOf(records), records.map(decoded), ALIVE);
    expect(attempts).toEqual([['c0', 'c1', 'c2'], ['c0'], ['c1'], [], ['c2']]);
    expect(results[1]?.result).toEqual({ kind: 'dead-letter', reason: 'PROCESSING_FAILED', message: 'boom' });
  });

  it('passes an outage through without dead-lettering anything', async () => {
    const records = [deltaRecord(0), deltaRecord(1)];
    const outage = new Error('connection refused');
    const ledger = new FakeLedger(0, () => {
      throw outage;
    });
    await expect(applyIsolating(ledger, chunkOf(records), records.map(decoded), ALIVE)).rejects.toBe(outage);
  });

  it('finds any failing commands in any chunk, with or without a hint, and applies all others in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
        fc.boolean(),
        async (bad, withIndex) => {
          const records = bad.map((_, offset) => deltaRecord(offset));
          const badIds = bad.flatMap((isBad, offset) => (isBad ? [`c${offset}`] : []));
          const ledger = new FakeLedger(0, failing(badIds, withIndex));
          const results = await applyIsolating(ledger, chunkOf(records), records.map(decoded), ALIVE);
          expect(results.map(({ record }) => record.offset)).toEqual(records.map(({ offset }) => offset));
          expect(results.map(({ result }) => result.kind === 'dead-letter')).toEqual(bad);
          expect(ledger.applied).toEqual(bad.flatMap((isBad, offset) => (isBad ? [] : [`c${offset}`])));
          expect(ledger.nextOffset).toBe(BigInt(bad.length));
        },
      ),
    );
  });
});
