import { BURN_ORDERS, type BurnOrder, type CreateGrant } from '../command.js';
import { DAY, given, givenType, type Said, type Scenario, START } from '../testing/scenario.js';

const open = (initial = '0', settings: object = {}): Said => ({ type: 'account.open', initial, ...settings });
const grant = (grantId: string, amount: string, fields: Partial<CreateGrant> = {}): Said => ({
  type: 'grant.create',
  grantId,
  amount,
  ...fields,
});
const debit = (amount: string, settings: object = {}): Said => ({
  type: 'credit.delta',
  delta: `-${amount}`,
  ...settings,
});

describe('grant.create', () => {
  it('opens at once when it is effective now, before, or does not say', () => {
    for (const effectiveAt of [undefined, START, START - DAY]) {
      const account = given(open());
      expect(account.when(grant('g1', '50', { effectiveAt }))).toMatchObject({
        code: 'APPLIED',
        requested: '50',
        applied: '50',
        available: '50',
        allocations: { g1: '50' },
        decision: { grantId: 'g1', cause: 'grant' },
      });
      expect(account.grant('g1')).toMatchObject({ status: 'open', kind: 'purchased', remaining: 50n });
    }
  });

  it('is pending until it is effective, and counts nowhere', () => {
    const account = given(open());
    expect(account.when(grant('g1', '50', { effectiveAt: START + 1 }))).toMatchObject({
      code: 'APPLIED',
      applied: '0',
      balance: '0',
    });
    expect(account.grant('g1')).toMatchObject({ status: 'pending', dueAt: START + 1 });
    expect(account.when(debit('1')).code).toBe('INSUFFICIENT_CREDITS');
  });

  it('derives an id from the command when it has none', () => {
    const account = given(open());
    const { decision } = account.when({ type: 'grant.create', amount: '5', id: 'c1' });
    expect(decision).toMatchObject({ grantId: 'grant_c1_0' });
    expect(account.grant('grant_c1_0').remaining).toBe(5n);
  });

  it('with an id that is taken, also by an ended grant, is GRANT_EXISTS', () => {
    const account = given(open(), grant('g1', '5'), { type: 'grant.void', grantId: 'g1' });
    expect(account.when(grant('g1', '5')).code).toBe('GRANT_EXISTS');
  });

  it('repays debt first: debt -50 and credit 80 leave 30 available', () => {
    const account = given(open('-50'));
    expect(account.when(grant('g1', '80'))).toMatchObject({
      applied: '80',
      available: '30',
      allocations: { base: '50', g1: '30' },
    });
  });

  it('that only repays debt is exhausted at once', () => {
    const account = given(open('-50'), grant('g1', '20', { expiresAt: START + DAY }));
    expect(account.has().available).toBe('-30');
    expect(account.grant('g1')).toMatchObject({ status: 'exhausted', remaining: 0n, dueAt: null });
  });

  it('is refused when it would have expired already, or before it is effective', () => {
    expect(given(open()).when(grant('g', '5', { expiresAt: START - 1 })).code).toBe('LIMIT_EXCEEDED');
    const never = { effectiveAt: START + 2 * DAY, expiresAt: START + DAY };
    expect(given(open()).when(grant('g', '5', never)).code).toBe('LIMIT_EXCEEDED');
    expect(given(open()).when(grant('g', '5', { expiresAt: START })).code).toBe('APPLIED');
  });

  it("takes the credit type's default expiry; null is never", () => {
    const creditType = {
      id: 'credits',
      scale: 0,
      burnOrder: 'priority',
      defaultExpiry: { type: 'duration', count: 1, unit: 'months' },
    } as const;
    const account = givenType(creditType, open(), grant('g1', '5'), grant('g2', '5', { expiresAt: null }));
    expect(account.grant('g1').expiresAt).toBe(Date.UTC(2026, 1, 28, 12));
    expect(account.grant('g2').expiresAt).toBeNull();
  });

  it('is refused beyond 1,000 grants with something left', () => {
    const account = given(open());
    for (let index = 0; index < 1_000; index += 1)
      account.ledger.tell({ ...said(`g${index}`), id: `g${index}` }, START);
    expect(account.when(grant('g1000', '1')).code).toBe('LIMIT_EXCEEDED');
    expect(account.when(debit('1')).code).toBe('APPLIED');
    expect(account.when(grant('g1000', '1')).code).toBe('APPLIED');
  });

  it('that makes the balance too large is refused', () => {
    expect(given(open('9223372036854775807')).when(grant('g1', '1')).code).toBe('BALANCE_OVERFLOW');
  });

  it('works on an unlimited account, and is there when that is limited again', () => {
    const account = given({ type: 'account.open', initial: null }, grant('g1', '30'));
    expect(account.when({ type: 'credit.set', value: '100' })).toMatchObject({ applied: '70', available: '100' });
  });

  it('refuses amounts that no decoder lets through instead of making credits out of nothing', () => {
    expect(() => given(open()).when(grant('g1', '-5'))).toThrow('above 0');
    expect(() => given(open()).when({ type: 'hold.create', amount: '-5' })).toThrow('above 0');
  });
});

function said(grantId: string) {
  return {
    type: 'grant.create',
    tenantId: 'acme',
    accountId: 'key_1',
    creditType: 'credits',
    grantId,
    amount: '1',
  } as const;
}

describe('burn order', () => {
  /** The order in which grants are drawn, one credit at a time. */
  function drawn(order: BurnOrder, ...grants: readonly Said[]): string[] {
    const account = given(open('1', { burnOrder: order }), ...grants);
    const ids: string[] = [];
    for (;;) {
      const seen = account.when(debit('1'));
      if (seen.status === 'rejected') return ids;
      const [id = ''] = Object.keys(seen.allocations ?? {});
      if (ids.at(-1) !== id) ids.push(id);
    }
  }
  const later = { expiresAt: START + 2 * DAY };
  const sooner = { expiresAt: START + DAY };

  it('worked example: 50 without priority, 30 (3), 40 (1), 20 (2), 60 (1, expiring): debit 90 takes the 60, then 30 of the 40', () => {
    const account = given(
      open(),
      grant('fifty', '50'),
      grant('thirty', '30', { priority: 3 }),
      grant('forty', '40', { priority: 1 }),
      grant('twenty', '20', { priority: 2 }),
      grant('sixty', '60', { priority: 1, ...later }),
    );
    expect(account.when(debit('90'))).toMatchObject({
      applied: '-90',
      balance: '110',
      allocations: { sixty: '-60', forty: '-30' },
    });
    expect(account.grant('sixty').status).toBe('exhausted');
  });

  it('priority: priority, then earliest expiry, then larger amount, then creation; then the base', () => {
    expect(
      drawn(
        'priority',
        grant('none', '1'),
        grant('p2', '1', { priority: 2 }),
        grant('p1-small', '1', { priority: 1 }),
        grant('p1-large', '2', { priority: 1 }),
        grant('p1-small-too', '1', { priority: 1 }),
        grant('p1-later', '1', { priority: 1, ...later }),
        grant('p1-sooner', '1', { priority: 1, ...sooner }),
      ),
    ).toEqual(['p1-sooner', 'p1-later', 'p1-large', 'p1-small', 'p1-small-too', 'p2', 'none', 'base']);
  });

  it('priority: an adjustment or rollover has no precedence', () => {
    expect(
      drawn('priority', grant('adjustment', '1', { kind: 'adjustment' }), grant('p1', '1', { priority: 1 })),
    ).toEqual(['p1', 'adjustment', 'base']);
  });

  it('expiration_priority: earliest expiry, then priority, then creation', () => {
    expect(
      drawn(
        'expiration_priority',
        grant('never', '1'),
        grant('never-p1', '1', { priority: 1 }),
        grant('later', '5', later),
        grant('sooner-p2', '1', { priority: 2, ...sooner }),
        grant('sooner-p1', '1', { priority: 1, ...sooner }),
        grant('sooner-p1-too', '9', { priority: 1, ...sooner }),
      ),
    ).toEqual(['sooner-p1', 'sooner-p1-too', 'sooner-p2', 'later', 'never-p1', 'never', 'base']);
  });

  it('first_in_first_out and last_in_first_out: creation, whatever id or priority', () => {
    const grants = [grant('b', '1'), grant('a', '1', { priority: 1 }), grant('c', '1', sooner)];
    expect(drawn('first_in_first_out', ...grants)).toEqual(['b', 'a', 'c', 'base']);
    expect(drawn('last_in_first_out', ...grants)).toEqual(['c', 'a', 'b', 'base']);
  });

  it('plan_first_then_credit_bundles_first_in_first_out: plans, then the others, each as they were created', () => {
    expect(
      drawn(
        'plan_first_then_credit_bundles_first_in_first_out',
        grant('bundle', '1'),
        grant('plan', '1', { kind: 'plan' }),
        grant('free', '1', { kind: 'free' }),
        grant('plan-too', '1', { kind: 'plan' }),
      ),
    ).toEqual(['plan', 'plan-too', 'bundle', 'free', 'base']);
  });

  it.each(BURN_ORDERS.filter((order) => order !== 'priority'))(
    '%s: adjustments, then rollovers come first',
    (order) => {
      expect(
        drawn(
          order,
          grant('plan', '1', { kind: 'plan', priority: 1, ...sooner }),
          grant('rollover', '1', { kind: 'rollover' }),
          grant('adjustment', '1', { kind: 'adjustment' }),
          grant('rollover-too', '1', { kind: 'rollover', ...later }),
        ).filter((id) => id === 'adjustment' || id === 'plan'),
      ).toEqual(['adjustment', 'plan']);
    },
  );

  it('grants of one entry are drawn in the order in which it lists them, whatever their ids', () => {
    const account = given(open(), {
      type: 'account.reset',
      period: 'p',
      grants: [
        { grantId: 'b', amount: '1' },
        { grantId: 'a', amount: '1' },
      ],
    });
    expect(account.when(debit('1')).allocations).toEqual({ b: '-1' });
  });

  it("is the credit type's unless the account has its own, from the moment that is configured", () => {
    const creditType = { id: 'credits', scale: 0, burnOrder: 'last_in_first_out' } as const;
    const account = givenType(creditType, open(), grant('first', '5'), grant('last', '5'));
    expect(account.when(debit('1')).allocations).toEqual({ last: '-1' });
    account.given({ type: 'account.configure', burnOrder: 'first_in_first_out' });
    expect(account.when(debit('1')).allocations).toEqual({ first: '-1' });
    account.given({ type: 'account.configure', burnOrder: null });
    expect(account.when(debit('1')).allocations).toEqual({ last: '-1' });
  });
});

describe('a grant that expires', () => {
  const expiring = [open(), grant('g1', '100', { expiresAt: START + DAY })];

  it('counts up to and including the instant', () => {
    expect(given(...expiring).when(debit('40'), START + DAY)).toMatchObject({
      code: 'APPLIED',
      allocations: { g1: '-40' },
    });
  });

  it('lapses after it: it still is in the balance, but is not available, and is never drawn', () => {
    const account = given(...expiring);
    expect(account.has(START + DAY + 1)).toEqual({ balance: '100', held: '0', available: '0' });
    expect(account.when(debit('40'), START + DAY + 1).code).toBe('INSUFFICIENT_CREDITS');
  });

  it('worked example: base 0 and a lapsed grant of 100, debit 3 with allow leaves available -3', () => {
    const account = given(...expiring);
    expect(account.when(debit('3', { onInsufficient: 'allow' }), START + DAY + 1)).toMatchObject({
      applied: '-3',
      balance: '97',
      available: '-3',
      allocations: { base: '-3' },
    });
  });

  it('is gone with its expiry entry', () => {
    const account = given(...expiring, debit('40'));
    const [seen] = account.schedulerRuns(START + 2 * DAY);
    expect(seen).toMatchObject({
      code: 'APPLIED',
      applied: '-60',
      balance: '0',
      allocations: { g1: '-60' },
      decision: { cause: 'expiry' },
    });
    expect(account.grant('g1')).toMatchObject({ status: 'expired', remaining: 0n, dueAt: null });
  });

  it('is not due before or at the instant, nor at another instant, nor when there is none', () => {
    const account = given(...expiring);
    const expire = (grantId: string, expiresAt: number): Said => ({ type: 'grant.expire', grantId, expiresAt });
    expect(account.when(expire('g1', START + DAY), START + DAY).status).toBe('not-due');
    expect(account.when(expire('g1', START), START + 2 * DAY).status).toBe('not-due');
    expect(account.when(expire('g2', START + DAY), START + 2 * DAY).status).toBe('not-due');
    expect(account.account?.version).toBe(2n);
    expect(account.when(expire('g1', START + DAY), START + DAY + 1).code).toBe('APPLIED');
  });

  it('keeps what a hold reserves until that ends; then it is lost', () => {
    const account = given(...expiring, [START + DAY - 1, { type: 'hold.create', holdId: 'h1', amount: '30' }]);
    expect(account.schedulerRuns(START + DAY + 1)[0]).toMatchObject({
      applied: '-70',
      balance: '30',
      held: '30',
      available: '0',
    });
    expect(account.grant('g1')).toMatchObject({ status: 'expired', remaining: 30n, held: 30n });
    expect(account.when({ type: 'hold.capture', holdId: 'h1', amount: '10' })).toMatchObject({
      applied: '-10',
      balance: '20',
    });
    expect(account.when({ type: 'hold.release', holdId: 'h1' })).toMatchObject({
      applied: '-20',
      balance: '0',
      held: '0',
      allocations: { g1: '-20' },
    });
  });

  it('can be moved while it counts, and is expired at its new time only', () => {
    const account = given(...expiring, { type: 'grant.update', grantId: 'g1', expiresAt: START + 3 * DAY });
    expect(account.schedulerRuns(START + 2 * DAY)).toEqual([]);
    expect(account.has().available).toBe('100');
    expect(account.schedulerRuns(START + 4 * DAY)).toHaveLength(1);
    expect(account.has().balance).toBe('0');
  });
});

describe('grant.update', () => {
  const one = [open(), grant('g1', '50', { name: 'gift', priority: 3, metadata: { a: '1' } })];

  it('keeps what is absent, clears what is null, replaces what has a value', () => {
    const account = given(...one, { type: 'grant.update', grantId: 'g1', name: null, expiresAt: START + DAY });
    expect(account.grant('g1')).toMatchObject({
      priority: 3,
      texts: { name: null, metadata: { a: '1' } },
      expiresAt: START + DAY,
      dueAt: START + DAY,
    });
  });

  it('changes the order in which it is drawn', () => {
    const account = given(...one, grant('g2', '50', { priority: 2 }), {
      type: 'grant.update',
      grantId: 'g1',
      priority: 1,
    });
    expect(account.when(debit('1')).allocations).toEqual({ g1: '-1' });
  });

  it('without effect is NO_CHANGE, of an unknown grant GRANT_NOT_FOUND', () => {
    expect(given(...one).when({ type: 'grant.update', grantId: 'g1', name: 'gift' }).code).toBe('NO_CHANGE');
    expect(given(...one).when({ type: 'grant.update', grantId: 'g9' }).code).toBe('GRANT_NOT_FOUND');
    const other: Said = { type: 'account.open', accountId: 'key_2' };
    expect(given(...one, other).when({ type: 'grant.update', grantId: 'g1', accountId: 'key_2' }).code).toBe(
      'GRANT_NOT_FOUND',
    );
  });

  it('of a voided, expired or lapsed grant is GRANT_NOT_OPEN, of an exhausted one it is not', () => {
    const update: Said = { type: 'grant.update', grantId: 'g1', name: 'x' };
    expect(given(...one, { type: 'grant.void', grantId: 'g1' }).when(update).code).toBe('GRANT_NOT_OPEN');
    const expiring = given(...one, { type: 'grant.update', grantId: 'g1', expiresAt: START });
    expect(expiring.when(update, START + 1).code).toBe('GRANT_NOT_OPEN');
    expiring.schedulerRuns(START + 1);
    expect(expiring.when(update).code).toBe('GRANT_NOT_OPEN');
    expect(given(...one, debit('50')).when(update).code).toBe('APPLIED');
  });
});

describe('grant.void', () => {
  const one = [open('5'), grant('g1', '50'), debit('10')];
  const drop: Said = { type: 'grant.void', grantId: 'g1', reason: 'fraud' };

  it('drops what remains', () => {
    expect(given(...one).when(drop)).toMatchObject({
      applied: '-40',
      balance: '5',
      allocations: { g1: '-40' },
      decision: { cause: 'void' },
    });
  });

  it('again is NO_CHANGE', () => {
    expect(given(...one, drop).when(drop)).toMatchObject({ code: 'NO_CHANGE', applied: '0' });
  });

  it('of a pending grant moves nothing, and it never opens', () => {
    const account = given(open(), grant('g1', '50', { effectiveAt: START + DAY }));
    expect(account.when(drop)).toMatchObject({ code: 'APPLIED', applied: '0' });
    expect(account.schedulerRuns(START + 2 * DAY)).toEqual([]);
  });

  it('leaves held credits with their hold, which can still capture them', () => {
    const account = given(...one, { type: 'hold.create', holdId: 'h1', amount: '15' }, drop);
    expect(account.has()).toEqual({ balance: '20', held: '15', available: '5' });
    expect(account.when({ type: 'hold.capture', holdId: 'h1', amount: '15' })).toMatchObject({
      applied: '-15',
      balance: '5',
    });
  });

  it('of an expired grant is GRANT_NOT_OPEN, of an unknown one GRANT_NOT_FOUND', () => {
    expect(given(open()).when(drop).code).toBe('GRANT_NOT_FOUND');
    expect(given(open(), grant('g1', '5', { expiresAt: START })).when(drop, START + 1).code).toBe('GRANT_NOT_OPEN');
  });
});

describe('grant.activate', () => {
  const pending = grant('g1', '80', { effectiveAt: START + DAY, expiresAt: START + 2 * DAY });

  it('opens the grant at its time, and repays debt first', () => {
    const account = given(open('-50'), pending);
    expect(account.schedulerRuns(START + DAY)).toMatchObject([
      {
        code: 'APPLIED',
        applied: '80',
        available: '30',
        allocations: { base: '50', g1: '30' },
        decision: { cause: 'activation' },
      },
    ]);
    expect(account.grant('g1')).toMatchObject({ status: 'open', dueAt: START + 2 * DAY });
  });

  it('is not due before, nor at another instant', () => {
    const account = given(open(), pending);
    const activate = (effectiveAt: number): Said => ({ type: 'grant.activate', grantId: 'g1', effectiveAt });
    expect(account.when(activate(START + DAY), START + DAY - 1).status).toBe('not-due');
    expect(account.when(activate(START), START + DAY).status).toBe('not-due');
    expect(account.when(activate(START + DAY), START + DAY).code).toBe('APPLIED');
  });

  it('that comes after the expiry opens it with nothing to draw and repays no debt', () => {
    const account = given(open('-50'), pending);
    expect(account.schedulerRuns(START + 3 * DAY, true)).toMatchObject([
      { applied: '80', available: '-50', allocations: { g1: '80' } },
      { applied: '-80', balance: '-50' },
    ]);
  });
});

describe('the scheduler’s commands', () => {
  const pending = grant('g1', '80', { effectiveAt: START + DAY });
  const status = (value: 'frozen' | 'closed'): Said => ({ type: 'account.configure', status: value });
  const noMoreWork = (account: Scenario) => expect(account.ledger.due(START + 9 * DAY)).toEqual([]);

  it('are applied on a frozen account', () => {
    const account = given(open(), pending, status('frozen'));
    expect(account.schedulerRuns(START + DAY)).toMatchObject([{ code: 'APPLIED', applied: '80' }]);
  });

  it('are NO_CHANGE on a closed account, which keeps its balance, and do not come again', () => {
    const account = given(open(), pending, grant('g2', '5', { expiresAt: START + DAY }), status('closed'));
    expect(account.schedulerRuns(START + 2 * DAY)).toMatchObject([
      { code: 'NO_CHANGE', balance: '5', decision: { details: { code: 'ACCOUNT_CLOSED' } } },
      { code: 'NO_CHANGE', balance: '5', decision: { details: { code: 'ACCOUNT_CLOSED' } } },
    ]);
    noMoreWork(account);
  });

  it('are NO_CHANGE where a rule would reject them, and do not come again', () => {
    const account = given(open('9223372036854775807'), pending);
    expect(account.schedulerRuns(START + DAY)).toMatchObject([
      { code: 'NO_CHANGE', decision: { details: { code: 'BALANCE_OVERFLOW' } } },
    ]);
    expect(account.grant('g1').status).toBe('voided');
    noMoreWork(account);
  });

  it('run on accounts of a deleted credit type', () => {
    const deleted = { id: 'credits', scale: 0, burnOrder: 'priority', deletedAt: START } as const;
    const account = given(open(), pending);
    account.ledger.definitions.set('credits', { ...definition, ...deleted });
    expect(account.when(debit('1')).code).toBe('CREDIT_TYPE_NOT_FOUND');
    expect(account.schedulerRuns(START + DAY)).toMatchObject([{ code: 'APPLIED', applied: '80' }]);
  });
});

const definition = {
  defaultExpiry: null,
  defaultRollover: null,
  name: null,
  description: null,
  singularName: null,
  pluralName: null,
  icon: null,
  prices: [],
  metadata: null,
  version: 1n,
  createdAt: START,
  updatedAt: START,
};
