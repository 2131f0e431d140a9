import { MINOR_MAX, MINOR_MIN } from '../account.js';
import { given, type Said } from '../testing/scenario.js';

const open = (initial: string | null, settings: object = {}): Said => ({ type: 'account.open', initial, ...settings });
const set = (value: string | null): Said => ({ type: 'credit.set', value });
const daily = { refill: { interval: 'daily', amount: '9' } };

describe('credit.set', () => {
  it('makes the value what is available; applied is the difference', () => {
    expect(given(open('7')).when(set('1000'))).toMatchObject({
      code: 'APPLIED',
      requested: '1000',
      applied: '993',
      available: '1000',
    });
    expect(given(open('7')).when(set('0'))).toMatchObject({ applied: '-7', balance: '0' });
  });

  it('to what is there already is NO_CHANGE', () => {
    expect(given(open('7')).when(set('7'))).toMatchObject({ code: 'NO_CHANGE', applied: '0', version: '2' });
  });

  it('is not held back by a floor', () => {
    expect(given(open('7', { floor: '5' })).when(set('-3'))).toMatchObject({ code: 'APPLIED', balance: '-3' });
  });

  it('null makes unlimited: the base is dropped and the refill cleared', () => {
    const account = given(open('7', daily));
    expect(account.when(set(null))).toMatchObject({ code: 'APPLIED', applied: '-7', balance: null, available: null });
    expect(account.account).toMatchObject({ unlimited: true, base: 0n, balance: 0n, refill: null });
  });

  it('null on an unlimited account is NO_CHANGE, or clears a refill that was configured meanwhile', () => {
    expect(given(open(null)).when(set(null)).code).toBe('NO_CHANGE');
    expect(given(open(null, daily)).when(set(null)).code).toBe('APPLIED');
  });

  it('a number makes an unlimited account limited, also 0', () => {
    expect(given(open(null)).when(set('0'))).toMatchObject({ code: 'APPLIED', applied: '0', balance: '0' });
    expect(given(open('5'), set(null)).when(set('12'))).toMatchObject({ applied: '12', balance: '12' });
  });

  it('to a number that could not be told any more once the grants have expired is refused', () => {
    const account = given(
      open('0', { floor: String(MINOR_MIN) }),
      { type: 'hold.create', holdId: 'h1', amount: '1' },
      { type: 'grant.create', grantId: 'g1', amount: '1' },
    );
    expect(account.when(set(String(MINOR_MIN))).code).toBe('BALANCE_OVERFLOW');
    expect(account.when(set(String(MINOR_MIN + 1n)))).toMatchObject({
      code: 'APPLIED',
      available: String(MINOR_MIN + 1n),
    });
  });

  it('null is refused where the grants alone are more than a balance can be', () => {
    const all = String(MINOR_MAX);
    const account = given(
      open('0'),
      { type: 'grant.create', grantId: 'g1', amount: all },
      { type: 'credit.delta', delta: `-${all}`, id: 'spent' },
      { type: 'grant.create', grantId: 'g2', amount: all },
      set('0'),
      { type: 'credit.reverse', reverses: 'spent' },
    );
    expect(account.when(set(null)).code).toBe('BALANCE_OVERFLOW');
  });

  it('that would have to move more than an amount can be is refused', () => {
    expect(given(open('-9223372036854775808')).when(set(String(MINOR_MAX))).code).toBe('BALANCE_OVERFLOW');
    expect(given(open('-9223372036854775808')).when(set(null)).code).toBe('BALANCE_OVERFLOW');
    expect(given(open('0')).when(set('0.5')).code).toBe('AMOUNT_PRECISION');
  });
});
