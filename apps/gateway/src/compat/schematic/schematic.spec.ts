import { outcomeOf } from '@app/contracts';
import type { LedgerEntry, RejectionCode } from '@app/domain';

import { type Answer, GatewayUnderTest, type SendOptions } from '../../testing/gateway-under-test.js';
import { creditTypeView, grantView, holdView } from '../../testing/object-samples.js';
import { accountView, ledgerEntry, rejection } from '../../testing/samples.js';

const CREDIT = { name: 'Calls', description: 'Calls of the API' };
const GRANT = { company_id: 'key_1', credit_id: 'credits', quantity: 5, reason: 'plan' };
const LEASE = { company_id: 'key_1', credit_type_id: 'credits', requested_amount: 5 };

describe('the routes of Schematic', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start({ compatibleApis: ['schematic'], waitMaxSeconds: 1 });
    gateway.database.accounts.push(accountView());
    gateway.database.objects.creditTypes.push(creditTypeView());
    gateway.database.objects.grants.push(grantView());
    gateway.database.objects.holds.push(holdView());
    applied();
  });
  afterEach(() => gateway.stop());

  function applied(fields: Partial<LedgerEntry> = {}): void {
    gateway.log.answer = ({ id }) =>
      outcomeOf(ledgerEntry({ commandId: String(id), grantId: 'pack-1', holdId: 'job-1', ...fields }));
  }

  function rejected(code: RejectionCode, details?: Record<string, string>): void {
    gateway.log.answer = ({ id }) => rejection(code, { commandId: String(id), details: details ?? null });
  }

  const send = (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    options: SendOptions = {},
  ): Promise<Answer> => gateway.send(method, `/billing/credits${path}`, { body, ...options });
  const update = (body: object, options: SendOptions = {}): Promise<Answer> => send('PUT', '/tokens', body, options);
  const grant = (body: object = {}, options: SendOptions = {}): Promise<Answer> =>
    send('POST', '/grants/company', { ...GRANT, ...body }, options);

  it.each([
    ['INSUFFICIENT_CREDITS', 402],
    ['COMMAND_CONFLICT', 409],
    ['AMOUNT_PRECISION', 400],
    ['BALANCE_OVERFLOW', 400],
    ['LIMIT_EXCEEDED', 400],
    ['ACCOUNT_FROZEN', 409],
    ['ACCOUNT_CLOSED', 409],
    ['GRANT_NOT_OPEN', 409],
    ['CREDIT_TYPE_NOT_FOUND', 404],
    ['CREDIT_TYPE_CONFLICT', 409],
  ] as const)('answer the rejection %s with %i and its message', async (code, status) => {
    rejected(code);
    const answer = await send('PUT', '/grants/pack-1/zero-out');
    expect(answer).toMatchObject({ status, body: { error: `rejected as ${code}` } });
    expect(Object.keys(answer.body)).toEqual(['error']);
  });

  it('answer a dead letter with 400', async () => {
    gateway.log.answer = ({ id }) => ({
      status: 'dead-lettered',
      code: 'INVALID_FIELD',
      message: 'bad',
      commandId: id,
    });
    expect(await send('DELETE', '/tokens')).toMatchObject({ status: 400, body: { error: 'bad' } });
  });

  it('make one command of an update, with what it keeps and the version that it read', async () => {
    expect((await update({ ...CREDIT, icon: 'coin', burn_strategy: null })).status).toBe(200);
    expect(gateway.log.commands).toEqual([
      {
        type: 'credit-type.put',
        id: expect.any(String),
        tenantId: 'acme',
        creditType: 'tokens',
        source: expect.stringMatching(/^schematic:[0-9a-f]{64}$/),
        expectedVersion: '2',
        scale: 2,
        ...CREDIT,
        singularName: 'token',
        pluralName: 'tokens',
        icon: 'coin',
        burnOrder: 'plan_first_then_credit_bundles_first_in_first_out',
        defaultExpiry: { type: 'duration', count: 1, unit: 'years' },
        defaultRollover: { percent: 25, cap: '10.5' },
        prices: [{ currency: 'EUR', pricePerUnit: '0.05' }],
        metadata: {},
      },
    ]);
  });

  it.each([
    [{ type: 'duration', count: 2, unit: 'weeks' }, 'days', 14],
    [{ type: 'duration', count: 2, unit: 'months' }, 'billing_periods', 2],
    [{ type: 'duration', count: 2, unit: 'years' }, 'billing_periods', 24],
    [{ type: 'period_end' }, 'billing_periods', 1],
    [{ type: 'never' }, 'days', null],
  ] as const)('show the native expiry %j in their units, and a change of the unit keeps the count', async (...row) => {
    const [defaultExpiry, unit, count] = row;
    gateway.database.objects.creditTypes[0] = creditTypeView({ defaultExpiry });
    const shown = { default_expiry_unit: unit, default_expiry_unit_count: count };
    expect((await send('GET', '/tokens')).body.data).toMatchObject(shown);
    await update(CREDIT);
    await update({ ...CREDIT, default_expiry_unit: 'days' });
    const days = count === null ? null : { type: 'duration', count, unit: 'days' };
    const kept = defaultExpiry;
    expect(gateway.log.commands.map((command) => command.defaultExpiry)).toEqual([kept, days]);
  });

  it.each([
    [null, 'none'],
    [{ percent: 0, cap: null }, 'expire'],
    [{ percent: 25, cap: 5n }, 'rollover'],
  ])('show the native rollover %j as %s', async (defaultRollover, policy) => {
    gateway.database.objects.creditTypes[0] = creditTypeView({ defaultRollover });
    expect((await send('GET', '/tokens')).body.data).toMatchObject({ default_rollover_policy: policy });
  });

  it('show a credit without a name by its id', async () => {
    gateway.database.objects.creditTypes[0] = creditTypeView({ name: null, description: null });
    expect((await send('GET', '/tokens')).body.data).toMatchObject({ name: 'tokens', description: '' });
  });

  it.each([
    ['0.05', 0],
    ['0.5', 1],
    ['1.49', 1],
    ['7', 7],
  ])('show the price %s as the integer %i, and exactly', async (pricePerUnit, price) => {
    gateway.database.objects.creditTypes[0] = creditTypeView({ prices: [{ currency: 'EUR', pricePerUnit }] });
    const currency_prices = [
      { currency: 'EUR', price: expect.objectContaining({ price, price_decimal: pricePerUnit }) },
    ];
    expect((await send('GET', '/tokens')).body.data).toMatchObject({ currency_prices });
  });

  it('show of an ended grant what was used, without what its end dropped', async () => {
    const { objects } = gateway.database;
    const list = async (): Promise<unknown> => (await send('GET', '/grants/company/list?company_id=key_1')).body.data;
    objects.grants[0] = grantView({ status: 'expired', remaining: 0n, held: 0n });
    const allocations = [{ grantId: 'pack-1', amount: -25n }];
    const end = { grantId: 'pack-1', cause: 'expiry', applied: -25n, allocations } as const;
    objects.grantEnds[0] = ledgerEntry(end);
    expect(await list()).toMatchObject([{ quantity_used: 75, zeroed_out_reason: 'expired' }]);
    objects.grantEnds[0] = ledgerEntry({ ...end, cause: 'void', reason: 'not one of theirs' });
    expect(await list()).toMatchObject([{ zeroed_out_reason: 'manual', zeroed_out_date: '2026-11-20T10:00:00.000Z' }]);
    objects.grantEnds[0] = ledgerEntry({ ...end, cause: 'reset', applied: 15n });
    expect(await list()).toMatchObject([{ quantity_used: 75, zeroed_out_reason: 'plan_period_reset' }]);
    const effectiveAt = Date.parse('2026-11-21T00:00:00Z');
    objects.grants[0] = grantView({ status: 'voided', remaining: 0n, held: 0n, effectiveAt });
    objects.grantEnds[0] = ledgerEntry({ ...end, cause: 'void', applied: 0n, allocations: [] });
    expect(await list()).toMatchObject([{ quantity_used: 0 }]);
    objects.grantEnds.length = 0;
    expect(await list()).toMatchObject([{ quantity_used: 100, zeroed_out_date: null, zeroed_out_reason: null }]);
  });

  it('open an account for a first grant only', async () => {
    await grant();
    await grant({ company_id: 'new' });
    const types = gateway.log.commands.map(({ type, accountId }) => [type, accountId]);
    expect(types).toEqual([
      ['grant.create', 'key_1'],
      ['account.open', 'new'],
      ['grant.create', 'new'],
    ]);
  });

  it('grant to an account that somebody else opened with other settings meanwhile', async () => {
    gateway.log.answer = ({ id, type }) =>
      type === 'account.open'
        ? rejection('ACCOUNT_EXISTS', { commandId: String(id) })
        : outcomeOf(ledgerEntry({ commandId: String(id), grantId: 'pack-1' }));
    expect((await grant({ company_id: 'new' })).status).toBe(201);
  });

  it('try an update again that another one came before, and give up at last', async () => {
    rejected('VERSION_CONFLICT');
    expect(await update(CREDIT)).toMatchObject({ status: 409, body: { error: expect.stringContaining('try again') } });
    const ids = gateway.log.commands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(10);
    const headers = { 'idempotency-key': 'put-1' };
    await update(CREDIT, { headers });
    await update(CREDIT, { headers });
    const repeated = gateway.log.commands.slice(10).map(({ id }) => id);
    expect(repeated[0]).toBe('put-1');
    expect(repeated.slice(10)).toEqual(repeated.slice(0, 10));
  });

  it('look again for a lease when somebody else made it, and give up at last', async () => {
    rejected('HOLD_EXISTS');
    expect(await send('POST', '/lease', LEASE)).toMatchObject({ status: 409 });
    expect(gateway.log.commands).toHaveLength(10);
    gateway.log.answer = ({ id }) => {
      const expiresAt = Date.now() + 60_000;
      gateway.database.objects.holds.splice(0, 1, holdView({ holdId: 'made', expiresAt }));
      return rejection('HOLD_EXISTS', { commandId: String(id) });
    };
    const { status, body } = await send('POST', '/lease', LEASE);
    expect({ status, body }).toMatchObject({ status: 201, body: { data: { id: 'made' } } });
  });

  it('answer 503 for an unknown outcome only to those who may repeat it', async () => {
    gateway.log.answer = undefined;
    expect(await grant()).toMatchObject({ status: 409, body: { error: expect.any(String) } });
    const keyed = await grant({}, { headers: { 'idempotency-key': 'slow' } });
    expect(keyed).toMatchObject({ status: 503, body: { error: expect.stringContaining('slow') } });
  });

  it('never answer 5xx without a key once the command was applied', async () => {
    gateway.log.answer = ({ id }) => {
      gateway.database.away = true;
      return outcomeOf(ledgerEntry({ commandId: String(id), grantId: 'pack-1', holdId: 'job-1' }));
    };
    for (const call of [
      () => grant(),
      () => update(CREDIT),
      () => send('PUT', '/grants/pack-1/zero-out'),
      () => send('PUT', '/lease/job-1/release'),
    ]) {
      gateway.database.away = false;
      expect(await call()).toMatchObject({ status: 409, body: { error: expect.stringContaining('was applied') } });
    }
    gateway.database.away = false;
    expect((await grant({}, { headers: { 'idempotency-key': 'g-1' } })).status).toBe(503);
  });

  it('know a repeat by its key and what it asked, whatever it would do now', async () => {
    const headers = { 'idempotency-key': 'grant-1' };
    const body = { expiry_unit_count: 3 };
    await grant(body, { headers });
    const [{ source }] = gateway.log.commands as [{ source: string }];
    gateway.database.entries.push(ledgerEntry({ commandId: 'grant-1', grantId: 'pack-1', source }));
    expect(await grant(body, { headers })).toMatchObject({ status: 201, body: { data: { id: 'pack-1' } } });
    expect(await grant({ quantity: 6 }, { headers })).toMatchObject({ status: 409 });
    expect(gateway.log.records).toHaveLength(1);
    const refused = { status: 'rejected', code: 'ACCOUNT_FROZEN', message: 'is frozen' } as const;
    gateway.database.entries.splice(0, 1, ledgerEntry({ commandId: 'grant-1', source, ...refused }));
    expect(await grant(body, { headers })).toMatchObject({ status: 409, body: { error: 'is frozen' } });
  });

  it('answer the same request at the same moment alike, though it describes another command', async () => {
    const headers = { 'idempotency-key': 'grant-1' };
    gateway.log.answer = ({ id, source }) => {
      gateway.database.entries.push(ledgerEntry({ commandId: String(id), grantId: 'pack-1', source: String(source) }));
      return rejection('COMMAND_CONFLICT', { commandId: String(id) });
    };
    expect(await grant({}, { headers })).toMatchObject({ status: 201, body: { data: { id: 'pack-1' } } });
  });

  it('say which kinds of entries a ledger has by its type', async () => {
    const causes = async (eventType: string): Promise<unknown> => {
      await gateway.send('GET', `/v2/billing/credits/ledger?company_id=key_1&event_type=${eventType}`);
      return gateway.database.objects.lastNumbered?.causes;
    };
    expect(await causes('zero_out')).toEqual(['expiry', 'void']);
    expect(await causes('grant')).toEqual(['open', 'refill', 'reset', 'grant', 'activation', 'schedule']);
    expect(await causes('transfer')).toEqual([]);
  });

  it('name every wrong field of a body and of a query', async () => {
    const { body } = await grant({ quantity: 'x', reason: 'y' });
    expect(body.error).toMatch(/quantity must be a number.*; reason must be one of/);
    const listed = await send('GET', '/grants/company/list?limit=999&dir=up');
    expect(listed).toMatchObject({ status: 400 });
    expect(listed.body.error).toMatch(/company_id is required; dir must be one of asc, desc; limit must be/);
  });

  it('refuse ids that nothing can be called', async () => {
    for (const path of ['/%00', '/a%20b', `/${'x'.repeat(65)}`]) expect((await send('GET', path)).status).toBe(404);
    expect((await send('GET', '/balance?company_id=%00')).status).toBe(400);
    expect((await grant({}, { headers: { 'idempotency-key': '~refill' } })).status).toBe(400);
  });
});
