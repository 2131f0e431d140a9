import { MINOR_MAX } from '../account.js';
import type { InsufficientPolicy } from '../command.js';
import { given, givenType, type Said, START } from '../testing/scenario.js';

const open = (initial: string | null, settings: object = {}): Said => ({ type: 'account.open', initial, ...settings });
const delta = (amount: string, onInsufficient?: InsufficientPolicy): Said => ({
  type: 'credit.delta',
  delta: amount,
  onInsufficient,
});

describe('credit.delta', () => {
  it('adds', () => {
    expect(given(open('5')).when(delta('3'))).toMatchObject({
      code: 'APPLIED',
      requested: '3',
      applied: '3',
      balance: '8',
    });
  });

  it('subtracts', () => {
    expect(given(open('5')).when(delta('-5'))).toMatchObject({ code: 'APPLIED', applied: '-5', balance: '0' });
  });

  it('says which part came from the base', () => {
    expect(given(open('5')).when(delta('-3')).decision).toMatchObject({
      allocations: [{ grantId: null, amount: -3n }],
    });
  });

  it('of 0 changes nothing but the version', () => {
    expect(given(open('5')).when(delta('0'))).toMatchObject({
      code: 'NO_CHANGE',
      requested: '0',
      applied: '0',
      version: '2',
    });
  });

  it('keeps decimals exactly at the scale of the credit type', () => {
    const money = { id: 'eur', scale: 2, burnOrder: 'priority' } as const;
    const account = givenType(money, open('0.1'));
    expect(account.when(delta('0.2'))).toMatchObject({ applied: '0.2', balance: '0.3' });
    expect(account.when(delta('0.001'))).toMatchObject({ code: 'AMOUNT_PRECISION', requested: '0.001' });
  });

  it('that makes the balance too large is refused and changes nothing', () => {
    const account = given(open(String(MINOR_MAX)));
    expect(account.when(delta('1')).code).toBe('BALANCE_OVERFLOW');
    expect(account.when(delta('9223372036854775808')).code).toBe('BALANCE_OVERFLOW');
    expect(account.account).toMatchObject({ balance: MINOR_MAX, version: 1n });
  });

  it('that makes a debt too large is refused', () => {
    expect(given(open('-9223372036854775808')).when(delta('-1', 'allow')).code).toBe('BALANCE_OVERFLOW');
  });

  describe('with floor policy', () => {
    it('reject: takes nothing when there is too little, and says what there is', () => {
      const outcome = given(open('2')).when(delta('-3', 'reject'));
      expect(outcome).toMatchObject({ code: 'INSUFFICIENT_CREDITS', requested: '-3' });
      expect(outcome.message).toContain('2 available');
      expect(outcome.decision).toMatchObject({ details: { available: '2', floor: '0' }, before: { balance: 2n } });
    });

    it('clamp: takes what is there', () => {
      expect(given(open('2')).when(delta('-3', 'clamp'))).toMatchObject({
        code: 'APPLIED_PARTIALLY',
        requested: '-3',
        applied: '-2',
        balance: '0',
      });
    });

    it('clamp: takes nothing where nothing is there, and gives nothing below the floor', () => {
      expect(given(open('0')).when(delta('-3', 'clamp'))).toMatchObject({ code: 'APPLIED_PARTIALLY', applied: '0' });
      expect(given(open('-7')).when(delta('-3', 'clamp'))).toMatchObject({ applied: '0', balance: '-7' });
    });

    it('allow: goes below 0 without bound', () => {
      expect(given(open('2')).when(delta('-300', 'allow'))).toMatchObject({ code: 'APPLIED', balance: '-298' });
    });

    it('downTo: allows an overdraft to there and no further, all or nothing', () => {
      const account = given(open('2'));
      expect(account.when(delta('-103', { downTo: '-100' })).code).toBe('INSUFFICIENT_CREDITS');
      expect(account.when(delta('-102', { downTo: '-100' }))).toMatchObject({ code: 'APPLIED', balance: '-100' });
    });

    it('of the command goes before that of the account, and that before reject', () => {
      expect(given(open('2')).when(delta('-3')).code).toBe('INSUFFICIENT_CREDITS');
      const clamping = given(open('2', { onInsufficient: 'clamp' }));
      expect(clamping.when(delta('-3', 'reject')).code).toBe('INSUFFICIENT_CREDITS');
      expect(clamping.when(delta('-3'))).toMatchObject({ code: 'APPLIED_PARTIALLY', applied: '-2' });
    });

    it('reject and clamp stop at the floor of the account, above and below 0', () => {
      expect(given(open('10', { floor: '4' })).when(delta('-7')).code).toBe('INSUFFICIENT_CREDITS');
      expect(given(open('10', { floor: '4' })).when(delta('-7', 'clamp')).balance).toBe('4');
      expect(given(open('10', { floor: '-4' })).when(delta('-14')).balance).toBe('-4');
    });

    it('never stops an addition, which repays debt first', () => {
      expect(given(open('-50')).when(delta('20'))).toMatchObject({ code: 'APPLIED', balance: '-30' });
    });

    it('with a downTo of too many decimals is refused', () => {
      expect(given(open('2')).when(delta('-1', { downTo: '-0.5' })).code).toBe('AMOUNT_PRECISION');
    });
  });

  it('is refused on an unlimited account, also when it is 0', () => {
    for (const amount of ['1', '-1', '0']) expect(given(open(null)).when(delta(amount)).code).toBe('ACCOUNT_UNLIMITED');
  });

  it("happens at the log's time, but never before the account's last entry", () => {
    const account = given(open('5'));
    expect(account.when(delta('1'), START + 10).decision).toMatchObject({ at: START + 10 });
    expect(account.when(delta('1'), START + 5).decision).toMatchObject({ at: START + 10 });
    expect(account.when(delta('-100'), START + 5).decision).toMatchObject({ at: START + 10 });
    expect(account.account).toMatchObject({ createdAt: START, updatedAt: START + 10, version: 3n });
  });

  it('a hundred times -1 on 50: exactly 50 are applied with reject, and 50 credits are taken with clamp', () => {
    const rejecting = given(open('50'));
    const codes = Array.from({ length: 100 }, () => rejecting.when(delta('-1')).code);
    expect(codes.filter((code) => code === 'APPLIED')).toHaveLength(50);
    expect(rejecting.has().balance).toBe('0');
    const clamping = given(open('50'));
    const taken = Array.from({ length: 100 }, () => Number(clamping.when(delta('-1', 'clamp')).applied));
    expect(taken.reduce((sum, one) => sum + one, 0)).toBe(-50);
    expect(clamping.has().balance).toBe('0');
  });

  it('racing a set to unlimited ends unlimited in either order, never at 0', () => {
    const unlimited: Said = { type: 'credit.set', value: null };
    const first = given(open('5'), unlimited);
    expect(first.when(delta('-5')).code).toBe('ACCOUNT_UNLIMITED');
    expect(first.has().balance).toBeNull();
    expect(given(open('5'), delta('-5'), unlimited).has().balance).toBeNull();
  });
});
