import fc from 'fast-check';
import { BURN_ORDERS, GRANT_KINDS, type InsufficientPolicy } from '../command.js';
import { DAY, HOUR, MINUTE, SECOND } from './clock.js';
import type { Said } from './scenario.js';

/**
 * Random programs for property tests: what publishers say, what the scheduler does, and how time goes on. Times in
 * commands are relative to the moment at which they come.
 */
export type Instruction =
  | { readonly kind: 'say'; readonly said: Said; readonly later: number }
  /** Reverses what was said so many commands ago. */
  | { readonly kind: 'reverse'; readonly ago: number; readonly said: Partial<Said>; readonly later: number }
  /** Sends a command that was sent so many commands ago once more. */
  | { readonly kind: 'repeat'; readonly ago: number }
  /** The scheduler publishes so many of its due commands. */
  | { readonly kind: 'scheduler'; readonly count: number; readonly later: number };

const amount = fc.integer({ min: 1, max: 40 }).map(String);
const signed = fc.integer({ min: -40, max: 40 }).map(String);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 2 });
const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const policy: fc.Arbitrary<InsufficientPolicy> = fc.oneof(
  fc.constantFrom('reject' as const, 'clamp' as const, 'allow' as const),
  fc.record({ downTo: signed }),
);
const refill = fc.record({ interval: fc.constant('daily' as const), amount });
const grantId = fc.constantFrom('g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7', 'g8');
const holdId = fc.constantFrom('h1', 'h2', 'h3', 'h4', 'h5');
const scheduleId = fc.constantFrom('s1', 's2', 's3');
const order = fc.constantFrom(...BURN_ORDERS);
const priority = fc.option(fc.integer({ min: 1, max: 3 }));
const kind = fc.constantFrom(...GRANT_KINDS, 'plan' as const, 'plan' as const);
const soon = fc.constantFrom(-SECOND, 0, MINUTE, HOUR, 6 * HOUR, DAY, 2 * DAY);
const later = fc.constantFrom(0, 0, 0, SECOND, MINUTE, 6 * MINUTE, 3 * HOUR, 13 * HOUR, DAY, -5 * SECOND);
const percent = fc.constantFrom(0, 25, 50, 100);
const rollover = fc.option(fc.record({ percent, cap: maybe(amount) }));
const type = <T extends string>(value: T): fc.Arbitrary<T> => fc.constant(value);

const opened = fc.record({
  type: type('account.open'),
  initial: fc.option(signed, { freq: 6 }),
  floor: seldom(signed),
  onInsufficient: seldom(policy),
  burnOrder: maybe(order),
  refill: seldom(refill),
});

const grantCreated = fc.record({
  type: type('grant.create'),
  grantId,
  amount,
  priority,
  kind,
  effectiveAt: seldom(soon),
  expiresAt: fc.option(soon),
});
const scheduled = fc
  .record({
    type: type('schedule.create'),
    scheduleId,
    amount,
    cadence: fc.constantFrom('recurring' as const, 'recurring' as const, 'one_time' as const),
    periodCount: fc.integer({ min: 1, max: 2 }),
    start: maybe(soon),
    end: seldom(soon),
    expiry: fc.oneof(
      fc.constantFrom({ type: 'never' as const }, { type: 'period_end' as const }),
      fc.record({ type: type('duration'), count: fc.integer({ min: 1, max: 3 }), unit: fc.constant('days' as const) }),
    ),
    kind,
    priority,
    rollover: fc.option(fc.record({ percent })),
  })
  .map((said) => ({ ...said, period: said.cadence === 'recurring' ? ('daily' as const) : undefined }));

/** Everything a publisher may say of accounts, with instants still relative. */
const saidOfAccounts: fc.Arbitrary<Said> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ type: type('credit.delta'), delta: signed, onInsufficient: maybe(policy) }) },
  { weight: 2, arbitrary: fc.record({ type: type('credit.set'), value: fc.option(signed, { freq: 5 }) }) },
  { weight: 7, arbitrary: grantCreated },
  {
    weight: 2,
    arbitrary: fc.record({
      type: type('grant.update'),
      grantId,
      priority: maybe(priority),
      expiresAt: maybe(fc.option(soon)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: type('grant.void'), grantId }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: type('hold.create'),
      holdId,
      amount,
      expiresAt: maybe(soon),
      partial: maybe(fc.boolean()),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: type('hold.capture'),
      holdId,
      amount,
      final: maybe(fc.boolean()),
      overage: maybe(fc.constant('charge' as const)),
      onInsufficient: seldom(policy),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: type('hold.extend'),
      holdId,
      amount: maybe(amount),
      expiresAt: maybe(soon),
      partial: maybe(fc.boolean()),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: type('hold.release'), holdId }) },
  { weight: 3, arbitrary: scheduled },
  {
    weight: 1,
    arbitrary: fc.record({
      type: type('schedule.update'),
      scheduleId,
      name: maybe(fc.constantFrom('a', null)),
      end: maybe(fc.option(soon)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: type('schedule.end'), scheduleId, end: maybe(soon) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: type('account.reset'),
      period: fc.constant('p'),
      grants: fc.array(fc.record({ amount, kind: seldom(kind) }), { maxLength: 2 }),
      rollover,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: type('account.reset'), period: fc.constant('p'), value: amount, rollover }),
  },
  { weight: 1, arbitrary: opened },
  {
    weight: 2,
    arbitrary: fc.record({
      type: type('account.configure'),
      floor: seldom(fc.option(signed)),
      onInsufficient: seldom(fc.option(policy)),
      burnOrder: maybe(fc.option(order)),
      refill: seldom(fc.option(refill)),
      status: seldom(fc.constantFrom('active' as const, 'active' as const, 'frozen' as const)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: type('account.configure'), status: fc.constant('active' as const) }) },
  {
    weight: 1,
    arbitrary: seldom(fc.constant('closed' as const)).map((status) => ({ type: 'account.configure' as const, status })),
  },
);

/** Scheduler's commands that nobody asked for: most of them aren't due. */
const stray: fc.Arbitrary<Said> = fc.oneof(
  fc.record({ type: type('account.refill'), date: fc.constantFrom('2026-01-30', '2026-02-01', '2026-02-03') }),
  fc.record({ type: type('grant.expire'), grantId, expiresAt: soon }),
  fc.record({ type: type('grant.activate'), grantId, effectiveAt: soon }),
  fc.record({ type: type('hold.expire'), holdId, expiresAt: soon }),
  fc.record({ type: type('schedule.apply'), scheduleId, periodStart: soon }),
);

const saidOfCatalog: fc.Arbitrary<Said> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: type('credit-type.put'),
      creditType: fc.constant('gold'),
      accountId: fc.constant(''),
      scale: fc.constant(0),
      name: fc.constantFrom('a', 'b'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: type('credit-type.delete'),
      creditType: fc.constant('gold'),
      accountId: fc.constant(''),
    }),
  },
);

const holder = fc.constantFrom(
  { accountId: 'a1', creditType: 'credits' },
  { accountId: 'a1', creditType: 'credits' },
  { accountId: 'a1', creditType: 'credits' },
  { accountId: 'a2', creditType: 'credits' },
  { accountId: 'a1', creditType: 'gold' },
);
const expectedVersion = fc.option(fc.bigInt({ min: 0n, max: 5n }), { nil: undefined, freq: 25 });

const addressed = fc
  .tuple(fc.oneof({ weight: 30, arbitrary: saidOfAccounts }, { weight: 1, arbitrary: stray }), holder, expectedVersion)
  .map(([said, whose, version]): Said => ({ ...said, ...whose, expectedVersion: version }));

const instruction: fc.Arbitrary<Instruction> = fc.oneof(
  { weight: 24, arbitrary: fc.record({ kind: type('say'), said: addressed, later }) },
  { weight: 1, arbitrary: fc.record({ kind: type('say'), said: saidOfCatalog, later }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: type('reverse'),
      ago: fc.integer({ min: 1, max: 8 }),
      said: fc.record({
        amount: maybe(amount),
        onExpiredGrant: maybe(fc.constantFrom('adjust' as const, 'forfeit' as const)),
        onInsufficient: maybe(policy),
      }),
      later,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: type('repeat'), ago: fc.integer({ min: 1, max: 8 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: type('scheduler'), count: fc.integer({ min: 1, max: 4 }), later }) },
);

/** Programs that begin by opening the accounts. */
export function programs(length: number): fc.Arbitrary<readonly Instruction[]> {
  const open = fc.tuple(opened, opened, opened).map(([a, b, c]): Instruction[] => [
    {
      kind: 'say',
      said: { type: 'credit-type.put', creditType: 'gold', accountId: '', scale: 0, name: 'a' },
      later: 0,
    },
    { kind: 'say', said: { ...a, accountId: 'a1', creditType: 'credits' }, later: 0 },
    { kind: 'say', said: { ...b, accountId: 'a2', creditType: 'credits' }, later: 0 },
    { kind: 'say', said: { ...c, accountId: 'a1', creditType: 'gold' }, later: 0 },
  ]);
  return fc
    .tuple(open, fc.array(instruction, { maxLength: length, size: 'max' }))
    .map(([first, then]) => [...first, ...then]);
}

const INSTANTS = ['effectiveAt', 'expiresAt', 'start', 'end', 'periodStart'] as const;

/** The command with its relative instants made absolute. */
export function resolved(said: Said, now: number): Said {
  const fields: Record<string, unknown> = { ...said };
  for (const name of INSTANTS) if (typeof fields[name] === 'number') fields[name] += now;
  return fields as unknown as Said;
}
