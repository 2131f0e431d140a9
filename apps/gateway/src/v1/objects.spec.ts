import { decodeCommand } from '@app/contracts';

import { type Answer, GatewayUnderTest } from '../testing/gateway-under-test.js';
import { grantView, holdView, scheduleView } from '../testing/object-samples.js';
import { accountView, ledgerEntry } from '../testing/samples.js';

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

describe('routes that make something in an account', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
  });
  afterEach(() => gateway.stop());

  it.each<[string, object, object]>([
    ['resets', { period: '2026-12', value: '1000' }, { type: 'account.reset', period: '2026-12', value: '1000' }],
    [
      'resets',
      { period: '2026-12', grants: [{ amount: '100', kind: 'plan' }], rollover: { percent: 25, cap: null } },
      { type: 'account.reset', grants: [{ amount: '100', kind: 'plan' }], rollover: { percent: 25, cap: null } },
    ],
    ['grants', { amount: '100', grantId: 'g' }, { type: 'grant.create', amount: '100', grantId: 'g' }],
    [
      'schedules',
      { amount: '5', cadence: 'recurring', period: 'monthly' },
      { type: 'schedule.create', amount: '5', cadence: 'recurring', period: 'monthly' },
    ],
    ['holds', { amount: 400, partial: true }, { type: 'hold.create', amount: 400, partial: true }],
  ])('POST /v1/accounts/{id}/%s publishes its command without a look-up', async (path, body, command) => {
    await gateway.send('GET', '/v1/accounts');
    gateway.database.away = true;
    const answer = await gateway.send('POST', `/v1/accounts/a/${path}?creditType=tokens`, {
      body: { ...body, id: 'c-1' },
    });
    expect(answer).toMatchObject({ status: 202, body: { commandId: 'c-1', status: 'accepted' } });
    const known = { id: 'c-1', tenantId: 'acme', accountId: 'a', creditType: 'tokens' };
    expect(gateway.log.commands).toMatchObject([{ ...known, ...command }]);
    expect(gateway.log.records[0]?.key).toBe('acme:a');
  });

  it('a schedule of an account has no other scope than account', async () => {
    const body = { amount: '5', cadence: 'one_time', scope: 'plan' };
    const answer = await gateway.send('POST', '/v1/accounts/a/schedules', { body });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/accountId' }] } });
  });

  it('POST /v1/accounts/{id}/refills publishes under the derived id, whatever key is sent', async () => {
    const send = (body: object, key?: string): Promise<Answer> =>
      gateway.send('POST', '/v1/accounts/a/refills', {
        body: { date: '2026-11-20', ...body },
        headers: key === undefined ? {} : { 'idempotency-key': key },
      });
    const answers = [await send({}), await send({}, 'mine'), await send({ id: 'mine' }), await send({}, '~other')];
    const [first] = answers;
    expect(first?.body.commandId).toMatch(/^~[0-9a-f]{32}$/);
    for (const { status, body, headers } of answers) {
      expect(status).toBe(202);
      expect(body).toEqual(first?.body);
      expect(headers.location).toBe(`/v1/commands/${encodeURIComponent(String(first?.body.commandId))}`);
    }
    const [record] = gateway.log.records;
    expect(decodeCommand({ key: null, value: record?.value as Buffer, headers: {} })).toMatchObject({
      command: { type: 'account.refill', id: first?.body.commandId, accountId: 'a', date: '2026-11-20' },
    });
    const another = await send({ date: '2026-11-21' });
    expect(another.body.commandId).not.toBe(first?.body.commandId);
  });

  it('a refill needs a real date', async () => {
    for (const body of [{}, { date: '2026-02-30' }, { date: '2026-11-20T00:00:00Z' }]) {
      const answer = await gateway.send('POST', '/v1/accounts/a/refills', { body });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/date' }] } });
    }
  });

  it('a refill that is not due is answered 422 NOT_DUE under wait', async () => {
    gateway.log.answer = () => ({ status: 'dead-lettered', code: 'NOT_DUE', message: 'not due' });
    const headers = { prefer: 'wait=5' };
    const answer = await gateway.send('POST', '/v1/accounts/a/refills', { body: { date: '2999-01-01' }, headers });
    expect(answer).toMatchObject({ status: 422, body: { code: 'NOT_DUE', commandId: expect.stringMatching(/^~/) } });
  });
});

describe('routes that name a grant, hold, schedule or command', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
    const { objects, entries } = gateway.database;
    objects.grants.push(grantView({ grantId: 'g/1', accountId: 'a', creditType: 'tokens' }));
    objects.holds.push(holdView({ holdId: 'h/1', accountId: 'a', creditType: 'tokens' }));
    objects.schedules.push(
      scheduleView({ scheduleId: 's/1', accountId: 'a', creditType: 'tokens' }),
      scheduleView({ scheduleId: 'pro', accountId: '', scope: 'plan', creditType: 'tokens' }),
    );
    entries.push(
      ledgerEntry({ commandId: 'c/1', accountId: 'a', creditType: 'tokens' }),
      ledgerEntry({ commandId: 'put-1', accountId: '', commandType: 'credit-type.put', applied: null }),
    );
  });
  afterEach(() => gateway.stop());

  const routes: [Method, string, string, object, object, string][] = [
    ['PATCH', '/v1/grants/', '', { priority: 1 }, { type: 'grant.update', grantId: '?' }, 'GRANT_NOT_FOUND'],
    ['POST', '/v1/grants/', '/void', { reason: 'fraud' }, { type: 'grant.void', grantId: '?' }, 'GRANT_NOT_FOUND'],
    ['POST', '/v1/holds/', '/capture', { amount: '1' }, { type: 'hold.capture', holdId: '?' }, 'HOLD_NOT_FOUND'],
    ['POST', '/v1/holds/', '/extend', { amount: '1' }, { type: 'hold.extend', holdId: '?' }, 'HOLD_NOT_FOUND'],
    ['POST', '/v1/holds/', '/release', {}, { type: 'hold.release', holdId: '?' }, 'HOLD_NOT_FOUND'],
    ['PATCH', '/v1/schedules/', '', { name: 'x' }, { type: 'schedule.update', scheduleId: '?' }, 'SCHEDULE_NOT_FOUND'],
    ['DELETE', '/v1/schedules/', '', {}, { type: 'schedule.end', scheduleId: '?' }, 'SCHEDULE_NOT_FOUND'],
    [
      'POST',
      '/v1/commands/',
      '/reversals',
      { amount: '2' },
      { type: 'credit.reverse', reverses: '?' },
      'ORIGINAL_NOT_FOUND',
    ],
  ];
  const IDS: Record<string, string> = { grants: 'g/1', holds: 'h/1', schedules: 's/1', commands: 'c/1' };
  const idOf = (path: string): string => IDS[path.split('/')[2] ?? ''] ?? '';
  const naming = (command: object, id: string): object =>
    Object.fromEntries(Object.entries(command).map(([name, value]) => [name, value === '?' ? id : (value as unknown)]));

  it.each(routes)('%s %s{id}%s publishes for the account that it is of', async (method, path, verb, body, command) => {
    const id = idOf(path);
    const answer = await gateway.send(method, `${path}${encodeURIComponent(id)}${verb}`, { body });
    expect(answer.status).toBe(202);
    expect(gateway.log.commands).toMatchObject([
      { ...naming(command, id), ...body, accountId: 'a', creditType: 'tokens', tenantId: 'acme' },
    ]);
    expect(gateway.log.records[0]?.key).toBe('acme:a');
  });

  it.each(routes)(
    '%s %s{id}%s of what is not recorded is 404 by its code, nothing is published, and the id may be sent again',
    async (method, path, verb, body, _command, code) => {
      const answer = await gateway.send(method, `${path}unknown${verb}`, { body: { ...body, id: 'c-9' } });
      expect(answer).toMatchObject({ status: 404, body: { code, commandId: 'c-9' } });
      expect(gateway.log.records).toHaveLength(0);
    },
  );

  it.each(routes)(
    '%s %s{id}%s with accountId in the body is published at once, without a look-up',
    async (method, path, verb, body, command) => {
      await gateway.send('GET', '/v1/accounts');
      gateway.database.away = true;
      const named = { ...body, accountId: 'b', creditType: 'points' };
      expect((await gateway.send(method, `${path}new${verb}`, { body: named })).status).toBe(202);
      const other = { ...body, accountId: 'b' };
      expect((await gateway.send(method, `${path}new${verb}?creditType=points`, { body: other })).status).toBe(202);
      expect((await gateway.send(method, `${path}new${verb}`, { body: other })).status).toBe(202);
      const [first, second, third] = gateway.log.commands;
      const expected = { ...naming(command, 'new'), accountId: 'b', creditType: 'points' };
      expect([first, second]).toMatchObject([expected, expected]);
      expect(third?.creditType ?? 'credits').toBe('credits');
      expect(gateway.log.records[0]?.key).toBe('acme:b');
    },
  );

  it.each(routes)(
    '%s %s{id}%s with another creditType than that of the account is 400',
    async (method, path, verb, body) => {
      const url = `${path}${encodeURIComponent(idOf(path))}${verb}`;
      expect((await gateway.send(method, url, { body: { ...body, creditType: 'credits' } })).status).toBe(400);
      expect((await gateway.send(method, `${url}?creditType=credits`, { body })).status).toBe(400);
      expect((await gateway.send(method, `${url}?creditType=tokens`, { body })).status).toBe(202);
    },
  );

  it.each(routes)(
    '%s %s{id}%s with another id in the body than in the path is 400',
    async (method, path, verb, body, command) => {
      const other = { ...body, accountId: 'b', ...naming(command, 'other') };
      const answer = await gateway.send(method, `${path}new${verb}`, { body: other });
      expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_FIELD' } });
    },
  );

  it.each(routes)('%s %s{id}%s with Postgres away is 503 with the id', async (method, path, verb, body) => {
    await gateway.send('GET', '/v1/accounts');
    gateway.database.away = true;
    const answer = await gateway.send(method, `${path}x${verb}`, { body: { ...body, id: 'c-9' } });
    expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE', commandId: 'c-9' } });
  });

  it.each<[Method, string]>([
    ['POST', '/v1/grants/g%2F1/void'],
    ['POST', '/v1/holds/h%2F1/release'],
    ['DELETE', '/v1/schedules/s%2F1'],
    ['POST', '/v1/commands/c%2F1/reversals'],
  ])('%s %s needs no body, and takes the id from Idempotency-Key', async (method, path) => {
    const answer = await gateway.send(method, path, { headers: { 'idempotency-key': 'c-7' } });
    expect(answer).toMatchObject({ status: 202, body: { commandId: 'c-7' } });
    const empty = await gateway.send(method, path, { raw: '', headers: { 'content-type': 'application/json' } });
    expect(empty.status).toBe(202);
  });

  it('a capture needs a body', async () => {
    expect((await gateway.send('POST', '/v1/holds/h%2F1/capture', {})).status).toBe(400);
  });

  it('a template has no account: its commands go behind it, on its own key', async () => {
    await gateway.send('PATCH', '/v1/schedules/pro', { body: { name: 'Pro' } });
    await gateway.send('DELETE', '/v1/schedules/pro');
    expect(gateway.log.commands).toMatchObject([
      { type: 'schedule.update', scheduleId: 'pro', creditType: 'tokens' },
      { type: 'schedule.end', scheduleId: 'pro', creditType: 'tokens' },
    ]);
    for (const command of gateway.log.commands) expect(command).not.toHaveProperty('accountId');
    expect(gateway.log.records.map(({ key }) => key)).toEqual(['acme:pro', 'acme:pro']);
  });

  it('a command about the catalogue can not be reversed: 404 ORIGINAL_NOT_FOUND', async () => {
    const answer = await gateway.send('POST', '/v1/commands/put-1/reversals', {});
    expect(answer).toMatchObject({ status: 404, body: { code: 'ORIGINAL_NOT_FOUND' } });
  });

  it.each([['%00'], ['x'.repeat(256)]])('an id that nothing can have is 400: %s', async (id) => {
    for (const path of [`/v1/grants/${id}/void`, `/v1/commands/${id}/reversals`]) {
      expect((await gateway.send('POST', path, { body: {} })).status).toBe(400);
      expect((await gateway.send('POST', path, { body: { accountId: 'a' } })).status).toBe(400);
    }
  });

  it("P10: another tenant's grant, hold, schedule and command are answered like missing ones", async () => {
    gateway.database.addKey('cb_other', { tenantId: 'other', scopes: ['admin'] });
    for (const [method, path, verb, body, , code] of routes) {
      const url = `${path}${encodeURIComponent(idOf(path))}${verb}`;
      const answer = await gateway.send(method, url, { key: 'cb_other', body });
      expect(answer).toMatchObject({ status: 404, body: { code } });
    }
    expect(gateway.log.records).toHaveLength(0);
  });

  it('a key limited to other accounts gets 404 by id, and 403 when it names the account', async () => {
    gateway.database.addKey('cb_prefix', { accountPrefix: 'key_' });
    gateway.database.addKey('cb_group', { group: 'api_1' });
    gateway.database.accounts.push(accountView({ accountId: 'a', creditType: 'tokens' }));
    for (const key of ['cb_prefix', 'cb_group']) {
      for (const [method, path, verb, body, , code] of routes) {
        const url = `${path}${encodeURIComponent(idOf(path))}${verb}`;
        expect(await gateway.send(method, url, { key, body })).toMatchObject({ status: 404, body: { code } });
        const named = { ...body, accountId: 'a', creditType: 'tokens' };
        expect(await gateway.send(method, url, { key, body: named })).toMatchObject({ status: 403 });
      }
    }
    expect(gateway.log.records).toHaveLength(0);
  });
});
