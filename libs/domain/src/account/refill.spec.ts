import { DAY, given, type Said, START } from '../testing/scenario.js';

const daily = { interval: 'daily', amount: '1000' } as const;
const monthly = (refillDay: number) => ({ interval: 'monthly', amount: '1000', refillDay }) as const;
const open = (initial: string | null, refill: object = daily): Said =>
  ({ type: 'account.open', initial, refill }) as Said;
const refill = (date: string): Said => ({ type: 'account.refill', date });

describe('account.refill', () => {
  it('worked example: 1000 at 100 becomes 1000; at 1000 and 1500 it stays', () => {
    expect(given(open('100')).when(refill('2026-01-31'))).toMatchObject({
      code: 'APPLIED',
      requested: '1000',
      applied: '900',
      available: '1000',
      allocations: { base: '900' },
      decision: { cause: 'refill' },
    });
    for (const initial of ['1000', '1500']) {
      expect(given(open(initial)).when(refill('2026-01-31'))).toMatchObject({ code: 'NO_CHANGE', balance: initial });
    }
  });

  it('of a date twice has one effect', () => {
    const account = given(open('100'), refill('2026-01-31'), { type: 'credit.delta', delta: '-300' });
    account.when(refill('2026-01-31'));
    expect(account.has().balance).toBe('700');
  });

  it('fills up what is available, whatever is held or owed', () => {
    const account = given(open('100'), { type: 'hold.create', holdId: 'h1', amount: '60' }, refill('2026-01-31'));
    expect(account.has()).toEqual({ balance: '1060', held: '60', available: '1000' });
    expect(given(open('-50')).when(refill('2026-01-31')).applied).toBe('1050');
  });

  it('leaves unlimited accounts alone', () => {
    expect(given(open(null)).when(refill('2026-01-31'))).toMatchObject({ code: 'NO_CHANGE', balance: null });
  });

  it('worked example: day 31 runs on February 28, in leap years on the 29th', () => {
    const account = given(open('0', monthly(31)));
    expect(account.when(refill('2026-02-27'), Date.UTC(2026, 1, 28)).status).toBe('not-due');
    expect(account.when(refill('2026-02-28'), Date.UTC(2026, 1, 28)).code).toBe('APPLIED');
    expect(account.when(refill('2028-02-28'), Date.UTC(2028, 2, 1)).status).toBe('not-due');
    expect(account.when(refill('2028-02-29'), Date.UTC(2028, 2, 1)).code).toBe('NO_CHANGE');
  });

  it('is due from 00:00 UTC of the date, also a date before the account was opened', () => {
    expect(given(open('0')).when(refill('2026-02-01'), Date.UTC(2026, 1, 1) - 1).status).toBe('not-due');
    expect(given(open('0')).when(refill('2026-02-01'), Date.UTC(2026, 1, 1)).code).toBe('APPLIED');
    expect(given(open('0')).when(refill('2025-06-01')).code).toBe('APPLIED');
  });

  it('is not due without a refill, or an account, and leaves no entry', () => {
    expect(given({ type: 'account.open' }).when(refill('2026-01-31')).status).toBe('not-due');
    expect(given().when(refill('2026-01-31')).status).toBe('not-due');
    expect(given(open('5'), { type: 'credit.set', value: null }).when(refill('2026-01-31')).status).toBe('not-due');
  });

  it('is done by the scheduler at every date from the day after opening, missed ones late and as themselves', () => {
    const account = given(open('0', monthly(30)));
    expect(account.account?.refillDueOn).toBe('2026-02-28');
    const runs = account.schedulerRuns(Date.UTC(2026, 3, 10), true);
    expect(runs.map(({ code }) => code)).toEqual(['APPLIED', 'NO_CHANGE']);
    expect(account.account?.refillDueOn).toBe('2026-04-30');
  });

  it('of a later date by hand leaves the scheduler nothing to do before it', () => {
    const account = given(open('0'), [START + 5 * DAY, refill('2026-02-04')]);
    expect(account.account?.refillDueOn).toBe('2026-02-05');
  });

  it('begins anew when it is configured, stops when it is cleared, and stays when it is not named', () => {
    const account = given(open('0'), { type: 'account.configure', refill: monthly(15) });
    expect(account.account?.refillDueOn).toBe('2026-02-15');
    account.given([START + DAY, { type: 'account.configure', floor: '-1' }]);
    expect(account.account?.refillDueOn).toBe('2026-02-15');
    account.given({ type: 'account.configure', refill: null });
    expect(account.account?.refillDueOn).toBeNull();
  });

  it('runs on a frozen account; on a closed one it is NO_CHANGE and comes no more', () => {
    const status = (value: 'frozen' | 'closed'): Said => ({ type: 'account.configure', status: value });
    expect(given(open('0'), status('frozen')).when(refill('2026-01-31')).code).toBe('APPLIED');
    const closed = given(open('0'), status('closed'));
    expect(closed.schedulerRuns(START + 9 * DAY)).toMatchObject([
      { code: 'NO_CHANGE', decision: { details: { code: 'ACCOUNT_CLOSED' } } },
    ]);
  });

  it('that would be too much is NO_CHANGE and moves on', () => {
    const account = given(open('9223372036854775807'), {
      type: 'hold.create',
      amount: '9223372036854775807',
      expiresAt: START + DAY,
    });
    expect(account.when(refill('2026-02-01'), START + DAY)).toMatchObject({
      code: 'NO_CHANGE',
      decision: { details: { code: 'BALANCE_OVERFLOW' } },
    });
    expect(account.account?.refillDueOn).toBe('2026-02-02');
  });
});

describe('a refill with a time zone', () => {
  const tokyo = { ...daily, timeZone: 'Asia/Tokyo' } as const;
  const at = (text: string): number => Date.parse(text);

  it('runs at midnight in its zone, for a date of its zone', () => {
    // START is 2026-01-31 in both, 10 hours before midnight in Tokyo.
    const account = given(open('0', tokyo));
    const first = account.account?.refillDueOn ?? '';
    const due = at(`${first}T00:00:00+09:00`);
    expect(account.when(refill(first), due - 1).status).toBe('not-due');
    expect(account.when(refill(first), due)).toMatchObject({ code: 'APPLIED', applied: '1000' });
    expect(account.ledger.due(due + DAY - 1)).toEqual([]);
    expect(account.ledger.due(due + DAY)).toMatchObject([{ type: 'account.refill' }]);
  });

  it('of UTC is one without', () => {
    const account = given(open('5', { ...daily, timeZone: 'UTC' }));
    expect(account.when(open('5')).code).toBe('NO_CHANGE');
    expect(account.when(open('5', tokyo)).code).toBe('ACCOUNT_EXISTS');
  });

  it('runs at the first instant of a date whose midnight the clocks skip', () => {
    const account = given([at('2018-11-03T12:00:00Z'), open('0', { ...daily, timeZone: 'America/Sao_Paulo' })]);
    expect(account.account?.refillDueOn).toBe('2018-11-04');
    expect(account.when(refill('2018-11-04'), at('2018-11-04T03:00:00Z') - 1).status).toBe('not-due');
    expect(account.when(refill('2018-11-04'), at('2018-11-04T03:00:00Z')).code).toBe('APPLIED');
  });

  it('never waits for a date that another zone has had: its id would be known, and the account stuck', () => {
    const noon = at('2026-06-01T16:00:00Z');
    const account = given([noon, open('0', tokyo)], [noon, refill('2026-06-02')]);
    const honolulu = { ...daily, timeZone: 'Pacific/Honolulu' } as const;
    account.given([noon + 1, { type: 'account.configure', refill: null }]);
    account.given([noon + 2, { type: 'account.configure', refill: honolulu }]);
    expect(account.account?.refillDueOn).toBe('2026-06-03');
  });
});
