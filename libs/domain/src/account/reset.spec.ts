import type { ResetAccount } from '../command.js';
import { DAY, given, type Said, START } from '../testing/scenario.js';

const open = (initial: string | null = '0'): Said => ({ type: 'account.open', initial });
const plan = (grantId: string, amount: string, fields: object = {}): Said => ({
  type: 'grant.create',
  grantId,
  amount,
  kind: 'plan',
  ...fields,
});
const reset = (fields: Partial<ResetAccount>): Said => ({ type: 'account.reset', period: '2026-02', ...fields });
const debit = (amount: string): Said => ({ type: 'credit.delta', delta: `-${amount}` });
const quarter = { percent: 25 };
const hundred = [{ amount: '100' }];

describe('account.reset with grants', () => {
  it('worked example: 100 with 80 left and 25 % rollover becomes 120; again with 100 left 125: the first carry is gone', () => {
    const account = given(open(), plan('january', '100'), debit('20'));
    expect(account.when(reset({ grants: hundred, rollover: quarter, id: 'feb' }))).toMatchObject({
      code: 'APPLIED',
      requested: '100',
      applied: '40',
      available: '120',
      allocations: { january: '-80', grant_feb_1: '20', grant_feb_0: '100' },
      decision: { cause: 'reset', grantId: 'grant_feb_0' },
    });
    expect(account.grant('grant_feb_1')).toMatchObject({ kind: 'rollover', amount: 20n, sourceGrantId: 'january' });
    account.given({ type: 'account.configure', burnOrder: 'first_in_first_out' }, debit('20'));
    expect(account.grant('grant_feb_1').status).toBe('exhausted');
    expect(account.has().available).toBe('100');
    expect(account.when(reset({ grants: hundred, rollover: quarter })).available).toBe('125');
  });

  it('carries nothing without a rollover', () => {
    expect(given(open(), plan('g1', '100')).when(reset({ grants: hundred })).available).toBe('100');
  });

  it('never carries a rollover again, though nothing of it was spent', () => {
    const account = given(open(), plan('g1', '100'), reset({ grants: hundred, rollover: quarter }));
    expect(account.when(reset({ grants: hundred, rollover: quarter })).available).toBe('125');
  });

  it('carries at most the cap, rounded down at the scale', () => {
    const account = given(open(), plan('g1', '99'));
    expect(account.when(reset({ grants: hundred, rollover: { percent: 50 } })).available).toBe('149');
    expect(account.when(reset({ grants: hundred, rollover: { percent: 50, cap: '7' } })).available).toBe('107');
  });

  it('leaves the base, other kinds of grants and pending ones alone', () => {
    const account = given(
      open('5'),
      plan('bought', '50', { kind: 'purchased' }),
      plan('next', '9', { effectiveAt: START + DAY }),
    );
    expect(account.when(reset({ grants: hundred }))).toMatchObject({ applied: '100', available: '155' });
    expect(account.grant('next').status).toBe('pending');
  });

  it('leaves held credits with their holds, which can still be captured; what returns is lost', () => {
    const account = given(open(), plan('g1', '100'), { type: 'hold.create', holdId: 'h1', amount: '60' });
    expect(account.when(reset({ grants: hundred, rollover: { percent: 100 } }))).toMatchObject({
      balance: '200',
      held: '60',
      available: '140',
    });
    expect(account.when({ type: 'hold.capture', holdId: 'h1', amount: '50', final: true })).toMatchObject({
      applied: '-60',
      available: '140',
    });
  });

  it('carries nothing that has lapsed', () => {
    const account = given(open(), plan('g1', '100', { expiresAt: START + DAY }));
    expect(account.when(reset({ grants: hundred, rollover: { percent: 100 } }), START + DAY + 1)).toMatchObject({
      applied: '0',
      available: '100',
    });
  });

  it('makes several grants, each as it is described', () => {
    const account = given(open());
    account.given(
      reset({
        grants: [
          { grantId: 'monthly', amount: '100', expiresAt: START + DAY },
          { grantId: 'extra', amount: '5', kind: 'promotional', name: 'thanks', metadata: { a: '1' } },
        ],
      }),
    );
    expect(account.grant('monthly')).toMatchObject({ kind: 'plan', expiresAt: START + DAY });
    expect(account.grant('extra')).toMatchObject({
      kind: 'promotional',
      texts: { name: 'thanks', metadata: { a: '1' } },
    });
  });

  it('repays debt first', () => {
    expect(given(open('-30')).when(reset({ grants: hundred }))).toMatchObject({ available: '70' });
  });

  it('is all or nothing: an id that is taken, or given twice, and nothing is reset', () => {
    const account = given(open(), plan('g1', '100'));
    const taken = [{ grantId: 'g1', amount: '5' }];
    const twice = [
      { grantId: 'x', amount: '5' },
      { grantId: 'x', amount: '5' },
    ];
    expect(account.when(reset({ grants: taken })).code).toBe('GRANT_EXISTS');
    expect(account.when(reset({ grants: twice })).code).toBe('GRANT_EXISTS');
    expect(account.when(reset({ grants: hundred, rollover: { percent: 1, cap: '0.5' } })).code).toBe(
      'AMOUNT_PRECISION',
    );
    expect(account.has().balance).toBe('100');
  });

  it('with grants that are too large together is BALANCE_OVERFLOW, also when they are all to come', () => {
    const large = { amount: '9000000000000000000', effectiveAt: START + DAY };
    const account = given(open());
    expect(account.when(reset({ grants: [large, large] })).code).toBe('BALANCE_OVERFLOW');
    expect(account.when(reset({ grants: [large] })).code).toBe('APPLIED');
  });
});

describe('account.reset with a value', () => {
  it('carries a share of what the base holds above 0; then the base is the value', () => {
    const account = given(open('100'), debit('20'));
    expect(account.when(reset({ value: '100', rollover: quarter, id: 'feb' }))).toMatchObject({
      requested: '100',
      applied: '40',
      available: '120',
      allocations: { base: '20', grant_feb_0: '20' },
    });
    account.given(debit('20'));
    expect(account.when(reset({ value: '100', rollover: quarter })).available).toBe('125');
  });

  it('forgives debt, and carries none', () => {
    expect(given(open('-30')).when(reset({ value: '100', rollover: quarter })).available).toBe('100');
  });

  it('ends the last carry and leaves all other grants', () => {
    const account = given(open('100'), plan('g1', '7'), reset({ value: '0', rollover: quarter }));
    expect(account.has().available).toBe('32');
    expect(account.when(reset({ value: '0' })).available).toBe('7');
  });

  it('leaves held credits with their holds', () => {
    const account = given(open('100'), { type: 'hold.create', holdId: 'h1', amount: '30' });
    expect(account.when(reset({ value: '50', rollover: { percent: 100 } }))).toMatchObject({
      balance: '150',
      held: '30',
      available: '120',
    });
  });

  it('does not limit an unlimited account: ACCOUNT_UNLIMITED; grants are made there', () => {
    expect(given(open(null)).when(reset({ value: '5' })).code).toBe('ACCOUNT_UNLIMITED');
    expect(given(open(null)).when(reset({ grants: hundred }))).toMatchObject({
      code: 'APPLIED',
      applied: '100',
      balance: null,
    });
  });
});

describe('account.reset makes each id once', () => {
  it.each([
    [
      'another of its grants',
      [
        { grantId: 'twice', amount: '5' },
        { grantId: 'twice', amount: '5' },
      ],
    ],
    ['the id derived for another of its grants', [{ grantId: 'grant_r_1', amount: '5' }, { amount: '5' }]],
    ['the id derived for what is carried', [{ grantId: 'grant_r_1', amount: '5' }]],
  ])('refuses a grant with the id of %s', (_, grants) => {
    const account = given(open(), plan('g1', '100'));
    expect(account.when(reset({ id: 'r', grants, rollover: { percent: 100 } })).code).toBe('GRANT_EXISTS');
    expect(account.has().balance).toBe('100');
  });
});
