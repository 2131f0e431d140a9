import { randomUUID } from 'node:crypto';
import { gatewayReplyTopic } from '@app/contracts';
import {
  type AppProcess,
  eventually,
  type PrivateKafka,
  type PrivatePostgres,
  spawnApp,
  startKafka,
  startPostgres,
} from '@app/testing';
import { Deployment } from '../deployment/deployment.js';
import { type Answer, createKey, request, type SendOptions } from '../deployment/http.js';

describe('the gateway on real Kafka and Postgres', () => {
  let deployment: Deployment;
  let gateway: AppProcess;
  const keys: Record<'acme' | 'other', string> = { acme: '', other: '' };

  beforeAll(async () => {
    deployment = await Deployment.start();
    const name = gatewayReplyTopic(deployment.topics);
    await deployment.admin.createTopics([{ name, partitions: 4, configs: {} }]);
    await deployment.sql(`insert into tenants (tenant_id, name) values ('other', 'other')`);
    await deployment.startWorker();
    keys.acme = await createKey(deployment, 'acme');
    keys.other = await createKey(deployment, 'other');
    gateway = await spawnApp('gateway', { ...deployment.appEnv(), DATABASE_URL: deployment.database.gatewayUrl });
  });
  afterAll(async () => {
    await gateway.stop();
    await deployment.stop();
  });

  const send = (method: string, path: string, options: SendOptions = {}): Promise<Answer> =>
    request(gateway, method, path, { key: keys.acme, ...options });
  const wait = { prefer: 'wait=20' };

  it('answers a waiting write with its outcome long before the wait is over', async () => {
    const startedAt = Date.now();
    const opened = await send('POST', '/v1/accounts', { body: { accountId: 'w', initial: '10' }, headers: wait });
    expect(opened).toMatchObject({
      status: 200,
      body: { status: 'applied', code: 'APPLIED', after: { balance: '10' } },
    });
    expect(opened.headers.get('preference-applied')).toBe('wait=20');
    const delta = await send('POST', '/v1/accounts/w/deltas', { body: { delta: '-3' }, headers: wait });
    expect(delta).toMatchObject({ status: 200, body: { requested: '-3', applied: '-3', after: { balance: '7' } } });
    expect(Date.now() - startedAt).toBeLessThan(10_000);
  });

  it('has the outcome in the ledger after 202, at the place that Location names', async () => {
    await send('POST', '/v1/accounts', { body: { accountId: 'l', initial: '10' }, headers: wait });
    const accepted = await send('PUT', '/v1/accounts/l/balance', { body: { value: '1000' } });
    expect(accepted).toMatchObject({ status: 202, body: { status: 'accepted' } });
    const outcome = await eventually(async () => {
      const read = await send('GET', accepted.headers.get('location') ?? '');
      expect(read.status).toBe(200);
      return read;
    });
    expect(outcome.body).toMatchObject({ commandType: 'credit.set', status: 'applied', after: { balance: '1000' } });
    expect((await send('GET', '/v1/accounts/l')).body).toMatchObject({
      unlimited: false,
      balance: '1000',
      available: '1000',
      version: '2',
    });
  });

  it('gives a repeat the first outcome and refuses the same id with another body', async () => {
    await send('POST', '/v1/accounts', { body: { accountId: 'r', initial: '10' }, headers: wait });
    const headers = { ...wait, 'idempotency-key': randomUUID() };
    const first = await send('POST', '/v1/accounts/r/deltas', { body: { delta: '-1' }, headers });
    const repeat = await send('POST', '/v1/accounts/r/deltas', { body: { delta: '-1' }, headers });
    const conflict = await send('POST', '/v1/accounts/r/deltas', { body: { delta: '-2' }, headers });
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(repeat.headers.get('idempotent-replayed')).toBe('true');
    expect(repeat.body).toMatchObject({ ...first.body, duplicate: true });
    expect(conflict).toMatchObject({ status: 422, body: { code: 'COMMAND_CONFLICT' } });
    expect((await send('GET', '/v1/accounts/r')).body).toMatchObject({ balance: '9', version: '2' });
  });

  it('answers a rejection under wait as a problem with its code', async () => {
    await send('POST', '/v1/accounts', { body: { accountId: 'p', initial: '1' }, headers: wait });
    const refused = await send('POST', '/v1/accounts/p/deltas', { body: { delta: '-2' }, headers: wait });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'INSUFFICIENT_CREDITS', outcome: { status: 'rejected', requested: '-2' } },
    });
    const missing = await send('POST', '/v1/accounts/nobody/deltas', { body: { delta: '-2' }, headers: wait });
    expect(missing).toMatchObject({ status: 404, body: { code: 'ACCOUNT_NOT_FOUND' } });
  });

  it('lists entries newest first, page by page, rejected ones only when asked for', async () => {
    await send('POST', '/v1/accounts', { body: { accountId: 'e', initial: '5' }, headers: wait });
    for (const delta of ['-1', '-1', '-9']) {
      await send('POST', '/v1/accounts/e/deltas', { body: { delta, reason: 'usage' }, headers: wait });
    }
    const first = await send('GET', '/v1/accounts/e/entries?limit=2');
    expect(first.body).toMatchObject({ data: [{ version: '3' }, { version: '2' }] });
    const second = await send('GET', `/v1/accounts/e/entries?limit=2&cursor=${String(first.body.nextCursor)}`);
    expect(second.body).toMatchObject({ data: [{ version: '1', cause: 'open' }], nextCursor: null });
    const rejected = await send('GET', '/v1/accounts/e/entries?status=rejected');
    expect(rejected.body).toMatchObject({ data: [{ code: 'INSUFFICIENT_CREDITS' }] });
    const past = await send(
      'GET',
      `/v1/accounts/e?at=${String((second.body.data as { recordedAt: string }[])[0]?.recordedAt)}`,
    );
    expect(past).toMatchObject({ status: 200, body: { balance: '5', version: '1' } });
  });

  it('addresses an account by external id and by system id', async () => {
    await send('POST', '/v1/accounts', { body: { accountId: 'x', initial: '5', externalId: 'crm/7' }, headers: wait });
    const byExternalId = await send('GET', '/v1/accounts/ext:crm%2F7');
    expect(byExternalId.body).toMatchObject({ accountId: 'x' });
    const path = `/v1/accounts/${String(byExternalId.body.systemId)}/deltas`;
    expect(await send('POST', path, { body: { delta: 1 }, headers: wait })).toMatchObject({
      status: 200,
      body: { accountId: 'x', after: { balance: '6' } },
    });
  });

  it("P10: answers another tenant's account and command exactly like missing ones", async () => {
    const id = randomUUID();
    await send('POST', '/v1/accounts', { body: { accountId: 'mine', id }, headers: wait });
    for (const path of ['/v1/accounts/mine', `/v1/commands/${id}`]) {
      const foreign = await send('GET', path, { key: keys.other });
      const missing = await send('GET', `${path}x`, { key: keys.other });
      expect(foreign.status).toBe(404);
      expect(foreign.body.code).toBe(missing.body.code);
    }
    const write = await send('POST', '/v1/accounts/mine/deltas', {
      key: keys.other,
      body: { delta: 1 },
      headers: wait,
    });
    expect(write).toMatchObject({ status: 404, body: { code: 'ACCOUNT_NOT_FOUND' } });
  });

  it('publishes a batch in order', async () => {
    const commands = [
      { type: 'account.open', accountId: 'batch', initial: '0' },
      ...Array.from({ length: 200 }, () => ({ type: 'credit.delta', accountId: 'batch', delta: '1' })),
      { type: 'credit.delta', accountId: 'batch', delta: 'x' },
    ];
    const answer = await send('POST', '/v1/commands/batch', { body: { commands } });
    const results = answer.body.results as { status: unknown }[];
    expect(results.filter(({ status }) => status === 'accepted')).toHaveLength(201);
    expect(results.at(-1)).toMatchObject({ status: 400, code: 'INVALID_FIELD' });
    await eventually(async () => {
      expect((await send('GET', '/v1/accounts/batch')).body).toMatchObject({ balance: '200', version: '201' });
    });
  });

  it('stops a revoked key within 5 s', async () => {
    expect((await send('GET', '/v1/accounts', { key: keys.other })).status).toBe(200);
    await deployment.sql(`update api_keys set revoked_at = now() where tenant_id = 'other'`);
    await eventually(
      async () => expect((await send('GET', '/v1/accounts', { key: keys.other })).status).toBe(401),
      6_000,
    );
  });

  it('stops in order: exit code 0', async () => {
    const other = await spawnApp('gateway', { ...deployment.appEnv(), DATABASE_URL: deployment.database.gatewayUrl });
    expect(await other.stop()).toBe(0);
  });
});

describe('the gateway while Kafka or Postgres is away', () => {
  let kafka: PrivateKafka;
  let postgres: PrivatePostgres;
  let deployment: Deployment;
  let gateway: AppProcess;
  let key: string;

  beforeAll(async () => {
    [kafka, postgres] = await Promise.all([startKafka(), startPostgres()]);
    deployment = await Deployment.start({ brokers: kafka.brokers, postgresUrl: postgres.url });
    key = await createKey(deployment, 'acme');
    const env = { ...deployment.appEnv(), DATABASE_URL: deployment.database.gatewayUrl, PRODUCER_DEADLINE_MS: '2000' };
    gateway = await spawnApp('gateway', env);
  });
  afterAll(async () => {
    await gateway.stop();
    await deployment.stop();
    await Promise.all([kafka.dispose(), postgres.dispose()]);
  });

  const send = (method: string, path: string, options: SendOptions = {}): Promise<Answer> =>
    request(gateway, method, path, { key, ...options });
  const body = { delta: '1' };

  it('Postgres away: a key verified within 5 s still publishes, a wait ends in 202, reads are 503', async () => {
    expect((await send('GET', '/v1/accounts')).status).toBe(200);
    await postgres.stop();
    const headers = { prefer: 'wait=1' };
    expect((await send('POST', '/v1/accounts/a/deltas', { body, headers })).status).toBe(202);
    const read = await send('GET', '/v1/accounts');
    expect(read).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(read.headers.get('retry-after')).toBe('1');
    expect([await gateway.health('/health/ready'), await gateway.health('/health/live')]).toEqual([503, 200]);
    await postgres.start();
    await eventually(async () => expect((await send('GET', '/v1/accounts')).status).toBe(200));
    await eventually(async () => expect(await gateway.health()).toBe(200));
  });

  it('Kafka away: 503 with the id, also a made one; the retry with that id is accepted when it is back', async () => {
    await kafka.stop();
    const refused = await send('POST', '/v1/accounts/a/deltas', { body });
    expect(refused).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE', commandId: expect.any(String) } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await gateway.health()).toBe(503);
    expect((await send('GET', '/v1/accounts')).status).toBe(200);
    await kafka.start();
    const headers = { 'idempotency-key': String(refused.body.commandId) };
    await eventually(async () => {
      expect((await send('POST', '/v1/accounts/a/deltas', { body, headers })).status).toBe(202);
    }, 30_000);
    await eventually(async () => expect(await gateway.health()).toBe(200), 30_000);
  });

  it('starts while both are away, answers live and not ready, and stops in order', async () => {
    const env = { KAFKA_BROKERS: '127.0.0.1:1', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const alone = await spawnApp('gateway', env, { untilReady: false });
    expect([await alone.health('/health/live'), await alone.health('/health/ready')]).toEqual([200, 503]);
    expect(await alone.stop()).toBe(0);
  });
});
