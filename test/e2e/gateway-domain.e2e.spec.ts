import { randomUUID } from 'node:crypto';
import { gatewayReplyTopic } from '@app/contracts';
import { type AppProcess, eventually, spawnApp } from '@app/testing';
import { Deployment } from '../deployment/deployment.js';
import { type Answer, createKey, request, type SendOptions } from '../deployment/http.js';

const DAY_MS = 24 * 3_600_000;
const WAIT = { prefer: 'wait=20' };

/** Balance, held and available of an outcome's `after`, or of an account. */
function balances(body: unknown): string {
  const { balance, held, available } = body as Record<string, string>;
  return [balance, held, available].join('/');
}

const dateInDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

describe('the whole credit domain over HTTP', () => {
  let deployment: Deployment;
  let gateway: AppProcess;
  let key: string;

  beforeAll(async () => {
    deployment = await Deployment.start();
    const name = gatewayReplyTopic(deployment.topics);
    await deployment.admin.createTopics([{ name, partitions: 4, configs: {} }]);
    await deployment.startWorker();
    key = await createKey(deployment, 'acme');
    gateway = await spawnApp('gateway', { ...deployment.appEnv(), DATABASE_URL: deployment.database.gatewayUrl });
  });
  afterAll(async () => {
    await gateway.stop();
    await deployment.stop();
  });
  afterEach(async () => {
    expect(await deployment.violations()).toEqual([]);
  });

  const send = (method: string, path: string, options: SendOptions = {}): Promise<Answer> =>
    request(gateway, method, path, { key, ...options });
  const get = async (path: string): Promise<Answer['body']> => {
    const { status, body } = await send('GET', path);
    expect([status, body]).toEqual([200, body]);
    return body;
  };
  /** A write that must be applied; answers its outcome. */
  const write = async (method: string, path: string, body: object = {}): Promise<Answer['body']> => {
    const answer = await send(method, path, { body, headers: WAIT });
    expect(answer).toMatchObject({ status: 200, body: { status: 'applied' } });
    return answer.body;
  };
  const open = (accountId: string, fields: object = {}): Promise<Answer['body']> =>
    write('POST', '/v1/accounts', { accountId, ...fields });

  it('hold 400 of 500: 100 available, 400 held; captures of 260 and 90 and a release leave 150', async () => {
    await open('hold-1', { initial: '500' });
    const held = await write('POST', '/v1/accounts/hold-1/holds', { holdId: 'job/1', amount: '400' });
    expect([held.holdId, balances(held.after)]).toEqual(['job/1', '500/400/100']);
    expect(await get('/v1/accounts/hold-1')).toMatchObject({
      balance: '500',
      held: '400',
      available: '100',
      holds: [{ holdId: 'job/1', amount: '400', remaining: '400', status: 'open' }],
    });
    const hold = '/v1/holds/job%2F1';
    const first = await write('POST', `${hold}/capture`, { amount: '260' });
    const second = await write('POST', `${hold}/capture`, { amount: '90' });
    expect([balances(first.after), balances(second.after)]).toEqual(['240/140/100', '150/50/100']);
    expect(await get(hold)).toMatchObject({
      amount: '400',
      captured: '350',
      remaining: '50',
      reserved: [{ grantId: null, amount: '50' }],
    });
    const released = await send('POST', `${hold}/release`, { headers: WAIT });
    expect([released.status, balances(released.body.after)]).toEqual([200, '150/0/150']);
    expect(await get(hold)).toMatchObject({ status: 'released', captured: '350', remaining: '0', reserved: [] });
    expect(await get('/v1/accounts/hold-1')).toMatchObject({ available: '150', holds: [] });
    const late = await send('POST', `${hold}/capture`, { body: { amount: '1' }, headers: WAIT });
    expect(late).toMatchObject({ status: 409, body: { code: 'HOLD_NOT_OPEN' } });
  });

  it('hold 400 of 500 extended by 160 with partial holds 500; extended again nothing changes', async () => {
    await open('hold-2', { initial: '500' });
    const { holdId } = await write('POST', '/v1/accounts/hold-2/holds', { amount: '400' });
    const path = `/v1/holds/${String(holdId)}/extend`;
    const first = await write('POST', path, { amount: '160', partial: true });
    const second = await write('POST', path, { amount: '160', partial: true });
    expect([first.code, balances(first.after)]).toEqual(['APPLIED_PARTIALLY', '500/500/0']);
    expect([second.code, balances(second.after)]).toEqual(['NO_CHANGE', '500/500/0']);
    expect(await get('/v1/accounts/hold-2/holds?status=open')).toMatchObject({ data: [{ holdId, amount: '500' }] });
  });

  it('who has not waited names the account: a capture published right behind its hold is applied after it', async () => {
    await open('hold-3', { initial: '500' });
    const accepted = await send('POST', '/v1/accounts/hold-3/holds', { body: { holdId: 'fast', amount: '400' } });
    const captured = await send('POST', '/v1/holds/fast/capture', {
      body: { accountId: 'hold-3', amount: '400' },
      headers: WAIT,
    });
    expect(accepted.status).toBe(202);
    expect(captured).toMatchObject({ status: 200, body: { code: 'APPLIED', holdId: 'fast' } });
    expect(await get('/v1/accounts/hold-3')).toMatchObject({ balance: '100', held: '0' });
    const missing = await send('POST', '/v1/holds/nobody/capture', { body: { amount: '1', id: 'again' } });
    expect(missing).toMatchObject({ status: 404, body: { code: 'HOLD_NOT_FOUND', commandId: 'again' } });
    expect((await send('GET', '/v1/commands/again')).status).toBe(404);
  });

  it('grants are used in burn order: of 50, 30 (p3), 40 (p1), 20 (p2), 60 (p1, expiring) a debit of 90 takes 60, then 30 of the 40', async () => {
    await open('grants-1');
    const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
    for (const [grantId, fields] of Object.entries({
      none: { amount: '50' },
      third: { amount: '30', priority: 3 },
      first: { amount: '40', priority: 1 },
      second: { amount: '20', priority: 2 },
      expiring: { amount: '60', priority: 1, expiresAt },
    })) {
      expect(await write('POST', '/v1/accounts/grants-1/grants', { grantId, ...fields })).toMatchObject({ grantId });
    }
    const debit = await write('POST', '/v1/accounts/grants-1/deltas', { delta: '-90', reason: 'usage' });
    expect(debit.allocations).toEqual([
      { grantId: 'expiring', amount: '-60' },
      { grantId: 'first', amount: '-30' },
    ]);
    expect(await get('/v1/grants/expiring')).toMatchObject({
      status: 'exhausted',
      remaining: '0',
      expiresAt,
      entries: {
        data: [
          { commandId: debit.commandId, cause: 'delta', amount: '-60', reason: 'usage' },
          { cause: 'grant', amount: '60' },
        ],
        nextCursor: null,
      },
    });
    const page = await get('/v1/grants/first?limit=1');
    expect(page).toMatchObject({ remaining: '10', entries: { data: [{ amount: '-30' }] } });
    const { nextCursor } = page.entries as { nextCursor: string };
    expect(await get(`/v1/grants/first?limit=1&cursor=${nextCursor}`)).toMatchObject({
      entries: { data: [{ amount: '40' }], nextCursor: null },
    });
    const account = await get('/v1/accounts/grants-1');
    const open_ = (account.grants as { grantId: string; remaining: string }[]).map(
      ({ grantId, remaining }) => `${grantId} ${remaining}`,
    );
    expect([account.balance, open_.sort()]).toEqual(['110', ['first 10', 'none 50', 'second 20', 'third 30']]);
    const all = await get('/v1/accounts/grants-1/grants');
    expect((all.data as object[]).length).toBe(5);
  });

  it('a grant is changed and voided by its id; what is dropped is an entry', async () => {
    await open('grants-2');
    const { grantId } = await write('POST', '/v1/accounts/grants-2/grants', { amount: '100', name: 'Pack' });
    const path = `/v1/grants/${String(grantId)}`;
    await write('PATCH', path, { name: 'Gift', priority: 1, metadata: { from: 'us' } });
    expect(await get(path)).toMatchObject({ name: 'Gift', priority: 1, metadata: { from: 'us' }, amount: '100' });
    const voided = await write('POST', `${path}/void`, { reason: 'chargeback' });
    expect(voided).toMatchObject({ cause: 'void', applied: '-100', grantId, reason: 'chargeback' });
    expect(await write('POST', `${path}/void`)).toMatchObject({ code: 'NO_CHANGE' });
    expect(await get(path)).toMatchObject({ status: 'voided', remaining: '0' });
    expect(await get('/v1/accounts/grants-2')).toMatchObject({ balance: '0', grants: [] });
  });

  it('debt −50, credit 80: 30 available', async () => {
    await open('debt');
    await write('POST', '/v1/accounts/debt/deltas', { delta: '-50', onInsufficient: 'allow' });
    await write('POST', '/v1/accounts/debt/grants', { amount: '80' });
    expect(await get('/v1/accounts/debt')).toMatchObject({ available: '30' });
  });

  it('a reset of 100 with 80 left and 25 % rollover leaves 120; again with 100 left 125: the first carry is gone', async () => {
    await open('reset-1', { initial: '100' });
    await write('POST', '/v1/accounts/reset-1/deltas', { delta: '-20' });
    const reset = (period: string): Promise<Answer['body']> =>
      write('POST', '/v1/accounts/reset-1/resets', {
        id: `reset:acme:reset-1:${period}`,
        period,
        value: '100',
        rollover: { percent: 25 },
      });
    const first = await reset('2026-12');
    expect([first.cause, balances(first.after)]).toEqual(['reset', '120/0/120']);
    expect(await get('/v1/accounts/reset-1')).toMatchObject({ grants: [{ kind: 'rollover', remaining: '20' }] });
    await write('POST', '/v1/accounts/reset-1/deltas', { delta: '-20' });
    const second = await reset('2027-01');
    expect(balances(second.after)).toBe('125/0/125');
    expect(await get('/v1/accounts/reset-1')).toMatchObject({ grants: [{ kind: 'rollover', remaining: '25' }] });
    const repeat = await reset('2027-01');
    expect(repeat).toMatchObject({ duplicate: true, version: second.version });
    expect(await get('/v1/accounts/reset-1')).toMatchObject({ balance: '125', version: '5' });
  });

  it('a reversal gives back to the same grant, in parts, and no more than was taken', async () => {
    await open('refund');
    await write('POST', '/v1/accounts/refund/grants', { grantId: 'refundable', amount: '100' });
    const id = randomUUID();
    const path = `/v1/commands/${id}/reversals`;
    const early = await send('POST', path, { headers: WAIT });
    expect(early).toMatchObject({ status: 404, body: { code: 'ORIGINAL_NOT_FOUND' } });
    await write('POST', '/v1/accounts/refund/deltas', { id, delta: '-60' });
    expect(await write('POST', path, { amount: '20', reason: 'complaint' })).toMatchObject({
      cause: 'reversal',
      applied: '20',
      allocations: [{ grantId: 'refundable', amount: '20' }],
    });
    const tooMuch = await send('POST', path, { body: { amount: '41' }, headers: WAIT });
    expect(tooMuch).toMatchObject({ status: 409, body: { code: 'REVERSAL_EXCEEDS_ORIGINAL' } });
    const rest = await send('POST', path, { headers: WAIT });
    expect(rest).toMatchObject({ status: 200, body: { applied: '40' } });
    const again = await send('POST', `/v1/commands/${String(rest.body.commandId)}/reversals`, { headers: WAIT });
    expect(again).toMatchObject({ status: 409, body: { code: 'NOT_REVERSIBLE' } });
    expect(await get('/v1/grants/refundable')).toMatchObject({ remaining: '100', status: 'open' });
  });

  it('a refund sent right behind its charge, with the account in the body, is applied after it', async () => {
    await open('refund-2', { initial: '10' });
    const id = randomUUID();
    await send('POST', '/v1/accounts/refund-2/deltas', { body: { id, delta: '-3' } });
    const refund = await send('POST', `/v1/commands/${id}/reversals`, {
      body: { accountId: 'refund-2' },
      headers: WAIT,
    });
    expect(refund).toMatchObject({ status: 200, body: { applied: '3', after: { balance: '10' } } });
  });

  it('every entry explains itself; they sum to the balance, also at a past time', async () => {
    await open('past', { initial: '10' });
    await write('POST', '/v1/accounts/past/grants', { amount: '100' });
    await write('POST', '/v1/accounts/past/holds', { amount: '30' });
    await write('POST', '/v1/accounts/past/deltas', { delta: '-50', actor: { type: 'user', id: 'u_1' } });
    const { data } = (await get('/v1/accounts/past/entries')) as { data: Record<string, unknown>[] };
    expect(data.map(({ cause }) => cause)).toEqual(['delta', 'hold', 'grant', 'open']);
    for (const [index, entry] of data.entries()) {
      expect(entry).toMatchObject({ entryId: expect.any(String), before: {}, after: {} });
      const moved = (entry.allocations as { amount: string }[]).map(({ amount }) => Number(amount));
      expect(moved.reduce((total, amount) => total + amount, 0)).toBe(Number(entry.applied));
      const sum = data.slice(index).reduce((total, { applied }) => total + Number(applied), 0);
      const at = await get(`/v1/accounts/past?at=${String(entry.recordedAt)}`);
      const { balance, held, available } = entry.after as Record<string, string>;
      expect([at.balance, at.version]).toEqual([String(sum), entry.version]);
      expect([at.balance, at.held, at.available]).toEqual([balance, held, available]);
    }
    expect(await get('/v1/accounts/past/entries?cause=hold')).toMatchObject({ data: [{ holdId: expect.any(String) }] });
  });

  it('a refill of a date replaces what is below it, once; one that is not due is 422', async () => {
    await open('refill', { initial: '100', refill: { interval: 'daily', amount: '1000' } });
    const refill = (date: string): Promise<Answer> =>
      send('POST', '/v1/accounts/refill/refills', { body: { date }, headers: WAIT });
    const yesterday = dateInDays(-1);
    expect(await refill(yesterday)).toMatchObject({
      status: 200,
      body: { cause: 'refill', applied: '900', after: { balance: '1000' } },
    });
    await write('POST', '/v1/accounts/refill/deltas', { delta: '-1' });
    const repeat = await refill(yesterday);
    expect([repeat.status, repeat.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    expect(await get('/v1/accounts/refill')).toMatchObject({ balance: '999' });
    expect(await refill(dateInDays(2))).toMatchObject({ status: 422, body: { code: 'NOT_DUE' } });
  });

  it('a schedule grants its periods, is listed with its account, and ends', async () => {
    await open('scheduled');
    const { scheduleId } = await write('POST', '/v1/accounts/scheduled/schedules', {
      name: 'Pro',
      amount: '1000',
      cadence: 'recurring',
      period: 'monthly',
      expiry: { type: 'period_end' },
    });
    await eventually(async () => expect(await get('/v1/accounts/scheduled')).toMatchObject({ balance: '1000' }));
    const path = `/v1/schedules/${String(scheduleId)}`;
    expect(await get('/v1/accounts/scheduled')).toMatchObject({ grants: [{ scheduleId, kind: 'plan' }] });
    expect(await get('/v1/accounts/scheduled/schedules')).toMatchObject({ data: [{ scheduleId, status: 'active' }] });
    await write('PATCH', path, { name: 'Pro, monthly' });
    const ended = await send('DELETE', path, { headers: WAIT });
    expect(ended).toMatchObject({ status: 200, body: { code: 'APPLIED', scheduleId } });
    expect(await get(path)).toMatchObject({ name: 'Pro, monthly', status: 'ended', nextPeriodStart: null });
  });

  it('templates and credit types are the catalogue: put, read, listed, deleted, restored', async () => {
    expect(await write('PUT', '/v1/credit-types/tokens', { scale: 2, name: 'Tokens' })).toMatchObject({ version: '1' });
    expect(await get('/v1/credit-types/tokens')).toMatchObject({ creditTypeId: 'tokens', scale: 2, version: '1' });
    await open('typed', { creditType: 'tokens', initial: '10.55' });
    expect(await get('/v1/accounts/typed?creditType=tokens')).toMatchObject({ balance: '10.55', scale: 2 });
    const changed = await send('PUT', '/v1/credit-types/tokens', { body: { scale: 3 }, headers: WAIT });
    expect(changed).toMatchObject({ status: 409, body: { code: 'CREDIT_TYPE_CONFLICT' } });
    expect((await send('DELETE', '/v1/credit-types/tokens', { headers: WAIT })).status).toBe(200);
    expect((await send('GET', '/v1/credit-types/tokens')).status).toBe(404);
    const refused = await send('POST', '/v1/accounts/typed/deltas?creditType=tokens', {
      body: { delta: '1' },
      headers: WAIT,
    });
    expect(refused).toMatchObject({ status: 404, body: { code: 'CREDIT_TYPE_NOT_FOUND' } });
    await write('PUT', '/v1/credit-types/tokens', { scale: 2 });
    const { data } = (await get('/v1/credit-types')) as { data: { creditTypeId: string }[] };
    expect(data.map(({ creditTypeId }) => creditTypeId)).toEqual(['credits', 'tokens']);

    const template = { scheduleId: 'pro', scope: 'plan', amount: '1000', cadence: 'recurring', period: 'monthly' };
    expect(await write('POST', '/v1/schedules', template)).toMatchObject({ scheduleId: 'pro' });
    expect(await get('/v1/schedules?scope=plan')).toMatchObject({ data: [{ scheduleId: 'pro', accountId: null }] });
    await write('PATCH', '/v1/schedules/pro', { name: 'Pro' });
    expect((await send('DELETE', '/v1/schedules/pro', { headers: WAIT })).status).toBe(200);
    expect(await get('/v1/schedules/pro')).toMatchObject({ name: 'Pro', status: 'ended', scope: 'plan' });
  });
});
