import { createHash } from 'node:crypto';

import type { Command } from '../../libs/domain/src/command.js';
import { command, type Said, START } from '../../libs/domain/src/testing/scenario.js';
import { MemoryLedger } from '../../libs/domain/src/testing/memory-ledger.js';

/** Tells a history with command ids of its own, from which all other ids are hashed; the ledger afterwards. */
function tell(history: readonly Said[], run: number): MemoryLedger {
  const ledger = new MemoryLedger(undefined, (...parts) => createHash('sha256').update(parts.join()).digest('hex'));
  for (const [index, said] of history.entries()) {
    const sent: Command = { ...command(said), id: `${run}-${index}` };
    expect(ledger.tell(sent, START)).toMatchObject({ status: 'applied' });
  }
  return ledger;
}

const RUNS = Array.from({ length: 24 }, (_, run) => run);
const reset = (period: string, names: readonly string[], percent: number): Said => ({
  type: 'account.reset',
  period,
  grants: names.map((name) => ({ name, amount: '100' })),
  rollover: { percent },
});

describe('identical histories end alike: nothing that is decided depends on a derived id', () => {
  it('draws what was carried, which cannot be carried again, before an equal grant of the new period', () => {
    const history: readonly Said[] = [
      { type: 'account.open' },
      reset('p1', ['A'], 100),
      reset('p2', ['A'], 100),
      { type: 'credit.delta', delta: '-150' },
      reset('p3', ['A'], 50),
    ];
    const balances = RUNS.map((run) => tell(history, run).account('key_1', 'credits')?.balance);
    expect(new Set(balances)).toEqual(new Set([125n]));
  });

  it.each(['priority', 'expiration_priority', 'first_in_first_out', 'last_in_first_out'] as const)(
    'draws equal grants of one reset in the order in which it lists them (%s)',
    (burnOrder) => {
      const history: readonly Said[] = [
        { type: 'account.open', burnOrder },
        reset('p', ['A', 'B', 'C'], 0),
        { type: 'credit.delta', delta: '-250' },
      ];
      const left = RUNS.map((run) => {
        const grants = [...tell(history, run).grants.values()];
        return grants
          .map(({ texts, remaining }) => `${texts?.name ?? ''}${remaining}`)
          .sort()
          .join(' ');
      });
      expect(new Set(left)).toEqual(new Set(['A0 B0 C50']));
    },
  );
});
