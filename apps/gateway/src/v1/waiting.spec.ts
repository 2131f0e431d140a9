import { decodeCommand, outcomeOf } from '@app/contracts';
import { REJECTION_CODES } from '@app/domain';

import { Commands } from '../commands/commands.js';
import { rejectionStatus } from '../commands/rejection-status.js';
import { type Answer, GatewayUnderTest, TENANT } from '../testing/gateway-under-test.js';
import { ledgerEntry, rejection } from '../testing/samples.js';

/** The fingerprint of the delta that these tests send. */
function fingerprintOf(delta: string): Buffer {
  const value = Buffer.from(
    JSON.stringify({ type: 'credit.delta', id: 'c-1', tenantId: TENANT, accountId: 'key_1', delta }),
  );
  const decoded = decodeCommand({ key: null, value, headers: {} });
  if (!decoded.ok) throw new Error(decoded.message);
  return decoded.fingerprint;
}

describe('Prefer: wait', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
  });
  afterEach(() => gateway.stop());

  const send = (prefer = 'wait=5', delta = '-3'): Promise<Answer> =>
    gateway.send('POST', '/v1/accounts/key_1/deltas', { body: { id: 'c-1', delta }, headers: { prefer } });

  it('answers 200 with the outcome, Preference-Applied and Location', async () => {
    gateway.log.answer = () => outcomeOf(ledgerEntry());
    const answer = await send();
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(outcomeOf(ledgerEntry()));
    expect(answer.headers).toMatchObject({ 'preference-applied': 'wait=5', location: '/v1/commands/c-1' });
    expect(answer.headers).not.toHaveProperty('idempotent-replayed');
  });

  it('asks for a reply only when waiting', async () => {
    gateway.log.answer = () => outcomeOf(ledgerEntry());
    await send();
    await gateway.send('POST', '/v1/accounts/key_1/deltas', { body: { delta: '-3' } });
    const [waiting, other] = gateway.log.records;
    expect(Object.keys(waiting?.headers ?? {}).sort()).toEqual(['kafka_correlationId', 'kafka_replyTopic']);
    expect(other?.headers).toEqual({});
  });

  it('a repeat answers the first outcome with Idempotent-Replayed: true', async () => {
    gateway.log.answer = () => outcomeOf(ledgerEntry(), { duplicate: true });
    const answer = await send();
    expect(answer).toMatchObject({ status: 200, body: { duplicate: true } });
    expect(answer.headers['idempotent-replayed']).toBe('true');
  });

  it('a repeat of a rejection answers the rejection with Idempotent-Replayed: true', async () => {
    gateway.log.answer = () => ({ ...rejection('INSUFFICIENT_CREDITS'), duplicate: true });
    const answer = await send();
    expect(answer.status).toBe(409);
    expect(answer.headers['idempotent-replayed']).toBe('true');
  });

  it.each(REJECTION_CODES.map((code) => [code, rejectionStatus(code)] as const))(
    'the rejection %s is a problem with that code: %d',
    async (code, status) => {
      gateway.log.answer = () => rejection(code);
      const answer = await send();
      expect(answer).toMatchObject({
        status,
        body: { code, detail: `rejected as ${code}`, commandId: 'c-1', outcome: { status: 'rejected', code } },
      });
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.headers['preference-applied']).toBe('wait=5');
    },
  );

  it('a dead letter is 422 with its code', async () => {
    gateway.log.answer = () => ({ status: 'dead-lettered', code: 'UNKNOWN_TENANT', message: 'no tenant acme' });
    expect(await send()).toMatchObject({
      status: 422,
      body: { code: 'UNKNOWN_TENANT', detail: 'no tenant acme', commandId: 'c-1' },
    });
  });

  it('without an outcome in time it is 202 with Preference-Applied', async () => {
    const answer = await send('wait=1');
    expect(answer).toMatchObject({ status: 202, body: { commandId: 'c-1', status: 'accepted' } });
    expect(answer.headers).toMatchObject({ 'preference-applied': 'wait=1', location: '/v1/commands/c-1' });
  });

  it('a lost reply costs only time: before 202 the ledger is asked once', async () => {
    gateway.database.entries.push(ledgerEntry({ fingerprint: fingerprintOf('-3') }));
    expect(await send('wait=0')).toMatchObject({ status: 200, body: { status: 'applied', code: 'APPLIED' } });
  });

  it('an entry of the same id with another fingerprint is COMMAND_CONFLICT 422', async () => {
    gateway.database.entries.push(ledgerEntry({ fingerprint: fingerprintOf('-3') }));
    expect(await send('wait=0', '-4')).toMatchObject({
      status: 422,
      body: { code: 'COMMAND_CONFLICT', commandId: 'c-1' },
    });
  });

  it('with Postgres away a wait ends in 202', async () => {
    await gateway.send('GET', '/v1/accounts');
    gateway.database.away = true;
    expect((await send('wait=1')).status).toBe(202);
  });

  it('a reply that is no outcome is ignored', async () => {
    gateway.log.answer = () => [] as object;
    gateway.database.entries.push(ledgerEntry({ fingerprint: fingerprintOf('-3') }));
    expect((await send('wait=1')).status).toBe(200);
  });

  it('a preference that is not understood is ignored: 202 without Preference-Applied', async () => {
    const answer = await send('wait=soon');
    expect(answer.status).toBe(202);
    expect(answer.headers).not.toHaveProperty('preference-applied');
  });

  it('waits end at once when the gateway stops, and are answered 202', async () => {
    const waiting = send('wait=30');
    const startedAt = Date.now();
    while (gateway.log.records.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await gateway.stop();
    expect((await waiting).status).toBe(202);
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });

  it('a command that comes while the gateway stops is 503 and not published: nobody could wait for it', async () => {
    gateway.app.get(Commands).onModuleDestroy();
    const answer = await send('wait=30');
    expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE', commandId: 'c-1' } });
    expect(gateway.log.records).toEqual([]);
  });

  it('a command that is acknowledged only while the gateway stops is not waited for', async () => {
    const publish = gateway.log.publish.bind(gateway.log);
    const acknowledge = new Promise<() => void>((asked) => {
      gateway.log.publish = (record) => new Promise((resolve) => asked(() => resolve(publish(record))));
    });
    const waiting = send('wait=30');
    const startedAt = Date.now();
    const acknowledgeNow = await acknowledge;
    const stopped = gateway.stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    acknowledgeNow();
    expect((await waiting).status).toBe(202);
    await stopped;
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });
});
