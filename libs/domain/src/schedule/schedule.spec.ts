import type { CreateSchedule } from '../command.js';
import { DAY, given, givenType, HOUR, type Said, START } from '../testing/scenario.js';

const open: Said = { type: 'account.open' };
const schedule = (fields: Partial<CreateSchedule> = {}): Said => ({
  type: 'schedule.create',
  scheduleId: 's1',
  amount: '100',
  cadence: 'recurring',
  period: 'monthly',
  ...fields,
});
const once = (fields: Partial<CreateSchedule> = {}): Said =>
  schedule({ cadence: 'one_time', period: undefined, ...fields });
const at = (text: string): number => Date.parse(`${text}T12:00:00Z`);
const debit = (amount: string): Said => ({ type: 'credit.delta', delta: `-${amount}` });

describe('schedule.create', () => {
  it('gives nothing by itself; each period is given by its own command when it starts', () => {
    const account = given(open);
    expect(account.when(schedule())).toMatchObject({ code: 'APPLIED', applied: '0', decision: { scheduleId: 's1' } });
    expect(account.schedulerRuns(START)).toMatchObject([
      { code: 'APPLIED', requested: '100', applied: '100', decision: { cause: 'schedule', scheduleId: 's1' } },
    ]);
    expect(account.schedulerRuns(at('2026-02-28') - 1)).toEqual([]);
    expect(account.schedulerRuns(at('2026-02-28'))).toHaveLength(1);
  });

  it('makes grants with its kind, name, priority, metadata and expiry, effective from the start of the period', () => {
    const account = given(
      open,
      schedule({
        name: 'Pro',
        priority: 3,
        metadata: { a: '1' },
        kind: 'free',
        expiry: { type: 'duration', count: 1, unit: 'weeks' },
      }),
    );
    account.schedulerRuns(START + HOUR);
    expect([...account.ledger.grants.values()]).toMatchObject([
      {
        kind: 'free',
        priority: 3,
        texts: { name: 'Pro', metadata: { a: '1' } },
        scheduleId: 's1',
        effectiveAt: START,
        expiresAt: START + 7 * DAY,
        amount: 100n,
      },
    ]);
  });

  it('counts periods from the anchor: January 31, February 28, March 31', () => {
    const account = given(open, schedule());
    account.schedulerRuns(at('2026-05-15'));
    const starts = [...account.ledger.grants.values()].map(({ effectiveAt }) => effectiveAt);
    expect(starts).toEqual([START, at('2026-02-28'), at('2026-03-31'), at('2026-04-30')]);
  });

  it('begins with the first period of the anchor that is not before the start', () => {
    const account = given(open, schedule({ anchor: at('2026-03-15'), start: START }));
    expect(account.schedule('s1')).toMatchObject({ nextIndex: -1, nextStart: at('2026-02-15') });
  });

  it('that is one-time gives once, at its start', () => {
    const account = given(open, once({ start: START + DAY }));
    expect(account.schedulerRuns(START + DAY - 1)).toEqual([]);
    expect(account.schedulerRuns(START + 400 * DAY)).toHaveLength(1);
    expect(account.schedule('s1')).toMatchObject({ status: 'completed', dueAt: null });
  });

  it('gives no period that starts at or after its end', () => {
    const account = given(open, schedule({ end: at('2026-03-31') }));
    expect(account.schedulerRuns(at('2027-01-01'))).toHaveLength(2);
    expect(account.schedule('s1').status).toBe('completed');
    expect(given(open, schedule({ end: START })).schedule('s1').status).toBe('completed');
  });

  it('keeps the hour of its time zone through daylight saving time', () => {
    const account = given(
      open,
      schedule({ period: 'daily', start: Date.parse('2026-03-28T08:00:00Z'), timeZone: 'Europe/Berlin' }),
    );
    account.schedulerRuns(Date.parse('2026-03-30T00:00:00Z'));
    const starts = [...account.ledger.grants.values()].map(({ effectiveAt }) => new Date(effectiveAt).toISOString());
    expect(starts).toEqual(['2026-03-28T08:00:00.000Z', '2026-03-29T07:00:00.000Z']);
  });

  it('begins with its start, also in the second of two hours that clocks show alike', () => {
    const start = Date.parse('2026-10-25T01:30:00Z');
    const account = given(open, schedule({ start, timeZone: 'Europe/Berlin' }));
    expect(account.schedule('s1')).toMatchObject({ nextIndex: 0, nextStart: start });
    account.schedulerRuns(start);
    expect(account.schedule('s1').nextStart).toBe(Date.parse('2026-11-25T01:30:00Z'));
  });

  it('with an id that is taken is SCHEDULE_EXISTS', () => {
    expect(given(open, schedule()).when(schedule()).code).toBe('SCHEDULE_EXISTS');
  });

  it("takes the credit type's default expiry and rollover where it does not say", () => {
    const creditType = {
      id: 'credits',
      scale: 0,
      burnOrder: 'priority',
      defaultExpiry: { type: 'period_end' },
      defaultRollover: { percent: 10, cap: null },
    } as const;
    const account = givenType(
      creditType,
      open,
      schedule(),
      schedule({ scheduleId: 's2', expiry: { type: 'never' }, rollover: null }),
    );
    expect(account.schedule('s1')).toMatchObject({ expiry: { type: 'period_end' }, rollover: { percent: 10 } });
    expect(account.schedule('s2')).toMatchObject({ expiry: { type: 'never' }, rollover: null });
  });

  it('refuses what no decoder lets through', () => {
    expect(() => given(open).when(schedule({ timeZone: 'Mars/Base' }))).toThrow('Mars/Base');
    expect(() => given(open).when(schedule({ period: undefined }))).toThrow('period');
    expect(() => given(open).when(schedule({ periodCount: 0 }))).toThrow('periodCount');
  });
});

describe('a period', () => {
  it('repays debt first', () => {
    const account = given({ type: 'account.open', initial: '-30' }, schedule());
    expect(account.schedulerRuns(START)).toMatchObject([{ available: '70' }]);
  });

  it('is not due before it starts, nor at another instant, nor twice', () => {
    const account = given(open, schedule({ start: START + DAY }));
    const apply = (periodStart: number): Said => ({ type: 'schedule.apply', scheduleId: 's1', periodStart });
    expect(account.when(apply(START + DAY), START + DAY - 1).status).toBe('not-due');
    expect(account.when(apply(START), START + DAY).status).toBe('not-due');
    expect(account.when(apply(START + DAY), START + DAY)).toMatchObject({ code: 'APPLIED', balance: '100' });
    account.when(apply(START + DAY), START + DAY);
    expect(account.has().balance).toBe('100');
  });

  it('that was missed is caught up, each as itself and in order', () => {
    const account = given(open, schedule());
    const runs = account.schedulerRuns(at('2026-04-15'), true);
    expect(runs.map(({ balance }) => balance)).toEqual(['100', '200', '300']);
    expect([...account.ledger.grants.values()].map(({ effectiveAt }) => effectiveAt)).toEqual([
      START,
      at('2026-02-28'),
      at('2026-03-31'),
    ]);
  });

  it('whose expiry is past already is skipped, which its entry says', () => {
    const account = given(open, schedule({ expiry: { type: 'period_end' } }));
    expect(account.schedulerRuns(at('2026-03-15'), true)).toMatchObject([
      {
        code: 'NO_CHANGE',
        applied: '0',
        decision: { details: { skipped: 'expired', expiresAt: '2026-02-28T12:00:00.000Z' } },
      },
      { code: 'APPLIED', applied: '100' },
    ]);
  });

  it('expires its grant at the start of the next one with period_end, also after the last', () => {
    const account = given(open, schedule({ expiry: { type: 'period_end' }, end: at('2026-03-01') }));
    account.schedulerRuns(at('2026-03-15'));
    expect(account.has().available).toBe('100');
    account.schedulerRuns(at('2026-04-01'));
    expect(account.has().balance).toBe('0');
  });

  it('expiry of one month from January 31 is February 28', () => {
    const account = given(open, once({ expiry: { type: 'duration', count: 1, unit: 'months' } }));
    account.schedulerRuns(START);
    expect([...account.ledger.grants.values()]).toMatchObject([{ expiresAt: at('2026-02-28') }]);
  });

  it('is given on a frozen account; a closed one ends the schedule with one NO_CHANGE', () => {
    const frozen = given(open, schedule(), { type: 'account.configure', status: 'frozen' });
    expect(frozen.schedulerRuns(START)).toMatchObject([{ code: 'APPLIED' }]);
    const closed = given(open, schedule(), { type: 'account.configure', status: 'closed' });
    expect(closed.schedulerRuns(at('2027-01-01'))).toMatchObject([
      { code: 'NO_CHANGE', decision: { details: { code: 'ACCOUNT_CLOSED' } } },
    ]);
    expect(closed.schedule('s1').status).toBe('ended');
  });

  it('that a rule stops is NO_CHANGE, and the next one follows', () => {
    const account = given({ type: 'account.open', initial: '9223372036854775807' }, schedule());
    expect(account.schedulerRuns(START)).toMatchObject([
      { code: 'NO_CHANGE', decision: { details: { code: 'BALANCE_OVERFLOW' } } },
    ]);
    expect(account.schedule('s1').nextStart).toBe(at('2026-02-28'));
  });
});

describe('rollover of a schedule', () => {
  const carrying = schedule({ rollover: { percent: 50 }, expiry: { type: 'period_end' } });

  it('carries a share of what remains at the next start; the rest expires', () => {
    const account = given(open, carrying);
    account.schedulerRuns(START);
    account.given(debit('40'));
    expect(account.schedulerRuns(at('2026-02-28'))).toMatchObject([{ applied: '70', available: '130' }]);
  });

  it('carries once: what was carried is gone at the next start', () => {
    const account = given(open, carrying);
    account.schedulerRuns(at('2026-02-28'));
    expect(account.has().available).toBe('150');
    account.schedulerRuns(at('2026-03-31'));
    expect(account.has().available).toBe('150');
  });

  it('carries at most the cap, rounded down', () => {
    const account = given(open, schedule({ rollover: { percent: 50, cap: '20' } }));
    account.schedulerRuns(at('2026-02-28'));
    expect(account.has().available).toBe('120');
    const odd = given(open, schedule({ amount: '33', rollover: { percent: 50 } }));
    odd.schedulerRuns(at('2026-02-28'));
    expect(odd.has().available).toBe('49');
  });

  it('takes the remains of the period as they were at its end, also when the scheduler is late', () => {
    const account = given(open, carrying);
    account.schedulerRuns(START);
    const late = at('2026-02-28') + HOUR;
    expect(account.has(late).available).toBe('0');
    expect(account.schedulerRuns(late, true)).toMatchObject([{ available: '150' }]);
  });

  it('carries nothing of a grant that expired before the next start', () => {
    const account = given(
      open,
      schedule({ rollover: { percent: 50 }, expiry: { type: 'duration', count: 7, unit: 'days' } }),
    );
    account.schedulerRuns(at('2026-02-28'));
    expect(account.has().available).toBe('100');
  });

  it('is what ends the grants of the period before: their own expiry is not due', () => {
    const account = given(open, carrying);
    account.schedulerRuns(START);
    const [id = ''] = account.ledger.grants.keys();
    const expire: Said = { type: 'grant.expire', grantId: id, expiresAt: at('2026-02-28') };
    expect(account.when(expire, at('2026-02-28') + HOUR).status).toBe('not-due');
    expect(account.schedulerRuns(at('2026-02-28') + HOUR, true)).toMatchObject([{ available: '150' }]);
  });

  it('ends a grant that was spent, so that a reversal after its period is an adjustment', () => {
    const account = given(open, carrying);
    account.schedulerRuns(START);
    account.given({ ...debit('100'), id: 'original' });
    account.schedulerRuns(at('2026-02-28'));
    account.given({ type: 'credit.reverse', reverses: 'original', amount: '40', id: 'refund' });
    expect(account.grant('grant_refund_0')).toMatchObject({ kind: 'adjustment', remaining: 40n });
  });

  it('leaves held credits with their hold', () => {
    const account = given(open, carrying);
    account.schedulerRuns(at('2026-02-28') - HOUR);
    account.given({ type: 'hold.create', holdId: 'h1', amount: '60', expiresAt: at('2026-02-28') + HOUR });
    expect(account.schedulerRuns(at('2026-02-28'))).toMatchObject([{ balance: '180', held: '60', available: '120' }]);
  });

  it('ended: the last grants expire by themselves at the end of their period', () => {
    const account = given(open, carrying);
    account.schedulerRuns(at('2026-02-28'));
    account.given({ type: 'schedule.end', scheduleId: 's1' });
    expect(account.has().available).toBe('150');
    account.schedulerRuns(at('2026-04-15'));
    expect(account.has()).toMatchObject({ balance: '0', available: '0' });
  });
});

describe('schedule.end', () => {
  const end = (instant?: number): Said => ({ type: 'schedule.end', scheduleId: 's1', end: instant });

  it('cancels what starts at or after the instant and takes nothing back', () => {
    const account = given(open, schedule());
    account.schedulerRuns(START);
    expect(account.when(end(at('2026-02-28')))).toMatchObject({ code: 'APPLIED', applied: '0' });
    expect(account.schedulerRuns(at('2027-01-01'))).toEqual([]);
    expect(account.has().balance).toBe('100');
    expect(account.schedule('s1').status).toBe('ended');
  });

  it('later lets the periods before it come', () => {
    const account = given(open, schedule(), end(at('2026-03-31')));
    expect(account.schedulerRuns(at('2027-01-01'))).toHaveLength(2);
  });

  it('without an instant means now, and cancels periods that are due and were not applied yet', () => {
    const account = given(open, schedule(), end());
    expect(account.schedulerRuns(at('2027-01-01'))).toEqual([]);
  });

  it('of an ended one is SCHEDULE_ENDED, of an unknown one SCHEDULE_NOT_FOUND', () => {
    expect(given(open, schedule(), end()).when(end()).code).toBe('SCHEDULE_ENDED');
    expect(given(open).when(end()).code).toBe('SCHEDULE_NOT_FOUND');
    const other: Said = { type: 'account.open', accountId: 'key_2' };
    expect(given(open, other, schedule()).when({ ...end(), accountId: 'key_2' }).code).toBe('SCHEDULE_NOT_FOUND');
  });

  it('wins against the command of a period it cancelled, which has no effect', () => {
    const account = given(open, schedule(), end());
    expect(account.when({ type: 'schedule.apply', scheduleId: 's1', periodStart: START })).toMatchObject({
      code: 'NO_CHANGE',
      decision: { details: { code: 'SCHEDULE_ENDED' } },
    });
  });
});

describe('schedule.update', () => {
  const update = (fields: object): Said => ({ type: 'schedule.update', scheduleId: 's1', ...fields });

  it('changes name, metadata and end; absent keeps, null clears', () => {
    const account = given(
      open,
      schedule({ name: 'a', metadata: { x: '1' } }),
      update({ name: null, end: at('2026-02-28') }),
    );
    expect(account.schedule('s1')).toMatchObject({
      name: null,
      metadata: { x: '1' },
      end: at('2026-02-28'),
      version: 2n,
    });
    expect(account.schedulerRuns(at('2027-01-01'))).toHaveLength(1);
  });

  it('of the end lets a completed schedule go on with the period after its last', () => {
    const account = given(open, schedule({ end: at('2026-02-28') }));
    account.schedulerRuns(at('2026-03-15'));
    expect(account.schedule('s1').status).toBe('completed');
    account.given(update({ end: null }));
    expect(account.schedulerRuns(at('2026-03-31')).map(({ balance }) => balance)).toEqual(['200', '300']);
  });

  it('without effect is NO_CHANGE; of an ended one SCHEDULE_ENDED', () => {
    expect(given(open, schedule()).when(update({ end: null })).code).toBe('NO_CHANGE');
    expect(given(open, schedule(), { type: 'schedule.end', scheduleId: 's1' }).when(update({ name: 'x' })).code).toBe(
      'SCHEDULE_ENDED',
    );
  });
});

describe('a schedule template', () => {
  const template = schedule({ scope: 'plan', accountId: '', name: 'Pro' });

  it('is kept in the catalogue and has no effect', () => {
    const catalog = given(template);
    expect(catalog.schedule('s1')).toMatchObject({
      scope: 'plan',
      accountId: '',
      status: 'active',
      dueAt: null,
      version: 1n,
    });
    expect(catalog.schedulerRuns(at('2027-01-01'))).toEqual([]);
  });

  it('is updated and ended like a schedule, each with a new version', () => {
    const catalog = given(template);
    expect(catalog.when({ type: 'schedule.update', scheduleId: 's1', name: 'Team', accountId: '' })).toMatchObject({
      status: 'catalog',
      code: 'APPLIED',
    });
    expect(catalog.when({ type: 'schedule.update', scheduleId: 's1', name: 'Team' }).code).toBe('NO_CHANGE');
    expect(catalog.schedule('s1')).toMatchObject({ name: 'Team', version: 3n });
    expect(catalog.when({ type: 'schedule.end', scheduleId: 's1', expectedVersion: 2n }).code).toBe('VERSION_CONFLICT');
    expect(catalog.when({ type: 'schedule.end', scheduleId: 's1', expectedVersion: 3n }).code).toBe('APPLIED');
    expect(catalog.when({ type: 'schedule.end', scheduleId: 's1' }).code).toBe('SCHEDULE_ENDED');
  });

  it('needs its credit type; one that is not there is SCHEDULE_NOT_FOUND', () => {
    expect(given().when({ ...template, creditType: 'gold' }).code).toBe('CREDIT_TYPE_NOT_FOUND');
    expect(given().when({ type: 'schedule.end', scheduleId: 's9', accountId: '' }).code).toBe('SCHEDULE_NOT_FOUND');
    expect(given(template).when(template).code).toBe('SCHEDULE_EXISTS');
  });
});
