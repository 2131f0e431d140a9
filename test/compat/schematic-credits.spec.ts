import type { Schematic, SchematicClient } from '@schematichq/schematic-typescript-node';

import { refusalOf, SchematicStack } from './schematic-calls.js';

const PATH = '/billing/credits';
const UNKNOWN = 'credit_unknown';

describe("credits of Schematic's client", () => {
  let schematic: SchematicStack;
  let client: SchematicClient;
  beforeAll(async () => {
    schematic = await SchematicStack.start();
    client = schematic.client();
  });
  afterAll(() => schematic.stop());

  const needed = { name: 'Calls', description: 'Calls of the API' };
  const put = (id: string, body: object, idempotencyKey?: string) =>
    schematic.send('PUT', `${PATH}/${id}`, { body, idempotencyKey });

  it('a new one has the defaults, scale 6 and every field that the client requires', async () => {
    const { data, params } = await client.credits.createBillingCredit({ ...needed, currency: 'USD' });
    expect(params).toEqual({});
    expect(data).toEqual({
      id: expect.stringMatching(/^credit_[0-9a-f]{32}$/),
      ...needed,
      burnStrategy: 'plan_first_then_credit_bundles_first_in_first_out',
      costEditable: true,
      currencyPrices: [],
      defaultExpiryUnit: 'days',
      defaultRolloverPolicy: 'none',
      ledgerAuthority: 'schematic_authoritative',
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
    });
    expect(await schematic.native('GET', `/v1/credit-types/${data.id}`)).toMatchObject({ scale: 6 });
  });

  it('making one is 201, reading it 200, and both say the same', async () => {
    const made = await schematic.send('POST', PATH, { body: { ...needed, currency: 'USD', per_unit_price: 5 } });
    expect(made.status).toBe(201);
    const { data } = made.body as { data: { id: string } };
    const read = await schematic.send('GET', `${PATH}/${data.id}`);
    expect(read).toMatchObject({ status: 200, body: { data, params: {} } });
    expect(data).toMatchObject({ price: { currency: 'USD', price: 5 }, product: null, icon: null });
  });

  it('an update changes all that it names', async () => {
    const id = await schematic.credit();
    const update: Schematic.UpdateBillingCreditRequestBody = {
      name: 'Premium calls',
      description: '',
      burnStrategy: 'last_in_first_out',
      currencyPrices: [
        { currency: 'USD', pricePerUnit: 100 },
        { currency: 'EUR', pricePerUnit: 1, pricePerUnitDecimal: '0.5' },
      ],
      defaultExpiryUnit: 'billing_periods',
      defaultExpiryUnitCount: 3,
      defaultRolloverPolicy: 'rollover',
      icon: 'coin',
      perUnitPrice: 7,
      perUnitPriceDecimal: '6.75',
      pluralName: 'p'.repeat(512),
      singularName: 's'.repeat(512),
    };
    const { data } = await client.credits.updateBillingCredit(id, update);
    expect(data).toMatchObject({
      id,
      name: 'Premium calls',
      description: '',
      burnStrategy: 'last_in_first_out',
      currencyPrices: [
        { currency: 'USD', price: { currency: 'USD', price: 100, priceDecimal: '100', scheme: 'per_unit' } },
        { currency: 'EUR', price: { currency: 'EUR', price: 1, priceDecimal: '0.5' } },
      ],
      defaultExpiryUnit: 'billing_periods',
      defaultExpiryUnitCount: 3,
      defaultRolloverPolicy: 'rollover',
      icon: 'coin',
      price: { currency: 'USD', price: 7, priceDecimal: '6.75' },
      pluralName: 'p'.repeat(512),
      singularName: 's'.repeat(512),
    });
    expect((await client.credits.getSingleBillingCredit(id)).data).toEqual(data);
  });

  it('what an update leaves out keeps its value, null resets to the default', async () => {
    const full = {
      ...needed,
      burn_strategy: 'expiration_priority',
      currency_prices: [{ currency: 'USD', price_per_unit: 2500 }],
      default_expiry_unit: 'billing_periods',
      default_expiry_unit_count: 2,
      default_rollover_policy: 'expire',
      icon: 'coin',
      per_unit_price: 3,
      per_unit_price_decimal: '2.5',
      plural_name: 'calls',
      singular_name: 'call',
    };
    const id = await schematic.credit();
    const first = (await put(id, full)).body.data as Record<string, unknown>;
    const kept = (await put(id, { name: 'Other', description: 'words' })).body.data;
    expect(kept).toEqual({ ...first, name: 'Other', description: 'words', updated_at: expect.any(String) });
    const optional = Object.keys(full).filter((name) => !(name in needed));
    const nulls = Object.fromEntries(optional.map((name) => [name, null]));
    expect((await put(id, { ...needed, ...nulls })).body.data).toMatchObject({
      burn_strategy: 'plan_first_then_credit_bundles_first_in_first_out',
      currency_prices: [],
      default_expiry_unit: 'days',
      default_expiry_unit_count: null,
      default_rollover_policy: 'none',
      icon: null,
      price: null,
      plural_name: null,
      singular_name: null,
    });
  });

  it('a unit of expiry is kept while there is no count', async () => {
    const id = await schematic.credit();
    await put(id, { ...needed, default_expiry_unit: 'billing_periods' });
    expect((await put(id, needed)).body.data).toMatchObject({
      default_expiry_unit: 'billing_periods',
      default_expiry_unit_count: null,
    });
    expect((await put(id, { ...needed, default_expiry_unit_count: 6 })).body.data).toMatchObject({
      default_expiry_unit: 'billing_periods',
      default_expiry_unit_count: 6,
    });
  });

  it('a native burn order of priority reads as expiration_priority and is kept', async () => {
    await schematic.native('PUT', '/v1/credit-types/tokens', { scale: 2, metadata: { owner: 'crm' } });
    const { data } = await client.credits.updateBillingCredit('tokens', needed);
    expect(data).toMatchObject({ id: 'tokens', burnStrategy: 'expiration_priority' });
    const native = await schematic.native('GET', '/v1/credit-types/tokens');
    expect(native).toMatchObject({ burnOrder: 'priority', scale: 2, metadata: { owner: 'crm' } });
  });

  it('the built-in credit can be updated, and keeps its scale', async () => {
    const { data } = await client.credits.updateBillingCredit('credits', needed);
    expect(data).toMatchObject({ id: 'credits', ...needed, burnStrategy: 'expiration_priority' });
    expect((await client.credits.listBillingCredits({ ids: 'credits' })).data).toEqual([data]);
    expect(await schematic.native('GET', '/v1/credit-types/credits')).toMatchObject({ scale: 0, name: 'Calls' });
    expect(await refusalOf(client.credits.softDeleteBillingCredit('credits'))).toMatchObject({ status: 409 });
  });

  it.each([
    ['name', { description: 'x' }],
    ['name', { ...needed, name: '' }],
    ['name', { ...needed, name: 'x'.repeat(256) }],
    ['description', { name: 'x' }],
    ['description', { ...needed, description: 'x'.repeat(1025) }],
    ['burn_strategy', { ...needed, burn_strategy: 'priority' }],
    ['currency_prices', { ...needed, currency_prices: Array(51).fill({ currency: 'USD', price_per_unit: 1 }) }],
    ['currency_prices/0/currency', { ...needed, currency_prices: [{ currency: 'EURO', price_per_unit: 1 }] }],
    ['currency_prices/0/price_per_unit', { ...needed, currency_prices: [{ currency: 'EUR', price_per_unit: -1 }] }],
    ['currency_prices/0', { ...needed, currency_prices: [{ currency: 'EUR' }] }],
    ['default_expiry_unit', { ...needed, default_expiry_unit: 'weeks' }],
    ['default_expiry_unit_count', { ...needed, default_expiry_unit_count: 0 }],
    ['default_rollover_policy', { ...needed, default_rollover_policy: 'some' }],
    ['icon', { ...needed, icon: 'x'.repeat(65) }],
    ['per_unit_price', { ...needed, per_unit_price: 0 }],
    ['per_unit_price_decimal', { ...needed, per_unit_price_decimal: '1e2' }],
    ['plural_name', { ...needed, plural_name: 'x'.repeat(513) }],
    ['singular_name', { ...needed, singular_name: 'x'.repeat(513) }],
  ])('an update with a wrong %s is 400', async (field, body) => {
    const answer = await put('credits', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: expect.stringContaining(field) });
  });

  it('values at the limits pass, and every wrong field is named', async () => {
    const id = await schematic.credit();
    const most = {
      name: '🦊'.repeat(255),
      description: 'x'.repeat(1024),
      icon: 'x'.repeat(64),
      currency_prices: Array(50).fill({ currency: 'USD', price_per_unit: 0 }),
      default_expiry_unit_count: 1,
      per_unit_price: 1,
    };
    expect((await put(id, most)).status).toBe(200);
    const { error } = (await put(id, { name: 7, icon: 7 })).body;
    for (const field of ['name', 'description', 'icon']) expect(error).toContain(field);
    expect((await put(id, {})).status).toBe(400);
    expect((await schematic.send('PUT', `${PATH}/${id}`, { raw: 'no json' })).body).toEqual({
      error: expect.stringContaining('JSON'),
    });
  });

  it('prices have all their digits', async () => {
    const id = await schematic.credit();
    const raw = `{"name":"a","description":"b","per_unit_price":9007199254740993,"currency_prices":[{"currency":"USD","price_per_unit":9007199254740995}]}`;
    const { text } = await schematic.send('PUT', `${PATH}/${id}`, { raw });
    expect(text).toContain('"price":9007199254740993');
    expect(text).toContain('"price":9007199254740995');
  });

  it('making one needs a currency', async () => {
    const answer = await schematic.send('POST', PATH, { body: needed });
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining('currency') } });
  });

  it('an unknown one is 404 for reading, updating and deleting', async () => {
    for (const id of [UNKNOWN, 'with space', 'x'.repeat(65), '%00']) {
      const { credits } = client;
      const calls = [
        () => credits.getSingleBillingCredit(id),
        () => credits.updateBillingCredit(id, needed),
        () => credits.softDeleteBillingCredit(id),
      ];
      for (const call of calls) {
        expect(await refusalOf(call())).toMatchObject({ status: 404, name: 'NotFoundError' });
      }
    }
  });

  it('a deleted one is gone, and its balances stay', async () => {
    const id = await schematic.credit();
    const company = await schematic.company(id, 5);
    const { data } = await client.credits.softDeleteBillingCredit(id);
    expect(data).toEqual({ deleted: true });
    expect(await refusalOf(client.credits.getSingleBillingCredit(id))).toMatchObject({ status: 404 });
    expect(await refusalOf(client.credits.softDeleteBillingCredit(id))).toMatchObject({ status: 404 });
    expect(await refusalOf(schematic.grant(company, id, 1))).toMatchObject({ status: 404 });
    expect(await schematic.balance(company)).toMatchObject([{ creditId: id, remaining: 5 }]);
  });

  it('lists are newest first, by ids or name, cut by limit and offset, and counted', async () => {
    const name = `Listed ${Date.now()}`;
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.unshift(await schematic.credit({ name: `${name} ${i}` }));
    const list = async (request: object): Promise<string[]> =>
      (await client.credits.listBillingCredits(request)).data.map(({ id }) => id);
    expect(await list({ name })).toEqual(ids);
    expect(await list({ name: name.toUpperCase(), limit: 2 })).toEqual(ids.slice(0, 2));
    expect(await list({ name, limit: 250, offset: 2 })).toEqual(ids.slice(2));
    expect(await list({ name, limit: 0 })).toEqual([]);
    expect(await list({ ids: [ids[0], UNKNOWN] })).toEqual([ids[0]]);
    expect((await list({ ids: [ids[0], ids[2]] })).sort()).toEqual([ids[0], ids[2]].sort());
    const counted = await client.credits.countBillingCredits({ name, limit: 1 });
    expect(counted).toEqual({ data: { count: 3 }, params: { name, limit: 1, offset: 0 } });
    const { params } = (await schematic.send('GET', `${PATH}?name=x`)).body;
    expect(params).toEqual({ name: 'x', limit: 100, offset: 0 });
  });

  it.each(['limit=251', 'limit=-1', 'limit=x', 'limit=1.5', 'offset=-1', 'limit=1&limit=2'])(
    'a list with %s is 400',
    async (query) => {
      const answer = await schematic.send('GET', `${PATH}?${query}`);
      expect(answer).toMatchObject({ status: 400, body: { error: expect.any(String) } });
    },
  );

  it('repeats with one idempotency key have a single effect', async () => {
    const body = { ...needed, currency: 'USD' };
    const made = await Promise.all(
      Array.from({ length: 5 }, () => schematic.send('POST', PATH, { body, idempotencyKey: 'make-1' })),
    );
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    const { id } = made[0]?.body.data as { id: string };
    const first = await put(id, { ...needed, icon: 'a' }, 'update-1');
    await put(id, { ...needed, icon: 'b' }, 'update-2');
    const repeated = await put(id, { ...needed, icon: 'a' }, 'update-1');
    expect(first).toMatchObject({ status: 200, body: { data: { icon: 'a' } } });
    expect(repeated).toMatchObject({ status: 200, body: { data: { icon: 'b' } } });
    const other = await put(id, { ...needed, icon: 'c' }, 'update-1');
    expect(other).toMatchObject({ status: 409, body: { error: expect.stringContaining('update-1') } });
    const remade = await schematic.send('POST', PATH, { body: { ...body, name: 'x' }, idempotencyKey: 'make-1' });
    expect(remade.status).toBe(409);
  });

  it('updates of different fields at the same moment are all kept', async () => {
    const id = await schematic.credit();
    const updates = [{ icon: 'coin' }, { plural_name: 'calls' }, { singular_name: 'call' }, { per_unit_price: 4 }];
    const answers = await Promise.all(updates.map((update) => put(id, { ...needed, ...update })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await client.credits.getSingleBillingCredit(id)).data).toMatchObject({
      icon: 'coin',
      pluralName: 'calls',
      singularName: 'call',
      price: { price: 4 },
    });
  });
});
