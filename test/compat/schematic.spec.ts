import { spawnApp } from '@app/testing';
import type { SchematicClient } from '@schematichq/schematic-typescript-node';

import { refusalOf, type SendOptions, SchematicStack } from './schematic-calls.js';

const COMPANY = 'comp_1';

describe("a service that uses Schematic's client", () => {
  let schematic: SchematicStack;
  let client: SchematicClient;
  let credit: string;
  let grant: string;
  let lease: string;
  beforeAll(async () => {
    schematic = await SchematicStack.start();
    client = schematic.client();
    credit = await schematic.credit();
    grant = (await schematic.grant(COMPANY, credit, 100)).id;
    const request = { companyId: COMPANY, creditTypeId: credit, requestedAmount: 10 };
    lease = (await client.credits.acquireCreditLease(request)).data.id;
  });
  afterAll(() => schematic.stop());

  /** Every route, with what it takes. */
  const routes = (): readonly [method: string, path: string, body?: object][] => [
    ['GET', '/billing/credits'],
    ['GET', '/billing/credits/count'],
    ['POST', '/billing/credits', { name: 'a', description: 'b', currency: 'USD' }],
    ['GET', `/billing/credits/${credit}`],
    ['PUT', `/billing/credits/${credit}`, { name: 'Calls', description: 'Calls of the API' }],
    ['DELETE', `/billing/credits/${credit}`],
    [
      'POST',
      '/billing/credits/grants/company',
      { company_id: COMPANY, credit_id: credit, quantity: 1, reason: 'free' },
    ],
    ['GET', `/billing/credits/grants/company/list?company_id=${COMPANY}`],
    ['GET', `/billing/credits/grants/company/count?company_id=${COMPANY}`],
    ['PUT', `/billing/credits/grants/${grant}/zero-out`],
    ['GET', `/billing/credits/balance?company_id=${COMPANY}`],
    ['POST', '/billing/credits/lease', { company_id: COMPANY, credit_type_id: credit, requested_amount: 1 }],
    ['PUT', `/billing/credits/lease/${lease}/extend`, { additional_amount: 1 }],
    ['PUT', `/billing/credits/lease/${lease}/release`],
    ['GET', `/v2/billing/credits/ledger?company_id=${COMPANY}`],
    ['GET', `/v2/billing/credits/ledger/count?company_id=${COMPANY}`],
  ];

  async function statuses(
    options: SendOptions,
    chosen: (method: string) => boolean = () => true,
  ): Promise<Set<number>> {
    const found = new Set<number>();
    for (const [method, path, body] of routes().filter(([name]) => chosen(name))) {
      const answer = await schematic.send(method, path, { ...options, body });
      if (answer.status >= 400) expect(answer.body).toEqual({ error: expect.any(String) });
      expect(answer.headers.get('content-type')).toContain('application/json');
      found.add(answer.status);
    }
    return found;
  }

  it('without a key, or with an unknown one, every route is 401', async () => {
    expect(await statuses({ key: null })).toEqual(new Set([401]));
    expect(await statuses({ key: 'cb_unknown' })).toEqual(new Set([401]));
    const refused = await refusalOf(schematic.client('cb_unknown').credits.listBillingCredits());
    expect(refused).toMatchObject({ status: 401, error: expect.any(String), name: 'UnauthorizedError' });
  });

  it('credentials are looked at before the body', async () => {
    expect((await schematic.send('POST', '/billing/credits', { key: null, raw: 'no json' })).status).toBe(401);
  });

  it('the key may come as a bearer token, as on native routes', async () => {
    const headers = { authorization: `Bearer ${schematic.key}` };
    expect((await schematic.send('GET', '/billing/credits', { key: null, headers })).status).toBe(200);
  });

  it('a key that may only read changes nothing, and one without catalog:write no credit', async () => {
    const reader = await schematic.keyWith({ scopes: ['credits:read'] });
    expect(await statuses({ key: reader }, (method) => method === 'GET')).toEqual(new Set([200]));
    expect(await statuses({ key: reader }, (method) => method !== 'GET')).toEqual(new Set([403]));
    const writer = schematic.client(await schematic.keyWith({ scopes: ['credits:write'] }));
    const refused = await refusalOf(writer.credits.softDeleteBillingCredit(credit));
    expect(refused).toMatchObject({ status: 403, name: 'ForbiddenError' });
  });

  it('what belongs to another tenant is like missing', async () => {
    const key = await schematic.stack.key('other');
    const other = schematic.client(key).credits;
    const body = { name: 'Mine', description: 'now' };
    const calls = [
      () => other.getSingleBillingCredit(credit),
      () => other.updateBillingCredit(credit, body),
      () => other.softDeleteBillingCredit(credit),
      () => other.grantBillingCreditsToCompany({ companyId: 'c', creditId: credit, quantity: 1, reason: 'free' }),
      () => other.zeroOutGrant(grant),
      () => other.acquireCreditLease({ companyId: COMPANY, creditTypeId: credit, requestedAmount: 1 }),
      () => other.extendCreditLease(lease, { additionalAmount: 1 }),
      () => other.releaseCreditLease(lease),
    ];
    for (const call of calls) expect(await refusalOf(call())).toMatchObject({ status: 404, name: 'NotFoundError' });
    expect((await other.listBillingCredits({ ids: credit })).data).toEqual([]);
    expect((await other.listCompanyGrants({ companyId: COMPANY })).data).toEqual([]);
    expect((await other.countCompanyGrants({ companyId: COMPANY })).data).toEqual({ count: 0 });
    expect((await other.listCreditEventLedger({ companyId: COMPANY })).data).toEqual([]);
    expect((await other.countCreditEventLedger({ companyId: COMPANY })).data).toEqual({ count: 0 });
    expect(await schematic.balance(COMPANY, key)).toEqual([]);
    expect((await client.credits.getSingleBillingCredit(credit)).data.name).toBe('Calls');
    expect(await schematic.balance(COMPANY)).toMatchObject([{ remaining: 90, reserved: 10 }]);
  });

  it('an idempotency key of another tenant is another key', async () => {
    const body = { name: 'a', description: 'b', currency: 'USD' };
    const ours = await schematic.send('POST', '/billing/credits', { body, idempotencyKey: 'shared' });
    const key = await schematic.stack.key('other');
    const theirs = await schematic.send('POST', '/billing/credits', { body, idempotencyKey: 'shared', key });
    expect([ours.status, theirs.status]).toEqual([201, 201]);
  });

  it('a key that is limited to companies of one prefix sees and changes no others', async () => {
    const key = await schematic.keyWith({ accountPrefix: 'team_' });
    const limited = schematic.client(key).credits;
    const request = { creditId: credit, quantity: 5, reason: 'free' } as const;
    await limited.grantBillingCreditsToCompany({ ...request, companyId: 'team_1' });
    expect(await schematic.balance('team_1', key)).toMatchObject([{ remaining: 5 }]);
    expect(await schematic.balance(COMPANY, key)).toEqual([]);
    expect((await limited.listCompanyGrants({ companyId: COMPANY })).data).toEqual([]);
    expect((await limited.listCreditEventLedger({ companyId: COMPANY })).data).toEqual([]);
    const others = { ...request, companyId: COMPANY };
    expect(await refusalOf(limited.grantBillingCreditsToCompany(others))).toMatchObject({ status: 403 });
    const acquiring = { companyId: COMPANY, creditTypeId: credit, requestedAmount: 1 };
    expect(await refusalOf(limited.acquireCreditLease(acquiring))).toMatchObject({ status: 403 });
    expect(await refusalOf(limited.zeroOutGrant(grant))).toMatchObject({ status: 404 });
    expect(await refusalOf(limited.releaseCreditLease(lease))).toMatchObject({ status: 404 });
    const catalogue = limited.updateBillingCredit(credit, { name: 'a', description: 'b' });
    expect(await refusalOf(catalogue)).toMatchObject({ status: 403 });
  });

  it('a key that is limited to a group opens accounts in it', async () => {
    const key = await schematic.keyWith({ group: 'crm' });
    const limited = schematic.client(key).credits;
    const request = { companyId: 'grouped', creditId: credit, quantity: 5, reason: 'free' } as const;
    await limited.grantBillingCreditsToCompany(request);
    expect(await schematic.native('GET', `/v1/accounts/grouped?creditType=${credit}`)).toMatchObject({ group: 'crm' });
    const refused = await refusalOf(limited.grantBillingCreditsToCompany({ ...request, companyId: COMPANY }));
    expect(refused).toMatchObject({ status: 403 });
  });

  it('unknown paths below /billing/credits have the same error', async () => {
    for (const path of [
      '/billing/credits/lease/a/b',
      '/v2/billing/credits/unknown',
      '/billing/credits/bundles/count',
    ]) {
      const answer = await schematic.send('POST', path, { body: {} });
      expect(answer).toMatchObject({ status: 404, body: { error: 'there is no such route' } });
    }
  });

  it('switched off, none of its routes is there', async () => {
    const { deployment } = schematic.stack;
    const gateway = await spawnApp('gateway', {
      ...deployment.appEnv({ COMPATIBLE_APIS: 'unkey,klaim,flexprice' }),
      DATABASE_URL: deployment.database.gatewayUrl,
    });
    try {
      for (const [method, path, body] of routes()) {
        const response = await fetch(`${gateway.baseUrl}${path}`, {
          method,
          headers: { 'x-schematic-api-key': schematic.key, ...(body && { 'content-type': 'application/json' }) },
          ...(body && { body: JSON.stringify(body) }),
        });
        expect({ status: response.status, body: await response.json() }).toMatchObject({
          status: 404,
          body: { code: 'NOT_FOUND' },
        });
      }
    } finally {
      await gateway.stop();
    }
  });
});
