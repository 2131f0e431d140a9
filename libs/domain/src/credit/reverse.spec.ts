import type { ReverseEntry } from '../command.js';
import { decide } from '../decide.js';
import { command, DAY, given, type Said, START } from '../testing/scenario.js';

const open = (initial: string | null = '0', settings: object = {}): Said => ({
  type: 'account.open',
  initial,
  ...settings,
});
const grant = (grantId: string, amount: string, fields: object = {}): Said => ({
  type: 'grant.create',
  grantId,
  amount,
  ...fields,
});
const delta = (amount: string, fields: object = {}): Said => ({
  type: 'credit.delta',
  id: 'original',
  delta: amount,
  ...fields,
});
const reverse = (fields: Partial<ReverseEntry> = {}): Said => ({
  type: 'credit.reverse',
  reverses: 'original',
  ...fields,
});

describe('credit.reverse of what was taken', () => {
  const spent = [
    open('10'),
    grant('g1', '50', { priority: 1, expiresAt: START + DAY }),
    grant('g2', '30', { priority: 2 }),
    delta('-85'),
  ];

  it('gives all of it back to the same grants and the base, keeping expiry', () => {
    const account = given(...spent);
    expect(account.when(reverse())).toMatchObject({
      code: 'APPLIED',
      requested: '85',
      applied: '85',
      available: '90',
      allocations: { base: '5', g2: '30', g1: '50' },
      decision: { cause: 'reversal', reverses: { commandId: 'original', amount: 85n } },
    });
    expect(account.grant('g1')).toMatchObject({
      status: 'open',
      remaining: 50n,
      expiresAt: START + DAY,
      dueAt: START + DAY,
    });
  });

  it('gives a part back, newest allocation first, and goes on where the last part stopped', () => {
    const account = given(...spent);
    expect(account.when(reverse({ amount: '7' })).allocations).toEqual({ base: '5', g2: '2' });
    expect(account.when(reverse({ amount: '30' })).allocations).toEqual({ g2: '28', g1: '2' });
    expect(account.when(reverse()).allocations).toEqual({ g1: '48' });
  });

  it('never gives back more than was taken, all reversals together', () => {
    const account = given(...spent, reverse({ amount: '80' }));
    expect(account.when(reverse({ amount: '6' }))).toMatchObject({ code: 'REVERSAL_EXCEEDS_ORIGINAL', requested: '6' });
    expect(account.when(reverse({ amount: '5' })).code).toBe('APPLIED');
    expect(account.when(reverse()).code).toBe('REVERSAL_EXCEEDS_ORIGINAL');
  });

  it('ten times the whole original: one is applied', () => {
    const account = given(...spent);
    const codes = Array.from({ length: 10 }, () => account.when(reverse()).code);
    expect(codes.filter((code) => code === 'APPLIED')).toHaveLength(1);
    expect(codes.filter((code) => code === 'REVERSAL_EXCEEDS_ORIGINAL')).toHaveLength(9);
  });

  it('two refunds with different ids are two refunds', () => {
    const account = given(...spent, reverse({ amount: '5' }), reverse({ amount: '5' }));
    expect(account.has().balance).toBe('15');
  });

  it('of a clamped delta gives back what was taken, not what was asked for', () => {
    const account = given(open('10'), delta('-30', { onInsufficient: 'clamp' }));
    expect(account.when(reverse({ amount: '11' })).code).toBe('REVERSAL_EXCEEDS_ORIGINAL');
    expect(account.when(reverse()).applied).toBe('10');
  });

  describe('from a grant that has ended meanwhile', () => {
    it.each([
      ['expired', true],
      ['lapsed', false],
    ])('(%s) gives an adjustment grant for 30 days', (_, expires) => {
      const account = given(...spent);
      const later = START + DAY + 1;
      if (expires) account.schedulerRuns(later);
      expect(account.when(reverse({ id: 'refund' }), later)).toMatchObject({
        code: 'APPLIED',
        applied: '85',
        allocations: { base: '5', g2: '30', grant_refund_0: '50' },
      });
      expect(account.grant('grant_refund_0')).toMatchObject({
        kind: 'adjustment',
        amount: 50n,
        sourceGrantId: 'g1',
        expiresAt: later + 30 * DAY,
      });
    });

    it('(voided) gives an adjustment grant as well', () => {
      const account = given(...spent, { type: 'grant.void', grantId: 'g2' });
      account.given(reverse({ id: 'refund' }));
      expect(account.grant('grant_refund_0')).toMatchObject({ amount: 30n, sourceGrantId: 'g2' });
    });

    it('gives it for as many days as are configured', () => {
      const { ledger } = given(...spent, { type: 'grant.void', grantId: 'g2' });
      const refund = command(reverse({ id: 'refund' }));
      const decision = decide({ ...ledger.stateFor(refund), adjustmentDays: 7 }, refund, START);
      const grants = decision.status === 'applied' ? decision.grants : [];
      expect(grants.find(({ kind }) => kind === 'adjustment')).toMatchObject({
        amount: 30n,
        expiresAt: START + 7 * DAY,
      });
    });

    it('gives nothing for it with "forfeit", and that part is used up', () => {
      const account = given(...spent, { type: 'grant.void', grantId: 'g2' });
      expect(account.when(reverse({ onExpiredGrant: 'forfeit' }))).toMatchObject({
        code: 'APPLIED_PARTIALLY',
        requested: '85',
        applied: '55',
      });
      expect(account.when(reverse()).code).toBe('REVERSAL_EXCEEDS_ORIGINAL');
    });
  });
});

describe('credit.reverse of what was given', () => {
  it('takes it back', () => {
    expect(given(open('5'), delta('30')).when(reverse())).toMatchObject({
      applied: '-30',
      available: '5',
      requested: '30',
    });
  });

  it('takes from where it went as far as it is there, then in burn order', () => {
    const account = given(open('0'), delta('30'), grant('g1', '50'));
    expect(account.when(reverse({ amount: '10' })).allocations).toEqual({ base: '-10' });
    account.given({ type: 'credit.delta', delta: '-60' });
    expect(account.has().available).toBe('10');
    account.given(grant('g2', '20'));
    expect(account.when(reverse()).allocations).toEqual({ base: '-10', g2: '-10' });
  });

  it('keeps to the floor policy: the command’s, the account’s, reject', () => {
    const spent = [delta('30'), { type: 'credit.delta', delta: '-25' }] as const;
    expect(given(open('0'), ...spent).when(reverse()).code).toBe('INSUFFICIENT_CREDITS');
    expect(given(open('0', { onInsufficient: 'allow' }), ...spent).when(reverse()).balance).toBe('-25');
    const clamped = given(open('0'), ...spent);
    expect(clamped.when(reverse({ onInsufficient: 'clamp' }))).toMatchObject({
      code: 'APPLIED_PARTIALLY',
      applied: '-5',
    });
    expect(clamped.when(reverse({ amount: '26', onInsufficient: 'allow' })).code).toBe('REVERSAL_EXCEEDS_ORIGINAL');
    expect(clamped.when(reverse({ amount: '25', onInsufficient: 'allow' })).balance).toBe('-25');
  });
});

describe('credit.reverse', () => {
  it('of a capture gives back to the grants, not to the hold', () => {
    const account = given(open('10'), grant('g1', '30'), { type: 'hold.create', holdId: 'h1', amount: '40' });
    account.given({ type: 'hold.capture', holdId: 'h1', amount: '35', id: 'original', final: true });
    expect(account.when(reverse())).toMatchObject({
      applied: '35',
      available: '40',
      held: '0',
      allocations: { base: '5', g1: '30' },
    });
  });

  it('of a set undoes the difference', () => {
    const account = given(open('10'), { type: 'credit.set', value: '100', id: 'original' });
    expect(account.when(reverse())).toMatchObject({ applied: '-90', available: '10' });
    const dropped = given(open('10'), { type: 'credit.set', value: '3', id: 'original' });
    expect(dropped.when(reverse({ amount: '2' }))).toMatchObject({ applied: '2', available: '5' });
  });

  it('of a reset undoes what it added or took altogether', () => {
    const plan = [open('0'), grant('old', '30', { kind: 'plan' })];
    const more: Said = {
      type: 'account.reset',
      period: 'p',
      grants: [{ grantId: 'new', amount: '100' }],
      id: 'original',
    };
    const account = given(...plan, more);
    expect(account.when(reverse())).toMatchObject({ applied: '-70', available: '30', allocations: { new: '-70' } });
    const less: Said = {
      type: 'account.reset',
      period: 'p',
      grants: [{ grantId: 'new', amount: '10' }],
      id: 'original',
    };
    const smaller = given(...plan, less);
    expect(smaller.when(reverse({ id: 'r' }))).toMatchObject({
      applied: '20',
      available: '30',
      allocations: { grant_r_0: '20' },
    });
  });

  it('of an entry that moved nothing is NO_CHANGE', () => {
    expect(given(open('10'), delta('0')).when(reverse())).toMatchObject({ code: 'NO_CHANGE', applied: '0' });
    expect(given(open('10'), delta('0')).when(reverse({ amount: '1' })).code).toBe('REVERSAL_EXCEEDS_ORIGINAL');
  });

  it('of an unknown or rejected command, or one of another account, is ORIGINAL_NOT_FOUND', () => {
    expect(given(open()).when(reverse()).code).toBe('ORIGINAL_NOT_FOUND');
    const account = given(open('5'), { type: 'account.open', accountId: 'key_2' });
    account.when(delta('-6'));
    expect(account.when(reverse()).code).toBe('ORIGINAL_NOT_FOUND');
    account.when({ ...delta('-5'), id: 'other' });
    expect(account.when(reverse({ reverses: 'other', accountId: 'key_2' })).code).toBe('ORIGINAL_NOT_FOUND');
  });

  it.each<Said>([
    { type: 'credit.reverse', reverses: 'first' },
    { type: 'grant.create', amount: '5' },
    { type: 'hold.create', amount: '5' },
    { type: 'account.configure', floor: '-1' },
  ])('of anything but a delta, set, capture or reset is NOT_REVERSIBLE: $type', (said) => {
    const account = given(
      open('5'),
      { type: 'credit.delta', id: 'first', delta: '-5' },
      { type: 'credit.delta', delta: '5' },
    );
    account.given({ ...said, id: 'original' });
    expect(account.when(reverse()).code).toBe('NOT_REVERSIBLE');
  });

  it('on an unlimited account is ACCOUNT_UNLIMITED', () => {
    expect(given(open('5'), delta('-5'), { type: 'credit.set', value: null }).when(reverse()).code).toBe(
      'ACCOUNT_UNLIMITED',
    );
  });
});
