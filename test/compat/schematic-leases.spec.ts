import { randomUUID } from 'node:crypto';

import type { SchematicClient } from '@schematichq/schematic-typescript-node';

import { refusalOf, SchematicStack } from './schematic-calls.js';

const LEASES = '/billing/credits/lease';
const MINUTE_MS = 60_000;

describe("leases of Schematic's client", () => {
  let schematic: SchematicStack;
  let client: SchematicClient;
  let creditTypeId: string;
  beforeAll(async () => {
    schematic = await SchematicStack.start();
    client = schematic.client();
    creditTypeId = await schematic.credit();
  });
  afterAll(() => schematic.stop());

  const company = (quantity = 100): Promise<string> => schematic.company(creditTypeId, quantity);
  const acquire = async (companyId: string, requestedAmount = 40) =>
    (await client.credits.acquireCreditLease({ companyId, creditTypeId, requestedAmount })).data;
  const post = (company_id: string, fields: object = {}, idempotencyKey?: string) =>
    schematic.send('POST', LEASES, {
      body: { company_id, credit_type_id: creditTypeId, requested_amount: 40, ...fields },
      idempotencyKey,
    });
  const balanceOf = async (companyId: string) =>
    (await schematic.balance(companyId)).find(({ creditId }) => creditId === creditTypeId);

  it('acquiring reserves, for five minutes unless said otherwise', async () => {
    const companyId = await company();
    const lease = await acquire(companyId);
    expect(lease).toEqual({
      id: expect.stringMatching(/^lease_[0-9a-f]{32}$/),
      companyId,
      creditTypeId,
      grantedAmount: 40,
      trackedAmount: 0,
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
      expiresAt: new Date(lease.createdAt.getTime() + 5 * MINUTE_MS),
    });
    expect(await balanceOf(companyId)).toMatchObject({ remaining: 60, reserved: 40, settled: 100 });
    const expiresAt = new Date(Date.now() + 60 * MINUTE_MS);
    const request = { companyId: await company(), creditTypeId, requestedAmount: 1.5, expiresAt };
    expect((await client.credits.acquireCreditLease(request)).data).toMatchObject({ expiresAt, grantedAmount: 1.5 });
  });

  it('is a hold that is captured natively', async () => {
    const companyId = await company();
    const { id } = await acquire(companyId);
    await schematic.native('POST', `/v1/holds/${id}/capture`, { amount: '15' });
    const { data } = await client.credits.releaseCreditLease(id);
    expect(data).toMatchObject({ id, grantedAmount: 40, trackedAmount: 15, releasedAt: expect.any(Date) });
    expect(await balanceOf(companyId)).toMatchObject({ remaining: 85, reserved: 0, settled: 85 });
  });

  it('acquiring again answers the active one, 201 both times', async () => {
    const companyId = await company();
    const first = await post(companyId);
    const second = await post(companyId, { requested_amount: 7 });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(await balanceOf(companyId)).toMatchObject({ remaining: 60, reserved: 40 });
  });

  it('of many that acquire at the same moment all get the same one', async () => {
    const companyId = await company();
    const leases = await Promise.all(Array.from({ length: 12 }, (_, index) => acquire(companyId, index + 1)));
    expect(new Set(leases.map(({ id }) => id)).size).toBe(1);
    expect(await balanceOf(companyId)).toMatchObject({ reserved: leases[0]?.grantedAmount });
    const { data } = (await schematic.native('GET', `/v1/accounts/${companyId}/holds?creditType=${creditTypeId}`)) as {
      data: unknown[];
    };
    expect(data).toHaveLength(1);
  });

  it('after a release, or when it has expired, the next one is another', async () => {
    const companyId = await company();
    const first = await acquire(companyId);
    await client.credits.releaseCreditLease(first.id);
    const expires_at = new Date(Date.now() + 1_500).toISOString();
    const second = (await post(companyId, { expires_at })).body.data as { id: string };
    expect(second.id).not.toBe(first.id);
    const left = Date.parse(expires_at) - Date.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, left) + 10));
    const third = await acquire(companyId, 10);
    expect([first.id, second.id]).not.toContain(third.id);
  });

  it('each credit of a company has its own, and holds made natively are none', async () => {
    const companyId = await company();
    const other = await schematic.credit();
    await schematic.grant(companyId, other, 10);
    await schematic.native('POST', `/v1/accounts/${companyId}/holds`, { creditType: creditTypeId, amount: '1' });
    const { id } = await acquire(companyId);
    const request = { companyId, creditTypeId: other, requestedAmount: 1 };
    expect((await client.credits.acquireCreditLease(request)).data.id).not.toBe(id);
    expect(await balanceOf(companyId)).toMatchObject({ reserved: 41 });
  });

  it('is granted what is there when it is less; nothing is 402', async () => {
    const companyId = await company(25);
    expect(await acquire(companyId, 40)).toMatchObject({ grantedAmount: 25 });
    const poor = await company(1);
    await schematic.native('POST', `/v1/accounts/${poor}/deltas`, { creditType: creditTypeId, delta: '-1' });
    expect(await refusalOf(acquire(poor))).toMatchObject({ status: 402, name: 'PaymentRequiredError' });
    await schematic.grant(poor, creditTypeId, 5);
    expect(await acquire(poor)).toMatchObject({ grantedAmount: 5 });
  });

  it('of a company without the credit, or an unknown credit, is 404', async () => {
    expect(await refusalOf(acquire('comp_unknown'))).toMatchObject({ status: 404, name: 'NotFoundError' });
    const unknown = await post(await company(), { credit_type_id: 'credit_unknown' });
    expect(unknown).toMatchObject({ status: 404, body: { error: expect.any(String) } });
  });

  it.each([
    ['company_id', { company_id: undefined }],
    ['credit_type_id', { credit_type_id: 5 }],
    ['requested_amount', { requested_amount: 0 }],
    ['requested_amount', { requested_amount: '5' }],
    ['decimal', { requested_amount: 0.0000001 }],
    ['expires_at', { expires_at: 'later' }],
    ['expiresAt', { expires_at: '2001-01-01T00:00:00Z' }],
    ['expiresAt', { expires_at: new Date(Date.now() + 48 * 60 * MINUTE_MS).toISOString() }],
  ])('acquiring with a wrong %s is 400', async (field, fields) => {
    const answer = await post(await company(), fields);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(field) } });
  });

  it('extending adds credits, time or both, and never shortens', async () => {
    const companyId = await company();
    const { id, expiresAt } = await acquire(companyId);
    const later = new Date(expiresAt.getTime() + 10 * MINUTE_MS);
    const extend = async (request: Parameters<typeof client.credits.extendCreditLease>[1]) =>
      (await client.credits.extendCreditLease(id, request)).data;
    expect(await extend({ additionalAmount: 10 })).toMatchObject({ id, grantedAmount: 50, expiresAt });
    expect(await extend({ additionalAmount: 0, expiresAt: later })).toMatchObject({
      grantedAmount: 50,
      expiresAt: later,
    });
    expect(await extend({ additionalAmount: 1, expiresAt })).toMatchObject({ grantedAmount: 51, expiresAt: later });
    expect(await extend({ additionalAmount: 100 })).toMatchObject({ grantedAmount: 100 });
    expect(await extend({ additionalAmount: 1 })).toMatchObject({ grantedAmount: 100 });
    expect(await balanceOf(companyId)).toMatchObject({ remaining: 0, reserved: 100 });
  });

  it('extending with one idempotency key, in body or header, extends once', async () => {
    const { id } = await acquire(await company());
    const request = { additionalAmount: 10, idempotencyKey: `extend-${id}` };
    const made = await Promise.all(Array.from({ length: 4 }, () => client.credits.extendCreditLease(id, request)));
    expect(made.map(({ data }) => data.grantedAmount)).toEqual([50, 50, 50, 50]);
    const path = `${LEASES}/${id}/extend`;
    const byHeader = () => schematic.send('PUT', path, { body: { additional_amount: 1 }, idempotencyKey: `by-${id}` });
    expect((await byHeader()).body.data).toMatchObject({ granted_amount: 51 });
    expect((await byHeader()).body.data).toMatchObject({ granted_amount: 51 });
    const other = { additionalAmount: 11, idempotencyKey: request.idempotencyKey };
    expect(await refusalOf(client.credits.extendCreditLease(id, other))).toMatchObject({ status: 409 });
    const both = { body: { additional_amount: 1, idempotency_key: 'a' }, idempotencyKey: 'b' };
    expect((await schematic.send('PUT', path, both)).status).toBe(400);
  });

  it.each([{}, { additional_amount: -1 }, { additional_amount: 0 }, { additional_amount: 1, idempotency_key: '' }])(
    'extending with %j is 400',
    async (body) => {
      const { id } = await acquire(await company());
      const answer = await schematic.send('PUT', `${LEASES}/${id}/extend`, { body });
      expect(answer).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining(Object.keys(body).at(-1) ?? 'additional_amount') },
      });
    },
  );

  it('a second release is 409, an unknown one 404', async () => {
    const { id } = await acquire(await company());
    await client.credits.releaseCreditLease(id);
    expect(await refusalOf(client.credits.releaseCreditLease(id))).toMatchObject({
      status: 409,
      error: 'credit lease has already been released',
    });
    expect(await refusalOf(client.credits.extendCreditLease(id, { additionalAmount: 1 }))).toMatchObject({
      status: 409,
      error: 'credit lease has already been released',
    });
    expect(await refusalOf(client.credits.releaseCreditLease('lease_unknown'))).toMatchObject({ status: 404 });
  });

  it('says of one that ended otherwise how it did', async () => {
    const { id } = await acquire(await company());
    await schematic.native('POST', `/v1/holds/${id}/capture`, { amount: '40', final: true });
    const captured = await refusalOf(client.credits.releaseCreditLease(id));
    expect(captured).toMatchObject({ status: 409, error: 'credit lease has already been captured' });
    const soon = new Date(Date.now() + 1_000);
    const expiring = await post(await company(), { expires_at: soon.toISOString() });
    const { id: expired } = expiring.body.data as { id: string };
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, soon.getTime() - Date.now()) + 50));
    const late = await refusalOf(client.credits.releaseCreditLease(expired));
    expect(late).toMatchObject({ status: 409, error: 'credit lease has expired' });
  });

  it('repeats with one idempotency key answer their own lease, also after its release', async () => {
    const companyId = await company();
    const key = `lease-${companyId}`;
    const made = await Promise.all(Array.from({ length: 5 }, () => post(companyId, {}, key)));
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    const { id } = made[0]?.body.data as { id: string };
    const release = () => schematic.send('PUT', `${LEASES}/${id}/release`, { idempotencyKey: `${key}-end` });
    expect((await release()).status).toBe(200);
    expect((await release()).status).toBe(200);
    const next = await acquire(companyId, 3);
    expect(next.id).not.toBe(id);
    expect((await post(companyId, {}, key)).body.data).toMatchObject({ id, released_at: expect.any(String) });
    expect((await post(companyId, { requested_amount: 2 }, key)).status).toBe(409);
    expect(await balanceOf(companyId)).toMatchObject({ reserved: 3 });
  });

  it('of different keys at the same moment one makes it', async () => {
    const companyId = await company();
    const made = await Promise.all(Array.from({ length: 6 }, () => post(companyId, {}, randomUUID())));
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(made.map(({ body }) => (body.data as { id: string }).id)).size).toBe(1);
    expect(await balanceOf(companyId)).toMatchObject({ reserved: 40 });
  });
});
