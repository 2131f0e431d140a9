import { COMPATIBLE_APIS } from '@app/config';

import { createAdminApp } from './admin-app.js';
import { generateOpenApi } from './openapi.js';
import { GatewayUnderTest } from './testing/gateway-under-test.js';

describe('every answer', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
  });
  afterEach(() => gateway.stop());

  it('errors are problem details with type, title, status, detail, instance, code and requestId', async () => {
    const answer = await gateway.send('GET', '/v1/accounts/nobody?creditType=credits');
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toEqual({
      type: 'urn:creditbus:problem:account-not-found',
      title: 'Account not found',
      status: 404,
      detail: 'there is no account "nobody"',
      instance: '/v1/accounts/nobody',
      code: 'ACCOUNT_NOT_FOUND',
      requestId: answer.headers['x-request-id'],
    });
  });

  it('a request id that is harmless is kept, any other replaced', async () => {
    const headers = { 'x-request-id': 'trace-1.2:3_4' };
    expect((await gateway.send('GET', '/health/live', { headers })).headers['x-request-id']).toBe('trace-1.2:3_4');
    const bad = await gateway.send('GET', '/health/live', { headers: { 'x-request-id': 'a b"<script>' } });
    expect(bad.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('an unknown route is 404 NOT_FOUND', async () => {
    expect(await gateway.send('GET', '/v1/nothing')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it.each([
    ['%zz', 'the path is not correctly percent-encoded'],
    ['x'.repeat(2000), 'an id in the path is too long'],
  ])('a path that no route can take is 400: %.10s', async (id, detail) => {
    const answer = await gateway.send('GET', `/v1/accounts/${id}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST', detail } });
    expect(answer.headers['x-request-id']).toBe(answer.body.requestId);
  });

  it('an unexpected fault is 500 without a word of its cause', async () => {
    gateway.database.accountReader.find = () => Promise.reject(new TypeError('secret detail'));
    const answer = await gateway.send('GET', '/v1/accounts/x');
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
    expect(answer.text).not.toMatch(/secret|TypeError|\.ts/);
  });

  it('carries security headers', async () => {
    const { headers } = await gateway.send('GET', '/health/live');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
  });
});

describe('health', () => {
  it('live while the process answers; ready only with broker and database, 503 otherwise', async () => {
    const gateway = await GatewayUnderTest.start();
    const ready = async (): Promise<unknown> => {
      const { status, body } = await gateway.send('GET', '/health/ready', { key: null });
      return { status, checks: body.checks };
    };
    expect(await ready()).toEqual({ status: 200, checks: { broker: 'up', database: 'up' } });
    gateway.database.away = true;
    expect(await ready()).toEqual({ status: 503, checks: { broker: 'up', database: 'down' } });
    gateway.log.away = new Error('no broker');
    expect(await ready()).toEqual({ status: 503, checks: { broker: 'down', database: 'down' } });
    expect((await gateway.send('GET', '/health/live', { key: null })).status).toBe(200);
    await gateway.stop();
  });
});

describe('/docs and /metrics', () => {
  const statuses = async (gateway: GatewayUnderTest): Promise<number[]> => [
    (await gateway.send('GET', '/docs', { key: null })).status,
    (await gateway.send('GET', '/openapi.json', { key: null })).status,
    (await gateway.send('GET', '/metrics', { key: null })).status,
  ];

  it('can be switched off', async () => {
    const gateway = await GatewayUnderTest.start({ docsEnabled: false, metricsEnabled: false });
    expect(await statuses(gateway)).toEqual([404, 404, 404]);
    await gateway.stop();
  });

  it('can be moved to a port of their own, where the API is not', async () => {
    const options = { adminPort: 9, docsEnabled: true, metricsEnabled: true };
    const gateway = await GatewayUnderTest.start(options);
    expect(await statuses(gateway)).toEqual([404, 404, 404]);
    const admin = await createAdminApp(gateway.app, { ...gateway.options, ...options });
    for (const url of ['/docs', '/openapi.json', '/metrics']) {
      expect((await admin.inject({ method: 'GET', url })).statusCode).toBe(200);
    }
    expect((await admin.inject({ method: 'GET', url: '/v1/accounts' })).statusCode).toBe(404);
    await admin.close();
    await gateway.stop();
  });

  it('metrics count requests by route pattern, commands by result and waits by their end', async () => {
    const gateway = await GatewayUnderTest.start();
    const path = '/v1/accounts/key_1/deltas';
    await gateway.send('POST', path, { body: { delta: 1 } });
    await gateway.send('POST', path, { body: { delta: 'x' } });
    await gateway.send('POST', path, { body: { delta: 1 }, headers: { prefer: 'wait=0' } });
    gateway.log.away = new Error('no broker');
    await gateway.send('POST', path, { body: { delta: 1 } });
    const { text } = await gateway.send('GET', '/metrics', { key: null });
    expect(text).toMatch(
      /creditbus_http_request_seconds_count\{.*route="\/v1\/accounts\/:id\/deltas",status="202".*\} 2/,
    );
    expect(text).toMatch(/creditbus_gateway_commands_total\{.*type="credit.delta",result="accepted".*\} 2/);
    expect(text).toMatch(/creditbus_gateway_commands_total\{.*result="refused".*\} 1/);
    expect(text).toMatch(/creditbus_gateway_commands_total\{.*result="unavailable".*\} 1/);
    expect(text).toMatch(/creditbus_gateway_waits_total\{result="timeout".*\} 1/);
    expect(text).not.toContain('key_1');
    await gateway.stop();
  });
});

describe('the OpenAPI document', () => {
  interface Operation {
    readonly operationId: string;
    readonly tags?: readonly string[];
    readonly security?: object[];
    readonly requestBody?: { content: Record<string, { examples?: object }> };
    readonly responses: Record<string, { content?: Record<string, object> }>;
  }

  async function documented(): Promise<{ openapi: string; operations: { name: string; operation: Operation }[] }> {
    const document = (await generateOpenApi()) as { openapi: string; paths: Record<string, Record<string, Operation>> };
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
    );
    return { openapi: document.openapi, operations };
  }

  it('has one id for each operation, those of compatible APIs too', async () => {
    const { operations } = await documented();
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('is made without Kafka and Postgres and documents every native route with every problem it answers', async () => {
    const { openapi, operations: all } = await documented();
    expect(openapi).toBe('3.1.0');
    const compatible: ReadonlySet<string> = new Set(COMPATIBLE_APIS);
    const operations = all.filter(({ operation }) => !operation.tags?.some((tag) => compatible.has(tag)));
    expect(operations.map(({ name }) => name).sort()).toEqual([
      'DELETE /v1/credit-types/{id}',
      'DELETE /v1/schedules/{id}',
      'GET /v1/accounts',
      'GET /v1/accounts/{id}',
      'GET /v1/accounts/{id}/entries',
      'GET /v1/accounts/{id}/grants',
      'GET /v1/accounts/{id}/holds',
      'GET /v1/accounts/{id}/schedules',
      'GET /v1/commands/{commandId}',
      'GET /v1/credit-types',
      'GET /v1/credit-types/{id}',
      'GET /v1/grants/{id}',
      'GET /v1/holds/{id}',
      'GET /v1/schedules',
      'GET /v1/schedules/{id}',
      'PATCH /v1/accounts/{id}',
      'PATCH /v1/grants/{id}',
      'PATCH /v1/schedules/{id}',
      'POST /v1/accounts',
      'POST /v1/accounts/{id}/deltas',
      'POST /v1/accounts/{id}/grants',
      'POST /v1/accounts/{id}/holds',
      'POST /v1/accounts/{id}/refills',
      'POST /v1/accounts/{id}/resets',
      'POST /v1/accounts/{id}/schedules',
      'POST /v1/commands',
      'POST /v1/commands/batch',
      'POST /v1/commands/{commandId}/reversals',
      'POST /v1/grants/{id}/void',
      'POST /v1/holds/{id}/capture',
      'POST /v1/holds/{id}/extend',
      'POST /v1/holds/{id}/release',
      'POST /v1/schedules',
      'PUT /v1/accounts/{id}/balance',
      'PUT /v1/credit-types/{id}',
    ]);
    for (const { name, operation } of operations) {
      expect(operation.security).toEqual([{ apiKey: [] }]);
      for (const status of ['400', '401', '403', '429', '500', '503']) {
        expect(operation.responses[status]?.content).toHaveProperty(['application/problem+json']);
      }
      if (!name.startsWith('GET')) expect(operation.requestBody?.content['application/json']?.examples).toBeDefined();
    }
  });

  it('refers only to schemas that it has', async () => {
    const text = JSON.stringify(await generateOpenApi());
    const { components } = JSON.parse(text) as { components: { schemas: object } };
    const names = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]);
    for (const name of new Set(names)) expect(components.schemas).toHaveProperty([String(name)]);
    expect(text).not.toContain('"nullable"');
  });
});
