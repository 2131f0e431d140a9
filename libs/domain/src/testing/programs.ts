import fc from 'fast-check';
import { BURN_ORDERS, type Command, type EpochMs, GRANT_KINDS, type InsufficientPolicy } from '../command.js';
import { dueWorkOf } from '../ids.js';
import { DAY, HOUR, MINUTE, SECOND, START } from './clock.js';
import type { MemoryLedger } from './memory-ledger.js';
import type { Said } from './scenario.js';

/**
 * Random programs for property tests: what publishers say, what the scheduler does, and how time goes on. Times in
 * commands are relative to the moment at which they come.
 */
export type Instruction =
  | { readonly kind: 'say'; readonly said: Said; readonly later: number }
  /** Reverses what was said so many commands (unless `any`: of those that can be reversed) ago. */
  | {
      readonly kind: 'reverse';
      readonly any: boolean;
      readonly ago: number;
      readonly said: Partial<Said>;
      readonly later: number;
    }
  /** Sends a command that was sent so many commands ago once more. */
  | { readonly kind: 'repeat'; readonly ago: number }
  /** The scheduler publishes so many of its due commands. */
  | { readonly kind: 'scheduler'; readonly count: number; readonly later: number };

/** Prefix of a relative name. */
const AGO = '-';

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
/** An object that was made so many objects ago; of new ones an own id, absent: derived. */
const ago = fc.integer({ min: 1, max: 5 }).map((count) => `${AGO}${count}`);
const newGrantId = seldom(fc.constantFrom('g1', 'g2'));
const newHoldId = seldom(fc.constantFrom('h1', 'h2'));
const scheduleId = fc.constantFrom('s1', 's2', 's3');
const initial = fc.integer({ min: -20, max: 100 }).map(String);
const order = fc.constantFrom(...BURN_ORDERS);
const priority = fc.option(fc.integer({ min: 1, max: 3 }));
const kind = fc.constantFrom(...GRANT_KINDS, 'plan' as const, 'plan' as const);
const soon = fc.constantFrom(-SECOND, 0, MINUTE, HOUR, 6 * HOUR, 6 * HOUR, DAY, DAY, 2 * DAY);
const later = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(0, 0, SECOND, MINUTE, -5 * SECOND) },
  { weight: 2, arbitrary: fc.constantFrom(6 * MINUTE, 3 * HOUR) },
  { weight: 1, arbitrary: fc.constantFrom(13 * HOUR, DAY) },
);
const percent = fc.constantFrom(0, 25, 50, 100);
const rollover = fc.option(fc.record({ percent, cap: maybe(amount) }));
const type = <T extends string>(value: T): fc.Arbitrary<T> => fc.constant(value);

const opened = fc.record({
  type: type('account.open'),
  initial: fc.option(initial, { freq: 8 }),
  floor: seldom(signed),
  onInsufficient: seldom(policy),
  burnOrder: maybe(order),
  refill: seldom(refill),
});

const grantCreated = fc.record({
  type: type('grant.create'),
  grantId: newGrantId,
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
      grantId: ago,
      priority: maybe(priority),
      expiresAt: maybe(fc.option(soon)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: type('grant.void'), grantId: ago }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: type('hold.create'),
      holdId: newHoldId,
      amount,
      expiresAt: fc.constantFrom(undefined, MINUTE, HOUR, 6 * HOUR, DAY, DAY, 2 * DAY, 0),
      partial: maybe(fc.boolean()),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: type('hold.capture'),
      holdId: ago,
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
      holdId: ago,
      amount: maybe(amount),
      expiresAt: maybe(soon),
      partial: maybe(fc.boolean()),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: type('hold.release'), holdId: ago }) },
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
  fc.record({ type: type('grant.expire'), grantId: ago, expiresAt: soon }),
  fc.record({ type: type('grant.activate'), grantId: ago, effectiveAt: soon }),
  fc.record({ type: type('hold.expire'), holdId: ago, expiresAt: soon }),
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
  ...Array<{ accountId: string; creditType: string }>(8).fill({ accountId: 'a1', creditType: 'credits' }),
  { accountId: 'a2', creditType: 'credits' },
  { accountId: 'a1', creditType: 'gold' },
);
const expectedVersion = fc.oneof(
  { weight: 25, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 5n }) },
);

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
      any: fc.constantFrom(false, false, false, true),
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
    .tuple(open, fc.array(instruction, { minLength: Math.floor(length / 3), maxLength: length, size: 'max' }))
    .map(([first, then]) => [...first, ...then]);
}

const INSTANTS = ['effectiveAt', 'expiresAt', 'start', 'end', 'periodStart'] as const;
const REVERSIBLE: ReadonlySet<string> = new Set(['credit.delta', 'credit.set', 'hold.capture', 'account.reset']);

/**
 * Runs a program beside a ledger, which says what is due and what can be named; `tell` is called with every command
 * and the time at which it comes, and must tell the ledger, too.
 */
export function runProgram(
  program: readonly Instruction[],
  ledger: MemoryLedger,
  tell: (command: Command, at: EpochMs) => void,
): void {
  const said: Command[] = [];
  let now = START;
  const say = (command: Command): void => {
    said.push(command);
    tell(command, now);
  };
  for (const [index, instruction] of program.entries()) {
    if (instruction.kind !== 'repeat') now += instruction.later;
    const base = { id: `c${index}`, tenantId: 'acme', accountId: 'a1', creditType: 'credits' };
    if (instruction.kind === 'say') {
      say({ ...base, ...resolved(instruction.said, now, ledger) });
    } else if (instruction.kind === 'scheduler') {
      for (const command of ledger.due(now).slice(0, instruction.count)) say(command);
    } else if (instruction.kind === 'repeat') {
      const earlier = said.at(-instruction.ago);
      if (earlier !== undefined) say(earlier);
    } else {
      const those = instruction.any ? said : said.filter(({ type }) => REVERSIBLE.has(type));
      const earlier = those.at(-instruction.ago);
      if (earlier === undefined) continue;
      const { accountId, creditType } = earlier;
      const reverses = dueWorkOf(earlier)?.join('/') ?? earlier.id;
      say({ ...base, ...instruction.said, accountId, creditType, type: 'credit.reverse', reverses } as Command);
    }
  }
}

/** The command with its relative instants and names made absolute. */
function resolved(said: Said, now: EpochMs, ledger: MemoryLedger): Said {
  const fields: Record<string, unknown> = { ...said };
  for (const name of INSTANTS) if (typeof fields[name] === 'number') fields[name] += now;
  for (const [name, objects] of [
    ['grantId', ledger.grants],
    ['holdId', ledger.holds],
  ] as const) {
    const value = fields[name];
    if (typeof value !== 'string' || !value.startsWith(AGO)) continue;
    const own = [...objects.values()].filter(
      ({ accountId, creditType }) => accountId === said.accountId && creditType === said.creditType,
    );
    const open = own.filter(({ status }) => status === 'open' || status === 'pending');
    const count = Number(value.slice(AGO.length));
    // Mostly what is still open, now and then anything, seldom nothing.
    const among = count < 5 && open.length > 0 ? open : own;
    const made = among.at(-1 - (count % among.length));
    fields[name] = made === undefined ? 'unknown' : 'holdId' in made ? made.holdId : made.grantId;
    // What a stray scheduler's command is about to do is right in half of the cases.
    const object = objects.get(String(fields[name]));
    if (object === undefined || now % 2_000 !== 0) continue;
    if (said.type === 'grant.expire' || said.type === 'hold.expire') fields.expiresAt = object.expiresAt ?? now;
    if (said.type === 'grant.activate' && 'effectiveAt' in object) fields.effectiveAt = object.effectiveAt;
  }
  return fields as unknown as Said;
}
