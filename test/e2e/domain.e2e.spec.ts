import { randomUUID } from 'node:crypto';
import { eventually } from '@app/testing';
import { Deployment } from '../deployment/deployment.js';
import { balancesOf, Outcomes, type SeenOutcome } from './outcomes.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const DAY_MS = 24 * 3_600_000;

/** RFC 3339 of an instant so many milliseconds from now. */
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const today = (): string => new Date().toISOString().slice(0, 10);
const codeOf = ({ code }: SeenOutcome): string => code;

/** How long after an instant an entry was recorded, milliseconds. */
function latenessMs({ recordedAt }: SeenOutcome, instant: string): number {
  return Date.parse(recordedAt ?? '') - Date.parse(instant);
}

describe('the whole credit domain, through the log', () => {
  let deployment: Deployment;
  let seen: Outcomes;
  beforeAll(async () => {
    deployment = await Deployment.start();
    seen = await Outcomes.of(deployment);
    await deployment.startWorker({ ADJUSTMENT_DAYS: '7' });
  });
  afterAll(async () => {
    await seen.stop();
    await deployment.stop();
  });
  afterEach(async () => {
    expect(await deployment.violations()).toEqual([]);
  });

  const open = (accountId: string, fields: Record<string, unknown> = {}) =>
    seen.one(accountId, { type: 'account.open', ...fields });
  const codesOf = async (accountId: string, ...commands: Parameters<Outcomes['run']>[1]): Promise<string[]> =>
    (await seen.run(accountId, commands)).map(codeOf);

  describe('holds', () => {
    it('500, hold 400: 100 available, 400 held; captures of 260 and 90 and a release leave 150', async () => {
      const outcomes = await seen.run('hold-1', [
        { type: 'account.open', initial: '500' },
        { type: 'hold.create', holdId: 'h-1', amount: '400' },
        { type: 'hold.capture', holdId: 'h-1', amount: '260' },
        { type: 'hold.capture', holdId: 'h-1', amount: '90' },
        { type: 'hold.release', holdId: 'h-1' },
        { type: 'hold.capture', holdId: 'h-1', amount: '1' },
      ]);
      expect(outcomes.slice(0, 5).map(balancesOf)).toEqual([
        '500/0/500', '500/400/100', '240/140/100', '150/50/100', '150/0/150',
      ]); // prettier-ignore
      expect(outcomes[5]?.code).toBe('HOLD_NOT_OPEN');
    });

    it('400 of 500 extended by 160 with partial holds 500; extended again nothing changes', async () => {
      const outcomes = await seen.run('hold-2', [
        { type: 'account.open', initial: '500' },
        { type: 'hold.create', holdId: 'h-2', amount: '400' },
        { type: 'hold.extend', holdId: 'h-2', amount: '160', partial: true },
        { type: 'hold.extend', holdId: 'h-2', amount: '160', partial: true },
      ]);
      expect(outcomes.map(codeOf)).toEqual(['APPLIED', 'APPLIED', 'APPLIED_PARTIALLY', 'NO_CHANGE']);
      expect(outcomes.map(({ after }) => after?.held)).toEqual(['0', '400', '500', '500']);
    });

    it('that nobody ends are ended by the scheduler within 5 s of their time', async () => {
      const expiresAt = inMs(1_500);
      await seen.run('hold-3', [
        { type: 'account.open', initial: '10' },
        { type: 'hold.create', holdId: 'h-3', amount: '4', expiresAt },
      ]);
      const [expired] = await seen.untilCause('hold-3', 'hold-expiry');
      expect(expired).toMatchObject({ code: 'APPLIED', holdId: 'h-3', commandType: 'hold.expire' });
      expect(expired?.commandId).toMatch(/^~[0-9a-f]{32}$/);
      expect(balancesOf(expired!)).toBe('10/0/10');
      expect(latenessMs(expired!, expiresAt)).toBeGreaterThan(0);
      expect(latenessMs(expired!, expiresAt)).toBeLessThan(5_000);
    });
  });

  it('captures that race the expiry of their hold: what was captured in time is gone, the rest comes back', async () => {
    const expiresAt = inMs(1_500);
    await seen.run('race', [
      { type: 'account.open', initial: '100' },
      { type: 'hold.create', holdId: 'h-race', amount: '90', expiresAt },
    ]);
    const outcomes: SeenOutcome[] = [];
    while (outcomes.filter(({ code }) => code === 'HOLD_NOT_OPEN').length < 20) {
      const captures = Array.from({ length: 2 }, () => ({ type: 'hold.capture', holdId: 'h-race', amount: '1' }));
      outcomes.push(...(await seen.run('race', captures)));
    }
    await seen.untilCause('race', 'hold-expiry');
    const captured = outcomes.filter(({ status }) => status === 'applied').length;
    expect(new Set(outcomes.map(codeOf))).toEqual(new Set(['APPLIED', 'HOLD_NOT_OPEN']));
    expect(balancesOf(seen.applied('race').at(-1)!)).toBe(`${100 - captured}/0/${100 - captured}`);
  });

  describe('resets and rollover', () => {
    it('100 with 80 left and 25 % rollover: 120; again with 100 left: 125, the first carry is gone', async () => {
      const reset = (period: string) => ({
        type: 'account.reset', id: `reset:${period}`, period, value: '100', rollover: { percent: 25 },
      }); // prettier-ignore
      const outcomes = await seen.run('reset-1', [
        { type: 'account.open', initial: '100' },
        { type: 'credit.delta', delta: '-20' },
        reset('2026-11'),
        { type: 'credit.delta', delta: '-20' },
        reset('2026-12'),
      ]);
      expect(outcomes.map(({ after }) => after?.balance)).toEqual(['100', '80', '120', '100', '125']);
      await seen.run('reset-1', [reset('2026-12'), { type: 'credit.delta', delta: '-1' }]);
      expect(seen.applied('reset-1').at(-1)?.after?.balance).toBe('124');
    });

    it('the same with plan grants: they end, what is carried is a grant of its own', async () => {
      const reset = (period: string) => ({
        type: 'account.reset', period, grants: [{ amount: '100' }], rollover: { percent: 25 },
      }); // prettier-ignore
      const outcomes = await seen.run('reset-2', [
        { type: 'account.open', burnOrder: 'expiration_priority' },
        reset('2026-10'),
        { type: 'credit.delta', delta: '-20' },
        reset('2026-11'),
        { type: 'credit.delta', delta: '-20' },
        reset('2026-12'),
      ]);
      expect(outcomes.map(({ after }) => after?.balance)).toEqual(['0', '100', '80', '120', '100', '125']);
    });
  });

  describe('grants', () => {
    it('of 50, 30 (priority 3), 40 (1), 20 (2) and 60 (1, expiring): 90 takes the 60, then 30 of the 40', async () => {
      const grant = (amount: string, fields = {}) => ({
        type: 'grant.create',
        grantId: `g-${amount}`,
        amount,
        ...fields,
      });
      await open('burn');
      const outcomes = await seen.run('burn', [
        grant('50'),
        grant('30', { priority: 3 }),
        grant('40', { priority: 1 }),
        grant('20', { priority: 2 }),
        grant('60', { priority: 1, expiresAt: inMs(DAY_MS) }),
        { type: 'credit.delta', id: 'burn-90', delta: '-90' },
      ]);
      expect(outcomes.at(-1)).toMatchObject({
        applied: '-90',
        allocations: [
          { grantId: 'g-60', amount: '-60' },
          { grantId: 'g-40', amount: '-30' },
        ],
        after: { balance: '110' },
      });
    });

    it('repay debt first: −50 and a credit of 80 leave 30 available', async () => {
      const outcomes = await seen.run('debt', [
        { type: 'account.open' },
        { type: 'credit.delta', delta: '-50', onInsufficient: 'allow' },
        { type: 'grant.create', grantId: 'g-debt', amount: '80' },
      ]);
      expect(outcomes.map(balancesOf)).toEqual(['0/0/0', '-50/0/-50', '30/0/30']);
    });

    it('are activated and expired by the scheduler at their times, each with an entry and an event', async () => {
      const [effectiveAt, expiresAt] = [inMs(1_500), inMs(4_000)];
      await seen.run('times', [
        { type: 'account.open', initial: '1' },
        { type: 'grant.create', grantId: 'g-times', amount: '10', effectiveAt, expiresAt },
        { type: 'credit.delta', delta: '-1' },
      ]);
      const [activated] = await seen.untilCause('times', 'activation');
      expect(activated).toMatchObject({ applied: '10', grantId: 'g-times', after: { available: '10' } });
      const [expired] = await seen.untilCause('times', 'expiry');
      expect(expired).toMatchObject({ applied: '-10', grantId: 'g-times', after: { available: '0' } });
      for (const late of [latenessMs(activated!, effectiveAt), latenessMs(expired!, expiresAt)]) {
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThan(5_000);
      }
    });

    it('whose expiry was moved expire at the new time, once', async () => {
      const [early, late] = [inMs(2_000), inMs(4_500)];
      await seen.run('moved', [
        { type: 'account.open' },
        { type: 'grant.create', grantId: 'g-moved', amount: '10', expiresAt: early },
        { type: 'grant.create', grantId: 'g-sooner', amount: '5', expiresAt: inMs(DAY_MS) },
        { type: 'grant.update', grantId: 'g-moved', expiresAt: late },
        { type: 'grant.update', grantId: 'g-sooner', expiresAt: early },
      ]);
      const expiries = await seen.untilCause('moved', 'expiry', 2);
      expect(expiries.map(({ grantId }) => grantId)).toEqual(['g-sooner', 'g-moved']);
      expect(latenessMs(expiries[0]!, early)).toBeGreaterThan(0);
      expect(latenessMs(expiries[1]!, late)).toBeGreaterThan(0);
      await pause(1_500);
      expect(seen.applied('moved').filter(({ cause }) => cause === 'expiry')).toHaveLength(2);
    });
  });

  describe('refills of 1000', () => {
    it('fill 100 up to 1000 and leave 1000 and 1500 alone; the scheduler runs a date that is due', async () => {
      const refill = { interval: 'daily', amount: '1000' };
      for (const initial of ['100', '1000', '1500']) await open(`refill-${initial}`, { initial, refill });
      // As if they had been opened yesterday.
      await deployment.sql(
        `update accounts set refill_due_on = $1, refill_due_at = $1::date::timestamp at time zone 'UTC'
         where account_id like 'refill-%'`,
        [today()],
      );
      for (const [initial, code, after] of [
        ['100', 'APPLIED', '1000'],
        ['1000', 'NO_CHANGE', '1000'],
        ['1500', 'NO_CHANGE', '1500'],
      ] as const) {
        const [entry] = await seen.untilCause(`refill-${initial}`, 'refill');
        expect(entry).toMatchObject({ code, after: { balance: after }, commandType: 'account.refill' });
      }
      const rows = await deployment.sql<{ due: string }>(
        `select distinct refill_due_on::text as due from accounts where account_id like 'refill-%'`,
      );
      expect(rows).toEqual([{ due: new Date(Date.now() + DAY_MS).toISOString().slice(0, 10) }]);
    });

    it('for day 31 run on the last day of February, each date once however often it is published', async () => {
      await open('monthly', { initial: '0', refill: { interval: 'monthly', refillDay: 31, amount: '1000' } });
      const refill = (date: string) => ({ type: 'account.refill', id: undefined, date });
      await deployment.publish(
        ['2024-02-29', '2025-02-28', '2025-02-28', '2025-02-27', '2999-01-31'].map((date) => ({
          ...refill(date),
          accountId: 'monthly',
        })),
      );
      await deployment.settled();
      const refills = await seen.untilCause('monthly', 'refill', 2);
      expect(refills.map(codeOf)).toEqual(['APPLIED', 'NO_CHANGE']);
      expect((await deployment.balances()).get('monthly')).toBe('1000');
      const letters = seen.tail.of(deployment.topics.deadLetter).filter(({ value }) => value?.includes('"monthly"'));
      expect(letters.map(({ headers }) => String(headers['x-dlq-reason']))).toEqual(['NOT_DUE', 'NOT_DUE']);
    });
  });

  describe('schedules', () => {
    it('catch up their late periods in order, and skip those whose grant would have expired', async () => {
      const start = new Date(Date.now() - 4.5 * DAY_MS).toISOString();
      await open('catch-up');
      await seen.one('catch-up', {
        type: 'schedule.create', scheduleId: 's-late', amount: '10', cadence: 'recurring', period: 'daily', start,
        expiry: { type: 'duration', count: 2, unit: 'days' },
      }); // prettier-ignore
      const periods = await seen.untilCause('catch-up', 'schedule', 6);
      expect(periods.slice(1).map(({ code }) => code)).toEqual([
        'NO_CHANGE', 'NO_CHANGE', 'NO_CHANGE', 'APPLIED', 'APPLIED',
      ]); // prettier-ignore
      expect(periods[1]?.details).toMatchObject({ skipped: 'expired' });
      expect(periods.at(-1)?.after?.balance).toBe('20');
    });

    it('give a period within 5 s of its start, carry what remains, and stop at their end', async () => {
      const start = inMs(1_500);
      await open('source');
      await seen.one('source', {
        type: 'schedule.create', scheduleId: 's-one', amount: '7', cadence: 'one_time', start, end: inMs(DAY_MS),
      }); // prettier-ignore
      const entries = await seen.untilCause('source', 'schedule', 2);
      expect(entries.at(-1)).toMatchObject({ commandType: 'schedule.apply', applied: '7', scheduleId: 's-one' });
      expect(latenessMs(entries.at(-1)!, start)).toBeLessThan(5_000);
      expect(await codesOf('source', { type: 'schedule.end', scheduleId: 's-one' })).toEqual(['APPLIED']);
      expect(await codesOf('source', { type: 'schedule.update', scheduleId: 's-one', name: 'x' })).toEqual([
        'SCHEDULE_ENDED',
      ]);
    });

    it('with rollover carry a share of the last period into the next and let the rest expire', async () => {
      const start = new Date(Date.now() - 1.5 * DAY_MS).toISOString();
      await open('carry');
      await seen.one('carry', {
        type: 'schedule.create', scheduleId: 's-carry', amount: '100', cadence: 'recurring', period: 'daily', start,
        rollover: { percent: 25 },
      }); // prettier-ignore
      const entries = await seen.untilCause('carry', 'schedule', 3);
      expect(entries.map(({ after }) => after?.balance)).toEqual(['0', '100', '125']);
    });
  });

  describe('reversals', () => {
    it('walk back to the same grants, and add up to what was applied', async () => {
      await open('back');
      const outcomes = await seen.run('back', [
        { type: 'grant.create', grantId: 'b-1', amount: '50', priority: 1 },
        { type: 'grant.create', grantId: 'b-2', amount: '50', priority: 2 },
        { type: 'credit.delta', id: 'back-70', delta: '-70' },
        { type: 'credit.reverse', reverses: 'back-70', amount: '30' },
        { type: 'credit.reverse', reverses: 'back-70' },
        { type: 'credit.reverse', reverses: 'back-70', amount: '1' },
        { type: 'credit.reverse', reverses: 'unheard-of' },
      ]);
      expect(outcomes.slice(3).map(codeOf)).toEqual([
        'APPLIED', 'APPLIED', 'REVERSAL_EXCEEDS_ORIGINAL', 'ORIGINAL_NOT_FOUND',
      ]); // prettier-ignore
      expect(outcomes[3]?.allocations).toEqual([
        { grantId: 'b-2', amount: '20' },
        { grantId: 'b-1', amount: '10' },
      ]);
      expect(outcomes[4]?.after?.balance).toBe('100');
    });

    it('give back what belonged to a voided grant for as many days as are configured', async () => {
      await open('voided');
      const outcomes = await seen.run('voided', [
        { type: 'grant.create', grantId: 'v-1', amount: '50' },
        { type: 'credit.delta', id: 'voided-20', delta: '-20' },
        { type: 'grant.void', grantId: 'v-1' },
        { type: 'credit.reverse', reverses: 'voided-20' },
      ]);
      expect(outcomes[3]?.after?.balance).toBe('20');
      const [adjustment] = await deployment.sql<{ days: number }>(
        `select extract(epoch from expires_at - created_at)::integer / 86400 as days from grants where source_grant_id = 'v-1'`,
      );
      expect(adjustment).toEqual({ days: 7 });
    });

    it('of the whole original, ten at once: one is applied', async () => {
      await open('ten', { initial: '10' });
      await seen.one('ten', { type: 'credit.delta', id: 'ten-9', delta: '-9' });
      const codes = await codesOf(
        'ten',
        ...Array.from({ length: 10 }, () => ({ type: 'credit.reverse', reverses: 'ten-9', amount: '9' })),
      );
      expect(codes.filter((code) => code === 'APPLIED')).toHaveLength(1);
      expect(codes.filter((code) => code === 'REVERSAL_EXCEEDS_ORIGINAL')).toHaveLength(9);
      expect((await deployment.balances()).get('ten')).toBe('10');
    });
  });

  describe('what the scheduler has to do', () => {
    it('is done on a frozen account as on any other', async () => {
      const instant = inMs(2_000);
      await open('frozen', { initial: '10' });
      await seen.run('frozen', [
        { type: 'grant.create', grantId: 'f-g', amount: '5', expiresAt: instant },
        { type: 'hold.create', holdId: 'f-h', amount: '8', expiresAt: instant },
        { type: 'account.configure', status: 'frozen' },
      ]);
      const [expired] = await seen.untilCause('frozen', 'expiry');
      const [ended] = await seen.untilCause('frozen', 'hold-expiry');
      expect([expired?.code, ended?.code]).toEqual(['APPLIED', 'APPLIED']);
      expect(seen.applied('frozen').at(-1)?.after).toMatchObject({ held: '0' });
    });

    it('is recorded without effect on a closed account, and not found again', async () => {
      await open('closed', { initial: '10' });
      await seen.run('closed', [
        { type: 'grant.create', grantId: 'c-g', amount: '5', expiresAt: inMs(2_000) },
        { type: 'account.configure', status: 'closed' },
      ]);
      const [expired] = await seen.untilCause('closed', 'expiry');
      expect(expired).toMatchObject({
        code: 'NO_CHANGE',
        details: { code: 'ACCOUNT_CLOSED' },
        after: { balance: '15' },
      });
      expect(await deployment.sql(`select due_at from grants where grant_id = 'c-g'`)).toEqual([{ due_at: null }]);
      await pause(1_500);
      expect(seen.applied('closed')).toHaveLength(4);
    });

    it('is refused before its time as NOT_DUE without a row, and works when it is due', async () => {
      const expiresAt = inMs(2_500);
      await open('early');
      await seen.one('early', { type: 'grant.create', grantId: 'e-g', amount: '5', expiresAt });
      await deployment.publish([
        { type: 'grant.expire', id: undefined, accountId: 'early', grantId: 'e-g', expiresAt },
      ]);
      const { deadLetter } = deployment.topics;
      const [letter] = await seen.tail.waitFor(deadLetter, (all) => all.some(({ value }) => value?.includes('e-g')));
      expect(letter).toBeDefined();
      const [expired] = await seen.untilCause('early', 'expiry');
      expect(expired).toMatchObject({ code: 'APPLIED', applied: '-5' });
    });

    it("can't be claimed by a publisher before: ids that begin with ~ are the scheduler's", async () => {
      const expiresAt = inMs(2_500);
      await open('claimed', { initial: '7' });
      await seen.one('claimed', { type: 'grant.create', grantId: 'k-g', amount: '5', expiresAt });
      const about = { grantId: 'k-g', expiresAt };
      expect(await codesOf('claimed', { type: 'credit.delta', id: `~${'0'.repeat(32)}`, delta: '-1' })).toEqual([
        'INVALID_FIELD',
      ]);
      expect(await codesOf('claimed', { type: 'grant.expire', id: randomUUID(), ...about })).toEqual(['INVALID_FIELD']);
      expect(await codesOf('claimed', { type: 'grant.expire', id: `~${'f'.repeat(32)}`, ...about })).toEqual([
        'INVALID_FIELD',
      ]);
      const [expired] = await seen.untilCause('claimed', 'expiry');
      expect(expired?.after?.balance).toBe('7');
    });
  });

  describe('the catalogue', () => {
    it('tells of each change with the new definition and its version, and nothing about balances', async () => {
      const put = { type: 'credit-type.put', creditType: 'tokens', scale: 2, accountId: undefined };
      await deployment.publish([
        { ...put, id: 'put-1', name: 'Tokens' },
        { ...put, id: 'put-2', name: 'Coins', burnOrder: 'first_in_first_out' },
        { ...put, id: 'put-3', scale: 3 },
        { type: 'credit-type.delete', id: 'delete-1', creditType: 'tokens', accountId: undefined },
      ]);
      const { catalogChanged, balanceChanged, commandRejected } = deployment.topics;
      const events = await seen.tail.waitFor(catalogChanged, ({ length }) => length === 3);
      const data = events.map(({ json }) => (json as { data: { version: string; definition: object } }).data);
      expect(data.map(({ version }) => version)).toEqual(['1', '2', '3']);
      expect(data[1]).toMatchObject({ kind: 'credit-type', id: 'tokens', definition: { name: 'Coins', scale: 2 } });
      expect(events.map(({ key }) => String(key))).toEqual(Array(3).fill('acme:tokens'));
      const rejected = await seen.tail.waitFor(commandRejected, (all) =>
        all.some(({ value }) => value?.includes('put-3')),
      );
      expect(rejected.some(({ value }) => value?.includes('CREDIT_TYPE_CONFLICT'))).toBe(true);
      expect(seen.tail.of(balanceChanged).some(({ value }) => value?.includes('"put-'))).toBe(false);
    });

    it('tells the very same again when the log is read again', async () => {
      const { catalogChanged } = deployment.topics;
      const before = seen.tail.of(catalogChanged).map(({ value }) => String(value));
      await Promise.all(deployment.workers.map((worker) => worker.stop()));
      await deployment.admin.deleteGroup(deployment.group);
      await deployment.startWorker();
      const all = await seen.tail.waitFor(catalogChanged, ({ length }) => length === 2 * before.length);
      expect(all.slice(before.length).map(({ value }) => String(value))).toEqual(before);
      await eventually(async () => expect(await deployment.violations()).toEqual([]));
    });
  });
});
