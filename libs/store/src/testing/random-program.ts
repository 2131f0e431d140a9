import type { Command, EpochMs } from '@app/domain';
import fc from 'fast-check';

import { type Draft, START, TENANT } from './ledger-fixture.js';
import { type SerialBank, withDerivedId } from './serial-bank.js';

/** A command with the time at which its record is appended. */
export interface Timed {
  readonly command: Command;
  readonly at: EpochMs;
}

/** What comes next: a publisher's command, one that was sent before, or what the scheduler finds due. */
export type Intent =
  /** `aim`: at something that there is, chosen by the number; undefined: at what the draft says. */
  | { readonly kind: 'said'; readonly waitMs: number; readonly draft: Draft; readonly aim?: number }
  | { readonly kind: 'again'; readonly waitMs: number; readonly which: number }
  | { readonly kind: 'due'; readonly waitMs: number };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const accountId = fc.constantFrom('a', 'a', 'b');
const creditType = fc.constantFrom('credits', 'credits', 'credits', 'credits', 'credits', 'gold');
const grantId = fc.constantFrom('g1', 'g2', 'g3', 'g4', 'g5', 'g6');
const holdId = fc.constantFrom('h1', 'h2', 'h3', 'h4');
const scheduleId = fc.constantFrom('s1', 's2', 't1');
const amount = fc.integer({ min: 1, max: 120 }).map(String);
const metadata = fc.option(fc.constantFrom({ a: '1' }, { b: '2' }), { nil: undefined });
const signed = fc.integer({ min: -150, max: 80 }).map(String);
const priority = fc.option(fc.integer({ min: 0, max: 3 }));
const kind = fc.constantFrom('plan', 'purchased', 'promotional', 'rollover', 'adjustment');
const onInsufficient = fc.option(fc.constantFrom('reject', 'clamp', 'allow', { downTo: '-40' }), { nil: undefined });
const rollover = fc.option(fc.record({ percent: fc.constantFrom(0, 25, 50, 100), cap: fc.option(amount) }), {
  nil: undefined,
});
const refill = fc.record({
  interval: fc.constant('daily'),
  amount,
  timeZone: fc.constantFrom(undefined, 'UTC', 'Asia/Tokyo', 'Pacific/Honolulu'),
});
/** Instants of a few days around the beginning, so that they are passed while the program runs. */
const instant = fc.integer({ min: 0, max: 48 }).map((hours) => START + hours * HOUR);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const fields = {
  'account.open': fc.record({
    initial: fc.option(fc.integer({ min: 0, max: 200 }).map(String)),
    floor: optional(fc.constantFrom('0', '-20')),
    onInsufficient,
    burnOrder: optional(fc.constantFrom('expiration_priority', 'last_in_first_out', 'first_in_first_out')),
    externalId: optional(fc.constantFrom('x', 'y')),
    refill: optional(refill),
  }),
  'account.configure': fc.record({
    status: optional(fc.constantFrom('active', 'active', 'frozen')),
    externalId: fc.option(fc.constantFrom('x', 'y')),
    refill: fc.option(refill),
  }),
  'credit.delta': fc.record({ delta: signed, onInsufficient }),
  'credit.set': fc.record({ value: fc.oneof({ weight: 6, arbitrary: amount }, fc.constant(null)) }),
  'credit.reverse': fc.record({
    reverses: fc.integer({ min: 0, max: 40 }).map((index) => `c${index}`),
    amount: optional(amount),
    onExpiredGrant: optional(fc.constantFrom('adjust', 'forfeit')),
    onInsufficient,
  }),
  'account.reset': fc.oneof(
    fc.record({ period: fc.constant('p'), value: amount, rollover }),
    fc.record({
      period: fc.constant('p'),
      rollover,
      grants: fc.array(fc.record({ amount, priority, name: optional(fc.constant('n')), metadata }), { maxLength: 2 }),
    }),
  ),
  'grant.create': fc.record({
    grantId: optional(grantId),
    amount,
    priority,
    kind,
    effectiveAt: optional(instant),
    expiresAt: fc.option(instant),
    metadata,
    costBasis: optional(fc.constant({ currency: 'EUR', amount: '0.01' })),
  }),
  'grant.update': fc.record({
    grantId,
    priority: optional(priority),
    expiresAt: optional(fc.option(instant)),
    name: optional(fc.option(fc.constant('n'))),
    metadata: optional(fc.option(fc.constantFrom({ a: '1' }, { b: '2' }))),
  }),
  'grant.void': fc.record({ grantId }),
  'grant.activate': fc.record({ grantId, effectiveAt: instant }),
  'grant.expire': fc.record({ grantId, expiresAt: instant }),
  'schedule.create': fc.record({
    scheduleId,
    amount,
    cadence: fc.constant('recurring'),
    period: fc.constantFrom('daily', 'weekly'),
    periodCount: fc.integer({ min: 1, max: 2 }),
    start: optional(instant),
    end: fc.option(instant),
    expiry: optional(
      fc.constantFrom({ type: 'period_end' }, { type: 'never' }, { type: 'duration', count: 1, unit: 'days' }),
    ),
    rollover,
  }),
  'schedule.update': fc.record({ scheduleId, end: fc.option(instant), name: fc.constantFrom('one', 'two') }),
  'schedule.end': fc.record({ scheduleId }),
  'hold.create': fc.record({
    holdId: optional(holdId),
    amount,
    expiresAt: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, instant),
    partial: optional(fc.boolean()),
    metadata,
  }),
  'hold.capture': fc.record({
    holdId,
    amount,
    final: optional(fc.boolean()),
    overage: optional(fc.constant('charge')),
    onInsufficient,
  }),
  'hold.extend': fc.record({ holdId, amount: optional(amount), partial: optional(fc.boolean()) }),
  'hold.release': fc.record({ holdId }),
  'hold.expire': fc.record({ holdId, expiresAt: instant }),
  'credit-type.put': fc.record({
    scale: fc.constant(0),
    name: fc.constantFrom('Gold', 'gold'),
    burnOrder: optional(fc.constantFrom('priority', 'expiration_priority')),
    defaultExpiry: optional(fc.constant({ type: 'duration', count: 2, unit: 'days' })),
    defaultRollover: rollover,
    prices: optional(fc.constant([{ currency: 'EUR', pricePerUnit: '0.5' }])),
  }),
  'credit-type.delete': fc.record({}),
};

const WEIGHTS: { readonly [T in keyof typeof fields]?: number } = {
  'account.open': 1,
  'credit.delta': 10,
  'credit.reverse': 6,
  'grant.create': 8,
  'hold.create': 6,
  'hold.capture': 5,
  'credit-type.put': 1,
  'credit-type.delete': 1,
  'account.configure': 1,
  'credit.set': 1,
};

const said = fc
  .oneof(
    ...Object.entries(fields).map(([type, own]) => ({
      weight: WEIGHTS[type as keyof typeof fields] ?? 2,
      arbitrary: fc.tuple(fc.constant(type), own as fc.Arbitrary<object>, accountId, creditType),
    })),
  )
  .map(([type, own, account, credit]): Draft => {
    const isCatalog = type.startsWith('credit-type.');
    const isTemplate = 'scheduleId' in own && own.scheduleId === 't1';
    return {
      type,
      ...own,
      ...(isTemplate && type === 'schedule.create' && { scope: 'plan' }),
      accountId: isCatalog || isTemplate ? '' : account,
      creditType: isCatalog ? 'gold' : credit,
    } as Draft;
  });

const waitMs = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 1_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 3 * MINUTE }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 6 * HOUR }) },
);

/** One more thing that happens. */
export const intent: fc.Arbitrary<Intent> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('said'),
      waitMs,
      draft: said,
      aim: fc.option(fc.nat(), { nil: undefined, freq: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again'), waitMs, which: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('due'), waitMs }) },
);

const DUE_MAX = 20;

/** What every program begins with, so that most of what follows has an effect. */
const PREAMBLE: readonly Draft[] = [
  { type: 'account.open', accountId: 'a', creditType: 'credits', initial: '100' },
  { type: 'account.open', accountId: 'b', creditType: 'credits', refill: { interval: 'daily', amount: '50' } },
  { type: 'credit-type.put', accountId: '', creditType: 'gold', scale: 0, burnOrder: 'expiration_priority' },
  { type: 'account.open', accountId: 'a', creditType: 'gold', initial: '10' },
];

/**
 * The commands that the intents make, each told to the bank (what is due depends on what was decided). Publishers'
 * commands have the ids `c0`, `c1`, …, by which reversals find them.
 */
export function programOf(intents: readonly Intent[], bank: SerialBank, tell: (timed: Timed) => void): void {
  const sent: Command[] = [];
  const preamble = PREAMBLE.map((draft): Intent => ({ kind: 'said', waitMs: 0, draft }));
  let at = START;
  for (const next of [...preamble, ...intents]) {
    at += next.waitMs;
    if (next.kind === 'due') {
      for (const command of bank.due(at).slice(0, DUE_MAX)) tell({ command: withDerivedId(command), at });
      continue;
    }
    const before = sent[sent.length === 0 ? 0 : next.kind === 'again' ? next.which % sent.length : 0];
    if (next.kind === 'again') {
      if (before !== undefined) tell({ command: before, at });
      continue;
    }
    const draft = next.aim === undefined ? next.draft : aimed(next.draft, next.aim, bank, sent);
    const command = withDerivedId({ tenantId: TENANT, ...draft, id: `c${sent.length}` } as Command);
    sent.push(command);
    tell({ command, at });
  }
}

const REVERSIBLE: ReadonlySet<string> = new Set(['credit.delta', 'credit.set', 'hold.capture', 'account.reset']);

/** The draft about an object that there is, on its account. */
function aimed(draft: Draft, aim: number, bank: SerialBank, sent: readonly Command[]): Draft {
  const one = <T extends { readonly accountId: string; readonly creditType: string }>(all: readonly T[]) =>
    all.length === 0 ? undefined : all[aim % all.length];
  const on = (found: { readonly accountId: string; readonly creditType: string } | undefined, own: object): Draft =>
    found === undefined ? draft : { ...draft, ...own, accountId: found.accountId, creditType: found.creditType };
  switch (draft.type) {
    case 'credit.reverse': {
      const original = one(sent.filter(({ type }) => REVERSIBLE.has(type)));
      return on(original, { reverses: original?.id });
    }
    case 'grant.update':
    case 'grant.void':
    case 'grant.activate':
    case 'grant.expire': {
      const grant = one([...bank.grants.values()]);
      return on(grant, { grantId: grant?.grantId });
    }
    case 'hold.capture':
    case 'hold.extend':
    case 'hold.release':
    case 'hold.expire': {
      const open = [...bank.holds.values()].filter(({ status }) => status === 'open');
      const hold = one(open.length === 0 ? [...bank.holds.values()] : open);
      return on(hold, { holdId: hold?.holdId });
    }
    case 'schedule.update':
    case 'schedule.end': {
      const schedule = one([...bank.schedules.values()]);
      return on(schedule, { scheduleId: schedule?.scheduleId });
    }
    default:
      return draft;
  }
}
