import fc from 'fast-check';
import type { Account } from './account.js';
import type { InsufficientPolicy } from './command.js';
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import { deriveId } from './testing/memory-ledger.js';
import { command, type Said, START } from './testing/scenario.js';

const creditType = { id: 'credits', scale: 0, burnOrder: 'priority' } as const;

const amount = fc.integer({ min: -60, max: 60 }).map(String);
const policy: fc.Arbitrary<InsufficientPolicy> = fc.oneof(
  fc.constantFrom('reject' as const, 'clamp' as const, 'allow' as const),
  fc.record({ downTo: amount }),
);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 2 });
const said: fc.Arbitrary<Said> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('credit.delta' as const), delta: amount, onInsufficient: maybe(policy) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('credit.set' as const), value: fc.option(amount, { freq: 4 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('account.open' as const),
      initial: fc.constantFrom('0', '10', null),
      floor: maybe(amount),
      onInsufficient: maybe(policy),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('account.configure' as const),
      floor: maybe(fc.option(amount)),
      onInsufficient: maybe(fc.option(policy)),
      status: maybe(fc.constantFrom('active' as const, 'frozen' as const)),
    }),
  },
);
const step = fc.record({
  said,
  expectedVersion: fc.option(fc.bigInt({ min: 0n, max: 6n }), { nil: undefined, freq: 8 }),
  later: fc.integer({ min: -5, max: 5 }),
});
const steps = fc.array(step, { maxLength: 30 });

/** The rules as one would tell them to a child: numbers, one command at a time, no account object. */
class NaiveAccount {
  exists = false;
  opened = '';
  credits: number | null = 0;
  floor = 0;
  policy: InsufficientPolicy = 'reject';
  frozen = false;
  version = 0;

  /** The code, and what was added. */
  tell(words: Said, expectedVersion: bigint | undefined): [code: string, applied: number | null] {
    if (!this.exists && words.type !== 'account.open') return ['ACCOUNT_NOT_FOUND', null];
    if (this.frozen && !(words.type === 'account.configure' && words.status)) return ['ACCOUNT_FROZEN', null];
    if (expectedVersion !== undefined && Number(expectedVersion) !== this.version) return ['VERSION_CONFLICT', null];
    const [code, applied] = this.act(words);
    if (applied !== null) {
      this.version += 1;
      if (this.credits !== null) this.credits += applied;
    }
    return [code, applied];
  }

  private act(words: Said): [code: string, applied: number | null] {
    switch (words.type) {
      case 'account.open':
        return this.open(words);
      case 'account.configure': {
        const { floor, policy: before, frozen } = this;
        if (words.floor !== undefined) this.floor = Number(words.floor ?? 0);
        if (words.onInsufficient !== undefined) this.policy = words.onInsufficient ?? ('none' as 'reject');
        if (words.status !== undefined) this.frozen = words.status === 'frozen';
        const same =
          floor === this.floor && JSON.stringify(before) === JSON.stringify(this.policy) && frozen === this.frozen;
        return [same ? 'NO_CHANGE' : 'APPLIED', 0];
      }
      case 'credit.set':
        return this.set(words.value === null ? null : Number(words.value));
      case 'credit.delta':
        return this.delta(Number(words.delta), words.onInsufficient ?? this.policy);
    }
  }

  private open(words: Said & { type: 'account.open' }): [string, number | null] {
    const asked = JSON.stringify([words.initial, Number(words.floor ?? 0), words.onInsufficient ?? 'none']);
    const now = JSON.stringify([this.opened && JSON.parse(this.opened), this.floor, this.policy]);
    if (this.exists) return asked === now ? ['NO_CHANGE', 0] : ['ACCOUNT_EXISTS', null];
    this.exists = true;
    this.opened = JSON.stringify(words.initial);
    this.floor = Number(words.floor ?? 0);
    this.policy = words.onInsufficient ?? ('none' as 'reject');
    this.credits = words.initial === null ? null : 0;
    return ['APPLIED', Number(words.initial ?? 0)];
  }

  private set(value: number | null): [string, number] {
    const had = this.credits;
    if (had === value) return ['NO_CHANGE', 0];
    this.credits = value === null ? null : 0;
    if (value === null) return ['APPLIED', 0 - (had ?? 0)];
    const difference = value - (had ?? 0);
    this.credits = had ?? 0;
    return ['APPLIED', difference];
  }

  private delta(asked: number, how: InsufficientPolicy): [string, number | null] {
    if (this.credits === null) return ['ACCOUNT_UNLIMITED', null];
    if (asked === 0) return ['NO_CHANGE', 0];
    if (asked > 0 || how === 'allow') return ['APPLIED', asked];
    const floor = typeof how === 'object' ? Number(how.downTo) : this.floor;
    if (this.credits + asked >= floor) return ['APPLIED', asked];
    if (how !== 'clamp') return ['INSUFFICIENT_CREDITS', null];
    return ['APPLIED_PARTIALLY', Math.min(0, floor - this.credits)];
  }
}

function sum(decisions: readonly Decision[]): bigint {
  return decisions.reduce((total, decision) => total + (decision.status === 'applied' ? decision.applied : 0n), 0n);
}

describe('decide, whatever commands come', () => {
  it('agrees with a naive account that takes one command at a time', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const naive = new NaiveAccount();
        let account: Account | undefined;
        for (const { said: words, expectedVersion } of sequence) {
          const decision = decide(
            { account, creditType, externalIdTaken: false, deriveId },
            command({ ...words, expectedVersion }),
            START,
          );
          if (decision.status === 'applied') account = decision.account;
          const [code, applied] = naive.tell(words, expectedVersion);
          expect([decision.code, decision.status === 'applied' ? Number(decision.applied) : null]).toEqual([
            code,
            applied === null ? null : applied + 0,
          ]);
          expect(account && (account.unlimited ? null : Number(account.balance))).toEqual(
            naive.exists ? naive.credits : undefined,
          );
          expect(account?.version ?? 0n).toBe(BigInt(naive.version));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('keeps: the sum of applied is the balance, allocations sum to applied, versions are 1..n, time never goes back', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const decisions: Decision[] = [];
        let account: Account | undefined;
        let at = START;
        for (const { said: words, expectedVersion, later } of sequence) {
          at += later;
          const before = account;
          const frozen = JSON.stringify(before, (_, value: unknown) =>
            typeof value === 'bigint' ? `${value}n` : value,
          );
          const decision = decide(
            { account, creditType, externalIdTaken: false, deriveId },
            command({ ...words, expectedVersion }),
            at,
          );
          decisions.push(decision);
          expect(JSON.stringify(before, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))).toBe(
            frozen,
          );
          expect(decision.at).toBe(Math.max(at, before?.updatedAt ?? at));
          if (decision.status === 'rejected') continue;
          account = decision.account;
          expect(decision.allocations.reduce((total, allocation) => total + allocation.amount, 0n)).toBe(
            decision.applied,
          );
          expect(decision.after.balance - decision.before.balance).toBe(decision.applied);
          expect(account.version).toBe((before?.version ?? 0n) + 1n);
          expect(account.balance).toBe(sum(decisions));
          expect(account.base).toBe(account.balance);
        }
      }),
      { numRuns: 400 },
    );
  });
});
