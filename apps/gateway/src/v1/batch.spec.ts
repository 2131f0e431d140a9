import { GatewayUnderTest } from '../testing/gateway-under-test.js';
import { accountView } from '../testing/samples.js';

interface Result {
  readonly commandId: string;
  readonly status: unknown;
  readonly code?: string;
  readonly errors?: { pointer: string }[];
}

describe('POST /v1/commands/batch', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await GatewayUnderTest.start();
  });
  afterEach(() => gateway.stop());

  const delta = (fields: object = {}): object => ({ type: 'credit.delta', accountId: 'a', delta: '1', ...fields });
  const send = async (commands: unknown): Promise<{ status: number; results: Result[]; code?: string }> => {
    const { status, body } = await gateway.send('POST', '/v1/commands/batch', { body: { commands } });
    return { status, results: body.results as Result[], code: body.code };
  };

  it('answers 202 with one result per command, in order; one bad item does not refuse the others', async () => {
    const { status, results } = await send([
      delta({ id: 'c-1' }),
      delta({ id: 'c-2', delta: 'x' }),
      'no object',
      delta({ id: '~3' }),
      delta({ tenantId: 'other' }),
      { type: 'credit.multiply' },
      delta({ description: 'x'.repeat(1_025) }),
      delta(),
    ]);
    expect(status).toBe(202);
    expect(results.map((result) => result.status)).toEqual(['accepted', 400, 400, 400, 403, 400, 400, 'accepted']);
    expect(results[1]).toMatchObject({ code: 'INVALID_FIELD', errors: [{ pointer: '/commands/1/delta' }] });
    expect(results[1]).toMatchObject({ commandId: 'c-2' });
    expect(gateway.log.commands.map(({ id }) => id)).toEqual(['c-1', results[7]?.commandId]);
  });

  it('takes 1–1,000 commands', async () => {
    expect((await send(Array.from({ length: 1_000 }, () => delta()))).status).toBe(202);
    expect(gateway.log.records).toHaveLength(1_000);
    expect(await send(Array.from({ length: 1_001 }, () => delta()))).toMatchObject({
      status: 400,
      code: 'INVALID_FIELD',
    });
    expect((await send([])).status).toBe(400);
    expect((await send({})).status).toBe(400);
    expect((await gateway.send('POST', '/v1/commands/batch', { body: {} })).status).toBe(400);
    expect((await gateway.send('POST', '/v1/commands/batch', { body: { commands: [delta()], more: 1 } })).status).toBe(
      400,
    );
  });

  it('keeps the order of commands, also when some need a look-up', async () => {
    gateway.database.addKey('cb_group', { group: 'g' });
    gateway.database.accounts.push(accountView({ accountId: 'a', group: 'g' }));
    const commands = [
      delta({ id: '1' }),
      { type: 'account.open', accountId: 'b', group: 'g', id: '2' },
      delta({ id: '3' }),
    ];
    await gateway.send('POST', '/v1/commands/batch', { key: 'cb_group', body: { commands } });
    expect(gateway.log.commands.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  it('does not look at Prefer, and refuses an Idempotency-Key, which could name only one of them', async () => {
    const body = { commands: [delta()] };
    const waited = await gateway.send('POST', '/v1/commands/batch', { body, headers: { prefer: 'wait=5' } });
    expect(waited.status).toBe(202);
    expect(waited.headers).not.toHaveProperty('preference-applied');
    const keyed = await gateway.send('POST', '/v1/commands/batch', { body, headers: { 'idempotency-key': 'k' } });
    expect(keyed.status).toBe(400);
  });

  it('is 503 with Retry-After and the ids when nothing could be published', async () => {
    gateway.log.away = new Error('no broker');
    const answer = await gateway.send('POST', '/v1/commands/batch', {
      body: { commands: [delta({ id: 'x' }), delta()] },
    });
    expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.body.results).toMatchObject([
      { status: 503, commandId: 'x' },
      { status: 503, commandId: expect.any(String) },
    ]);
  });
});
