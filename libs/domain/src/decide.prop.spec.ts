import { createHash } from 'node:crypto';

import fc from 'fast-check';
import type { Decision, DeriveId } from './decision.js';
import { dueWorkOf } from './ids.js';
import { START } from './testing/clock.js';
import { brokenInvariants } from './testing/invariants.js';
import { MemoryLedger } from './testing/memory-ledger.js';
import { NaiveBank, type Outcome } from './testing/naive/naive-bank.js';
import { programs, runProgram } from './testing/programs.js';

function outcomeOf(decision: Decision): Outcome {
  if (decision.status === 'not-due') return { code: 'not-due' };
  if (decision.status !== 'applied') return { code: decision.code };
  const { code, after, account } = decision;
  return {
    code,
    applied: Number(decision.applied),
    moves: Object.fromEntries(decision.allocations.map(({ grantId, amount }) => [grantId ?? 'base', Number(amount)])),
    balance: Number(after.balance),
    held: Number(after.held),
    available: Number(after.available),
    unlimited: after.unlimited,
    version: Number(account.version),
  };
}

/** Everything of an object that can be compared, so that a change of it is seen. */
function picture(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
}

/** Ids as in production: nothing of their order can be told from what they are derived from. */
function hashedWith(salt: string): DeriveId {
  return (...parts) =>
    createHash('sha256')
      .update([salt, ...parts].join('/'))
      .digest('hex');
}

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 300) };

describe('decide, whatever commands come in whatever order', () => {
  it('agrees with a naive bank that takes one command at a time, and keeps the invariants after each', () => {
    fc.assert(
      fc.property(programs(60), (program) => {
        const ledger = new MemoryLedger();
        const bank = new NaiveBank();
        runProgram(program, ledger, (command, at) => {
          const id = dueWorkOf(command)?.join('/') ?? command.id;
          const expected = bank.tell(command, id, at);
          expect(outcomeOf(ledger.tell(command, at))).toEqual(expected);
          expect(brokenInvariants(ledger)).toEqual([]);
        });
        for (const account of bank.accounts.values()) {
          for (const lot of account.lots)
            expect([lot.id, ledger.grants.get(lot.id)?.remaining]).toEqual([lot.id, BigInt(lot.left)]);
          for (const lock of account.locks)
            expect([lock.id, ledger.holds.get(lock.id)?.status]).toEqual([lock.id, lock.state]);
        }
      }),
      RUNS,
    );
  });

  it('is pure: it writes to nothing that it was given, and says the same when it is asked again', () => {
    fc.assert(
      fc.property(programs(40), (program) => {
        const ledger = new MemoryLedger();
        runProgram(program, ledger, (command, at) => {
          const before = [
            ...ledger.accounts.values(),
            ...ledger.grants.values(),
            ...ledger.holds.values(),
            ...ledger.schedules.values(),
          ];
          const pictures = before.map(picture);
          ledger.tell(command, at);
          expect(before.map(picture)).toEqual(pictures);
        });
        const again = new MemoryLedger();
        runProgram(program, again, (command, at) => again.tell(command, at));
        expect(picture(again.entries)).toBe(picture(ledger.entries));
      }),
      { numRuns: Math.ceil(RUNS.numRuns / 4) },
    );
  });

  it('ends alike for identical histories, whatever the ids that are derived', () => {
    fc.assert(
      fc.property(programs(60), (program) => {
        const [one, other] = ['one', 'other'].map((salt) => {
          const ledger = new MemoryLedger(undefined, hashedWith(salt));
          const told: unknown[] = [];
          runProgram(program, ledger, (command, at) => {
            const { moves = {}, ...outcome } = outcomeOf(ledger.tell(command, at));
            told.push({ ...outcome, moved: Object.values(moves) });
          });
          return { told, left: [...ledger.grants.values()].map(({ remaining }) => remaining) };
        });
        expect(other).toEqual(one);
      }),
      RUNS,
    );
  });

  it('leaves the scheduler in peace in the end: what is due is done once and never comes again', () => {
    fc.assert(
      fc.property(programs(40), (program) => {
        const ledger = new MemoryLedger();
        let now = START;
        runProgram(program, ledger, (command, at) => {
          now = Math.max(now, at);
          ledger.tell(command, at);
        });
        const seen = new Set<string>();
        for (let [next] = ledger.due(now); next !== undefined; [next] = ledger.due(now)) {
          const id = dueWorkOf(next)?.join('/') ?? '';
          expect(seen.has(id)).toBe(false);
          seen.add(id);
          expect(ledger.tell(next, now).status).toBe('applied');
          expect(brokenInvariants(ledger)).toEqual([]);
        }
      }),
      { numRuns: Math.ceil(RUNS.numRuns / 2) },
    );
  });
});
