import type { Schematic, SchematicClient } from '@schematichq/schematic-typescript-node';

import { SchematicStack } from './schematic-calls.js';

const LEDGER = '/v2/billing/credits/ledger';

describe("the ledger of Schematic's client", () => {
  let schematic: SchematicStack;
  let client: SchematicClient;
  let calls: string;
  let images: string;
  beforeAll(async () => {
    schematic = await SchematicStack.start();
    client = schematic.client();
    calls = await schematic.credit({ name: 'Calls', singularName: 'call' });
    images = await schematic.credit({ name: 'Images' });
  });
  afterAll(() => schematic.stop());

  const list = async (
    request: Schematic.ListCreditEventLedgerRequest,
  ): Promise<Schematic.CreditEventLedgerResponseData[]> => (await client.credits.listCreditEventLedger(request)).data;

  /** A grant of 100, of which 8 are used, then a lease of 40 of which 15 are; a grant of 5 images that is dropped. */
  async function busyCompany(): Promise<string> {
    const companyId = await schematic.company(calls, 100);
    const account = { creditType: calls };
    await schematic.native('POST', `/v1/accounts/${companyId}/deltas`, { ...account, delta: '-8' });
    const lease = { companyId, creditTypeId: calls, requestedAmount: 40 };
    const { id } = (await client.credits.acquireCreditLease(lease)).data;
    await schematic.native('POST', `/v1/holds/${id}/capture`, { amount: '15' });
    await client.credits.releaseCreditLease(id);
    const dropped = await schematic.grant(companyId, images, 5);
    await client.credits.zeroOutGrant(dropped.id, { reason: 'plan_change' });
    return companyId;
  }

  it('has the movements of all credits, newest first', async () => {
    const companyId = await busyCompany();
    const rows = await list({ companyId });
    expect(
      rows.map((row) => [row.creditName, row.eventType, row.usageReason, row.amount, row.quantityConsumed]),
    ).toEqual([
      ['Images', 'zero_out', undefined, -5, undefined],
      ['Images', 'grant', undefined, 5, undefined],
      ['Calls', 'usage', 'lease_release', 25, undefined],
      ['Calls', 'usage', 'track', 0, 15],
      ['Calls', 'usage', 'lease_hold', -40, undefined],
      ['Calls', 'usage', 'track', -8, 8],
      ['Calls', 'grant', undefined, 100, undefined],
    ]);
  });

  it('its amounts add up to what remains', async () => {
    const companyId = await busyCompany();
    await client.credits.acquireCreditLease({ companyId, creditTypeId: calls, requestedAmount: 7 });
    const rows = await list({ companyId, billingCreditId: calls });
    const [balance] = (await schematic.balance(companyId)).filter(({ creditId }) => creditId === calls);
    expect(rows.reduce((sum, { amount }) => sum + amount, 0)).toBe(balance?.remaining);
    expect(balance?.remaining).toBe(100 - 8 - 15 - 7);
  });

  it('a row has what the client requires', async () => {
    const companyId = await schematic.company(calls, 2.5);
    const { data, params } = await client.credits.listCreditEventLedger({ companyId, limit: 3 });
    expect(params).toEqual({ companyId, limit: 3, offset: 0 });
    expect(data).toEqual([
      {
        amount: 2.5,
        billingCreditId: calls,
        company: { id: companyId, name: companyId },
        companyId,
        credit: { id: calls, name: 'Calls', description: 'Calls of the API', singularName: 'call' },
        creditName: 'Calls',
        environmentId: 'acme',
        eventAt: expect.any(Date),
        eventId: expect.any(String),
        eventType: 'grant',
        grantId: expect.any(String),
        grantQuantity: 2.5,
        sourceId: expect.any(Number),
      },
    ]);
  });

  it('says why a grant was zeroed out, and how much was left', async () => {
    const companyId = await busyCompany();
    const [row] = await list({ companyId, eventType: 'zero_out' });
    expect(row).toMatchObject({ zeroedOutReason: 'plan_change', quantityRemainingAtZeroOut: 5 });
  });

  it('is filtered by credit, type and time, cut by limit and offset, and counted', async () => {
    const companyId = await busyCompany();
    const all = await list({ companyId });
    const types = async (request: object) => (await list({ companyId, ...request })).map(({ eventType }) => eventType);
    expect(await types({ billingCreditId: images })).toEqual(['zero_out', 'grant']);
    expect(await types({ eventType: 'usage', limit: 250 })).toEqual(Array(4).fill('usage'));
    expect(await types({ eventType: 'transfer' })).toEqual([]);
    expect(await types({ featureId: 'feature_1' })).toEqual([]);
    expect(await types({ limit: 0 })).toEqual([]);
    expect(await list({ companyId, limit: 2, offset: 1 })).toEqual(all.slice(1, 3));
    const at = all[3]?.eventAt ?? new Date(0);
    const between = { companyId, startTime: at.toISOString(), endTime: new Date(at.getTime() + 1).toISOString() };
    expect(await list(between)).toEqual(all.filter(({ eventAt }) => eventAt.getTime() === at.getTime()));
    const count = async (request: object) =>
      (await client.credits.countCreditEventLedger({ companyId, ...request })).data.count;
    expect(await count({})).toBe(7);
    expect(await count({ limit: 1, offset: 5 })).toBe(7);
    expect(await count({ eventType: 'grant' })).toBe(2);
    expect(await count({ endTime: new Date(0).toISOString() })).toBe(0);
    expect(await count({ featureId: 'feature_1' })).toBe(0);
  });

  it('of an unknown company is empty', async () => {
    expect(await list({ companyId: 'comp_unknown' })).toEqual([]);
    const counted = await client.credits.countCreditEventLedger({ companyId: 'comp_unknown' });
    expect(counted.data).toEqual({ count: 0 });
  });

  it.each(['', 'company_id=a&limit=251', 'company_id=a&event_type=gift', 'company_id=a&start_time=yesterday'])(
    'with ?%s is 400',
    async (query) => {
      for (const path of [LEDGER, `${LEDGER}/count`]) {
        const answer = await schematic.send('GET', `${path}?${query}`);
        expect(answer).toMatchObject({ status: 400, body: { error: expect.any(String) } });
      }
    },
  );

  it('amounts have all their digits', async () => {
    const raw = `{"company_id":"exact","credit_id":"${calls}","reason":"plan","quantity":9007199254740.993001}`;
    await schematic.send('POST', '/billing/credits/grants/company', { raw });
    const { text } = await schematic.send('GET', `${LEDGER}?company_id=exact`);
    expect(text).toContain('"amount":9007199254740.993001,');
  });
});
