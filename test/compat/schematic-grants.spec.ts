import { randomUUID } from 'node:crypto';

import type { SchematicClient } from '@schematichq/schematic-typescript-node';

import { refusalOf, SchematicStack } from './schematic-calls.js';

const GRANTS = '/billing/credits/grants';
const DAY_MS = 86_400_000;

describe("grants and balances of Schematic's client", () => {
  let schematic: SchematicStack;
  let client: SchematicClient;
  let credit: string;
  beforeAll(async () => {
    schematic = await SchematicStack.start();
    client = schematic.client();
    credit = await schematic.credit({ name: 'Calls' });
  });
  afterAll(() => schematic.stop());

  const newCompany = (): string => `comp_${randomUUID()}`;
  const post = (fields: object, idempotencyKey?: string) =>
    schematic.send('POST', `${GRANTS}/company`, { body: fields, idempotencyKey });

  it('the first grant opens the account, and its answer has what the client requires', async () => {
    const companyId = newCompany();
    const request = { companyId, creditId: credit, quantity: 1000, reason: 'purchased' } as const;
    const { data, params } = await client.credits.grantBillingCreditsToCompany(request);
    expect(params).toEqual({});
    expect(data).toEqual({
      id: expect.any(String),
      companyId,
      companyName: companyId,
      creditId: credit,
      creditName: 'Calls',
      grantReason: 'purchased',
      quantity: 1000,
      quantityRemaining: 1000,
      quantityUsed: 0,
      reserved: 0,
      settled: 1000,
      renewalEnabled: false,
      sourceLabel: 'purchased',
      validFrom: expect.any(Date),
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
    });
    expect(await schematic.balance(companyId)).toEqual([
      { creditId: credit, remaining: 1000, reserved: 0, settled: 1000, source: 'schematic' },
    ]);
  });

  it('granting is 201; the account is native, too', async () => {
    const company_id = newCompany();
    const made = await post({ company_id, credit_id: credit, quantity: 0.000001, reason: 'free' });
    expect(made).toMatchObject({ status: 201, body: { data: { quantity: 0.000001 } } });
    const account = await schematic.native('GET', `/v1/accounts/${company_id}?creditType=${credit}`);
    expect(account).toMatchObject({ accountId: company_id, creditType: credit, balance: '0.000001', scale: 6 });
  });

  it.each([
    ['adjustment', 'adjustment'],
    ['billing_credit_auto_topup', 'purchased'],
    ['free', 'free'],
    ['plan', 'plan'],
    ['postpaid_forgiven', 'adjustment'],
    ['postpaid_overdraft', 'adjustment'],
    ['postpaid_settlement', 'adjustment'],
    ['purchased', 'purchased'],
    ['rollover', 'rollover'],
  ] as const)('the reason %s is the kind %s and reads as it was sent', async (reason, kind) => {
    const { id, grantReason } = await schematic.grant(newCompany(), credit, 1, { reason });
    expect(grantReason).toBe(reason);
    expect(await schematic.native('GET', `/v1/grants/${id}`)).toMatchObject({ kind });
  });

  it('quantities have all their digits, in and out', async () => {
    const company_id = newCompany();
    const raw = `{"company_id":"${company_id}","credit_id":"${credit}","reason":"plan","quantity":9007199254740.993001}`;
    const made = await schematic.send('POST', `${GRANTS}/company`, { raw });
    expect(made.text).toContain('"quantity":9007199254740.993001,');
    const balance = await schematic.send('GET', `/billing/credits/balance?company_id=${company_id}`);
    expect(balance.text).toContain('"remaining":9007199254740.993001,');
    const plain = '{"company_id":"big","credit_id":"credits","reason":"plan","quantity":9007199254740993}';
    expect((await schematic.send('POST', `${GRANTS}/company`, { raw: plain })).text).toContain(
      '"quantity_remaining":9007199254740993,',
    );
    const list = await schematic.send('GET', `${GRANTS}/company/list?company_id=big`);
    expect(list.text).toContain('"quantity":9007199254740993,');
  });

  it('expiries are an instant, a duration, never, or what the credit says', async () => {
    const byDefault = await schematic.credit({ defaultExpiryUnit: 'days', defaultExpiryUnitCount: 30 });
    const companyId = newCompany();
    const expiresAt = new Date(Date.now() + DAY_MS);
    const grant = async (fields: object) => (await schematic.grant(companyId, byDefault, 1, fields)).expiresAt;
    const daysFromNow = (date: Date | undefined) => Math.round((Number(date) - Date.now()) / DAY_MS);
    expect(await grant({ expiresAt })).toEqual(expiresAt);
    expect(await grant({ expiryType: 'end_of_trial', expiresAt })).toEqual(expiresAt);
    expect(daysFromNow(await grant({ expiryType: 'duration', expiryUnit: 'days', expiryUnitCount: 7 }))).toBe(7);
    const month = daysFromNow(await grant({ expiryUnit: 'billing_periods', expiryUnitCount: 1 }));
    expect([28, 29, 30, 31]).toContain(month);
    expect(await grant({ expiryType: 'no_expiry' })).toBeUndefined();
    expect(daysFromNow(await grant({}))).toBe(30);
  });

  it.each([
    ['company_id', { company_id: '' }],
    ['company_id', { company_id: 'x'.repeat(256) }],
    ['credit_id', { credit_id: undefined }],
    ['quantity', { quantity: 0 }],
    ['quantity', { quantity: -1 }],
    ['quantity', { quantity: '1' }],
    ['decimal', { quantity: 0.0000001 }],
    ['reason', { reason: 'because' }],
    ['reason', { reason: undefined }],
    ['expires_at', { expires_at: 'tomorrow' }],
    ['expiresAt', { expires_at: '2001-01-01T00:00:00Z' }],
    ['expires_at', { expiry_type: 'end_of_billing_period' }],
    ['expiry_unit_count', { expiry_type: 'duration' }],
    ['expiry_unit_count', { expiry_unit_count: 0 }],
    ['renewal_enabled', { renewal_enabled: true }],
  ])('a grant with a wrong %s is 400', async (field, fields) => {
    const answer = await post({ company_id: 'comp_1', credit_id: credit, quantity: 1, reason: 'free', ...fields });
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(field) } });
    expect(Object.keys(answer.body)).toEqual(['error']);
  });

  it('a grant beyond the range of amounts is 400, and of an unknown credit 404', async () => {
    const raw = `{"company_id":"big_2","credit_id":"${credit}","reason":"plan","quantity":9223372036855}`;
    expect((await schematic.send('POST', `${GRANTS}/company`, { raw })).status).toBe(400);
    const unknown = schematic.grant('comp_1', 'credit_unknown', 1);
    expect(await refusalOf(unknown)).toMatchObject({ status: 404, name: 'NotFoundError' });
  });

  it('repeats with one idempotency key grant once, at the same moment and later', async () => {
    const company_id = newCompany();
    const grant = { company_id, credit_id: credit, quantity: 3, reason: 'free', expiry_unit_count: 5 };
    const key = `grant-${company_id}`;
    const made = await Promise.all(Array.from({ length: 6 }, () => post(grant, key)));
    made.push(await post(grant, key));
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    expect(await schematic.balance(company_id)).toMatchObject([{ remaining: 3 }]);
    expect(await post({ ...grant, quantity: 4 }, key)).toMatchObject({ status: 409 });
    expect(await schematic.balance(company_id)).toMatchObject([{ remaining: 3 }]);
  });

  it('grants of a company are listed over its credits, ordered, cut and counted', async () => {
    const companyId = newCompany();
    const other = await schematic.credit({ name: 'Images' });
    const expiresAt = new Date(Date.now() + DAY_MS);
    const ids = [
      (await schematic.grant(companyId, credit, 5, { expiresAt })).id,
      (await schematic.grant(companyId, other, 7)).id,
      (await schematic.grant(companyId, credit, 6, { expiresAt: new Date(Date.now() + 2 * DAY_MS) })).id,
    ] as const;
    const [first, second, third] = ids;
    await schematic.native('POST', `/v1/accounts/${companyId}/deltas`, { creditType: credit, delta: '-4' });
    const list = async (request: object): Promise<string[]> =>
      (await client.credits.listCompanyGrants({ companyId, ...request })).data.map(({ id }) => id);
    expect(await list({})).toEqual([third, second, first]);
    expect(await list({ order: 'created_at', dir: 'asc' })).toEqual([first, second, third]);
    expect(await list({ order: 'expires_at', dir: 'asc' })).toEqual([first, third, second]);
    expect(await list({ order: 'quantity', dir: 'desc' })).toEqual([second, third, first]);
    expect(await list({ order: 'quantity_remaining', dir: 'asc' })).toEqual([first, third, second]);
    expect(await list({ limit: 1, offset: 1 })).toEqual([second]);
    expect(await list({ limit: 0 })).toEqual([]);
    const [used] = (await client.credits.listCompanyGrants({ companyId, dir: 'asc', limit: 1 })).data;
    expect(used).toMatchObject({ creditName: 'Calls', quantity: 5, quantityRemaining: 1, quantityUsed: 4 });
    const counted = await client.credits.countCompanyGrants({ companyId, dir: 'asc' });
    expect(counted).toEqual({ data: { count: 3 }, params: { companyId, dir: 'asc', limit: 100, offset: 0 } });
    const { params } = await client.credits.listCompanyGrants({ companyId, limit: 250 });
    expect(params).toEqual({ companyId, limit: 250, offset: 0 });
  });

  it.each(['', 'company_id=', 'company_id=a&limit=251', 'company_id=a&order=name', 'company_id=a&dir=up'])(
    'a list of grants with ?%s is 400',
    async (query) => {
      for (const route of ['list', 'count']) {
        const answer = await schematic.send('GET', `${GRANTS}/company/${route}?${query}`);
        expect(answer).toMatchObject({ status: 400, body: { error: expect.any(String) } });
      }
    },
  );

  it('zeroing out drops what remains, with a reason; again it changes nothing', async () => {
    const companyId = newCompany();
    const { id } = await schematic.grant(companyId, credit, 10);
    await schematic.native('POST', `/v1/accounts/${companyId}/deltas`, { creditType: credit, delta: '-4' });
    const { data } = await client.credits.zeroOutGrant(id, { reason: 'plan_change' });
    expect((await client.credits.listCompanyGrants({ companyId })).data).toEqual([data]);
    expect(data).toMatchObject({
      id,
      quantity: 10,
      quantityRemaining: 0,
      quantityUsed: 4,
      zeroedOutDate: expect.any(Date),
      zeroedOutReason: 'plan_change',
    });
    expect(await schematic.balance(companyId)).toMatchObject([{ remaining: 0 }]);
    const again = await client.credits.zeroOutGrant(id, { reason: 'manual' });
    expect(again).toEqual({ data, params: {} });
  });

  it('zeroing out leaves what a hold reserves to it', async () => {
    const companyId = newCompany();
    const { id } = await schematic.grant(companyId, credit, 10);
    await schematic.native('POST', `/v1/accounts/${companyId}/holds`, { creditType: credit, amount: '4' });
    const { data } = await client.credits.zeroOutGrant(id);
    expect(data).toMatchObject({ quantityRemaining: 0, reserved: 4, settled: 4, zeroedOutReason: 'manual' });
    expect(await schematic.balance(companyId)).toMatchObject([{ remaining: 0, reserved: 4, settled: 4 }]);
  });

  it('a reset ends the grants of a plan, which used no more than before', async () => {
    const companyId = newCompany();
    const { id } = await schematic.grant(companyId, credit, 10, { reason: 'plan' });
    await schematic.native('POST', `/v1/accounts/${companyId}/deltas`, { creditType: credit, delta: '-4' });
    const reset = { creditType: credit, period: 'p2', grants: [{ amount: '20' }], rollover: { percent: 25 } };
    await schematic.native('POST', `/v1/accounts/${companyId}/resets`, reset);
    const { data } = await client.credits.listCompanyGrants({ companyId, dir: 'asc' });
    expect(data.find((grant) => grant.id === id)).toMatchObject({
      quantityUsed: 4,
      quantityRemaining: 0,
      zeroedOutDate: expect.any(Date),
      zeroedOutReason: 'plan_period_reset',
    });
    expect(await schematic.balance(companyId)).toMatchObject([{ remaining: 21.5 }]);
  });

  it('zeroing out an unknown grant is 404, with a wrong reason 400', async () => {
    expect(await refusalOf(client.credits.zeroOutGrant('grant_unknown'))).toMatchObject({ status: 404 });
    const answer = await schematic.send('PUT', `${GRANTS}/any/zero-out`, { body: { reason: 'bored' } });
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining('reason') } });
  });

  it('are consumed as adjustments, rollovers, then by the burn strategy of the credit', async () => {
    const inOrder = async (burnStrategy: 'first_in_first_out' | 'last_in_first_out' | 'expiration_priority') => {
      const ordered = await schematic.credit({ burnStrategy });
      const companyId = newCompany();
      const grant = (reason: 'free' | 'plan' | 'rollover' | 'adjustment', days: number) =>
        schematic.grant(companyId, ordered, 1, { reason, expiryUnitCount: days });
      const made = [
        await grant('free', 3),
        await grant('plan', 1),
        await grant('rollover', 9),
        await grant('adjustment', 9),
        await grant('free', 2),
      ];
      const used: number[] = [];
      while (used.length < made.length) {
        await schematic.native('POST', `/v1/accounts/${companyId}/deltas`, { creditType: ordered, delta: '-1' });
        const { data } = await client.credits.listCompanyGrants({ companyId, dir: 'asc' });
        const gone = data.flatMap(({ quantityRemaining }, index) => (quantityRemaining === 0 ? [index] : []));
        const next = gone.filter((index) => !used.includes(index));
        expect(next).toHaveLength(1);
        used.push(...next);
      }
      return used;
    };
    expect(await inOrder('first_in_first_out')).toEqual([3, 2, 0, 1, 4]);
    expect(await inOrder('last_in_first_out')).toEqual([3, 2, 4, 1, 0]);
    expect(await inOrder('expiration_priority')).toEqual([3, 2, 1, 4, 0]);
  });

  it('a plan burns first by default, then what was given first', async () => {
    const companyId = newCompany();
    const { id: free } = await schematic.grant(companyId, credit, 1, { reason: 'free' });
    const { id: plan } = await schematic.grant(companyId, credit, 1, { reason: 'plan' });
    await schematic.native('POST', `/v1/accounts/${companyId}/deltas`, { creditType: credit, delta: '-1' });
    const { data } = await client.credits.listCompanyGrants({ companyId });
    expect(new Map(data.map(({ id, quantityRemaining }) => [id, quantityRemaining]))).toEqual(
      new Map([
        [free, 1],
        [plan, 0],
      ]),
    );
  });

  it('balances are per credit, without what holds reserve', async () => {
    const companyId = newCompany();
    const other = await schematic.credit();
    await schematic.grant(companyId, credit, 10);
    await schematic.grant(companyId, other, 2.5);
    await schematic.native('POST', `/v1/accounts/${companyId}/holds`, { creditType: credit, amount: '4' });
    const balances = new Map((await schematic.balance(companyId)).map((balance) => [balance.creditId, balance]));
    expect(balances.size).toBe(2);
    expect(balances.get(credit)).toMatchObject({ remaining: 6, reserved: 4, settled: 10 });
    expect(balances.get(other)).toMatchObject({ remaining: 2.5, reserved: 0, settled: 2.5 });
    expect(await schematic.balance(newCompany())).toEqual([]);
    expect((await schematic.send('GET', '/billing/credits/balance')).status).toBe(400);
  });

  it('an unlimited balance shows the largest that there is', async () => {
    const companyId = await schematic.company(credit, 1);
    await schematic.native('PUT', `/v1/accounts/${companyId}/balance`, { creditType: credit, value: null });
    const { text } = await schematic.send('GET', `/billing/credits/balance?company_id=${companyId}`);
    expect(text).toContain('"remaining":9223372036854.775807,"reserved":0,"settled":9223372036854.775807');
  });
});
