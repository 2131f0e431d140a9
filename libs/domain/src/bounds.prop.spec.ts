import fc from 'fast-check';
import { MINOR_MAX, MINOR_MIN } from './account.js';
import { fitsMinor } from './amount.js';
import type { Decision } from './decision.js';
import { brokenInvariants } from './testing/invariants.js';
import { MemoryLedger } from './testing/memory-ledger.js';
import { command, type Said, START } from './testing/scenario.js';

const amount = fc.constantFrom('1', '5', '4611686018427387904', String(MINOR_MAX - 1n), String(MINOR_MAX));
const signed = fc.oneof(
  amount,
  amount.map((text) => `-${text}`),
  fc.constantFrom('0', String(MINOR_MIN)),
);
const onInsufficient = fc.constantFrom('reject' as const, 'clamp' as const, 'allow' as const, {
  downTo: String(MINOR_MIN),
});
const soon = fc.integer({ min: 0, max: 50 }).map((ms) => START + ms);
const grantId = fc.constantFrom('g1', 'g2', 'g3', 'g4');
const holdId = fc.constantFrom('h1', 'h2', 'h3');
const rollover = fc.record({ percent: fc.constantFrom(0, 33, 100) });
const refill = fc.option(fc.record({ interval: fc.constant('daily' as const), amount }));

function say(type: Said['type'], fields: object): fc.Arbitrary<Said> {
  return fc.record({ type: fc.constant(type), ...fields }) as unknown as fc.Arbitrary<Said>;
}

const said = fc.oneof(
  say('credit.delta', { delta: signed, onInsufficient }),
  say('credit.set', { value: signed }),
  say('credit.set', { value: fc.constant(null) }),
  say('credit.reverse', { reverses: fc.integer({ min: 0, max: 30 }).map((index) => `c${index}`), onInsufficient }),
  say('account.configure', { floor: signed, onInsufficient, refill }),
  say('account.refill', { date: fc.constantFrom('2026-01-01', '2026-01-31') }),
  say('account.reset', { period: fc.constant('p'), value: signed, rollover }),
  say('account.reset', {
    period: fc.constant('p'),
    grants: fc.array(fc.record({ amount }), { maxLength: 2 }),
    rollover,
  }),
  say('grant.create', { grantId, amount, effectiveAt: soon, expiresAt: soon.map((ms) => ms + 20) }),
  say('grant.void', { grantId }),
  say('hold.create', { holdId, amount, partial: fc.boolean(), expiresAt: soon.map((ms) => ms + 30) }),
  say('hold.capture', {
    ...{ holdId, amount, final: fc.boolean(), onInsufficient },
    overage: fc.constant('charge'),
  }),
  say('hold.extend', { holdId, amount, partial: fc.boolean() }),
  say('hold.release', { holdId }),
);

/** Every amount of a decision that is stored as a signed 64-bit integer. */
function storedBy(decision: Decision): readonly (bigint | undefined)[] {
  if (decision.status !== 'applied' && decision.status !== 'rejected') return [];
  const balances = [decision.before, decision.status === 'applied' ? decision.after : undefined];
  const told = balances.flatMap((seen) => (seen === undefined ? [] : [seen.balance, seen.held, seen.available]));
  if (decision.status === 'rejected') return told;
  const { requested, applied, account, grants, holds, reverses } = decision;
  return [
    ...[...told, requested, applied, account.base, reverses?.amount],
    ...grants.flatMap((grant) => [grant.amount, grant.remaining, grant.held]),
    ...holds.flatMap((hold) => [hold.amount, hold.captured]),
  ];
}

it('no decision tells an amount outside the signed 64-bit range, however large those of the commands are', () => {
  const steps = fc.array(fc.tuple(said, fc.integer({ min: 0, max: 4 })), { maxLength: 40, size: 'max' });
  fc.assert(
    fc.property(signed, steps, (floor, program) => {
      const ledger = new MemoryLedger();
      let now = START;
      ledger.tell(command({ type: 'account.open', floor }), now);
      for (const [index, [next, laterMs]] of program.entries()) {
        now += laterMs;
        for (const sent of [...ledger.due(now).slice(0, 2), command({ ...next, id: `c${index}` })]) {
          const decision = ledger.tell(sent, now);
          expect(storedBy(decision).filter((stored) => stored !== undefined && !fitsMinor(stored))).toEqual([]);
          expect(brokenInvariants(ledger)).toEqual([]);
        }
      }
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 300) },
  );
});
