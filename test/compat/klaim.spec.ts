import { randomUUID } from 'node:crypto';
import { type AppProcess, spawnApp } from '@app/testing';
import type { CommandFields } from '../deployment/deployment.js';
import { CompatibleStack } from './compatible-stack.js';

interface Answer {
  readonly status: number;
  /** As sent: `JSON.parse` would lose digits. */
  readonly text: string;
}

interface PutOptions {
  readonly key?: string;
  readonly idempotencyKey?: string;
  readonly to?: AppProcess;
}

const updated = (balance: string): Answer => ({
  status: 200,
  text: `{"message":"resource updated successfully","credit_balance":${balance}}`,
});
const INVALID_BODY: Answer = { status: 400, text: '{"message":"Invalid JSON format in request body"}' };
const UNKNOWN_USER: Answer = { status: 404, text: '{"message":"Can not find user with the given user_id."}' };

describe('a service that speaks to Klaim', () => {
  let stack: CompatibleStack;
  let ours: string;
  beforeAll(async () => {
    stack = await CompatibleStack.start();
    ours = await stack.key();
    const { deployment } = stack;
    await deployment.publish([
      { type: 'credit-type.put', creditType: 'money', scale: 2, accountId: undefined },
      { type: 'credit-type.put', creditType: 'money', scale: 2, accountId: undefined, tenantId: 'other' },
    ]);
    await deployment.settled();
  });
  afterAll(() => stack.stop());

  /** Opens accounts and waits until they are there. */
  async function opened(...accounts: readonly Omit<CommandFields, 'type'>[]): Promise<void> {
    await stack.deployment.publish(accounts.map((fields) => ({ ...fields, type: 'account.open' })));
    await stack.deployment.settled();
  }

  async function user(fields: object = {}): Promise<string> {
    const accountId = `user-${randomUUID()}`;
    await opened({ accountId, ...fields });
    return accountId;
  }

  /** PUT /users/{user_id}/credits with a body as it is. */
  async function put(userId: string, body: string | undefined, options: PutOptions = {}): Promise<Answer> {
    const { key = ours, idempotencyKey, to = stack.gateway } = options;
    const response = await fetch(`${to.baseUrl}/users/${encodeURIComponent(userId)}/credits`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body }),
    });
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    return { status: response.status, text: await response.text() };
  }

  const delta = (number: string): string => `{"credit_delta":${number}}`;

  const systemIdOf = async (accountId: string, creditType = 'credits'): Promise<string> => {
    const [row] = await stack.deployment.sql<{ key: string }>(
      'select account_key as key from accounts where account_id = $1 and credit_type = $2',
      [accountId, creditType],
    );
    return `acct_${row?.key.replaceAll('-', '')}`;
  };

  /** Balance and description of the entries of an account, in its order. */
  const entriesOf = (accountId: string): Promise<object[]> =>
    stack.deployment.sql(
      `select l.applied, l.description from ledger_entries l join accounts a using (tenant_id, account_key)
        where a.account_id = $1 and l.version is not null order by l.version`,
      [accountId],
    );

  /** A refusal has one field, `message`. */
  function expectRefusal({ status, text }: Answer, expected: number, message: RegExp): void {
    const body = JSON.parse(text) as Record<string, string>;
    expect({ status, fields: Object.keys(body) }).toEqual({ status: expected, fields: ['message'] });
    expect(body.message).toMatch(message);
  }

  it('adds with a positive delta, takes with a negative one, and gets the balance after it', async () => {
    const id = await user({ initial: 700 });
    expect(await put(id, '{"credit_delta":10,"description":"a reward"}')).toEqual(updated('710'));
    expect(await put(id, '{"credit_delta":-4,"description":"4 images"}')).toEqual(updated('706'));
  });

  it('finds its description on the entry, and none where it sent none', async () => {
    const id = await user();
    await put(id, '{"credit_delta":5,"description":"gift of the house, 日本"}');
    await put(id, delta('1'));
    expect(await entriesOf(id)).toEqual([
      expect.objectContaining({ applied: '0' }),
      { applied: '5', description: 'gift of the house, 日本' },
      { applied: '1', description: null },
    ]);
  });

  it('names a user by its own id, by its external id or by the system id', async () => {
    const externalId = `mail+${randomUUID()}@example.com/x`;
    const id = await user({ externalId });
    expect(await put(id, delta('1'))).toEqual(updated('1'));
    expect(await put(externalId, delta('1'))).toEqual(updated('2'));
    expect(await put(await systemIdOf(id), delta('1'))).toEqual(updated('3'));
  });

  it('reaches an account of any credit type by its system id, and only of one type by its own id', async () => {
    const id = await user({ initial: 1 });
    await opened({ accountId: id, creditType: 'money', initial: '5.5' });
    expect(await put(await systemIdOf(id, 'money'), delta('-0.25'))).toEqual(updated('5.25'));
    expect(await put(id, delta('-1'))).toEqual(updated('0'));
  });

  it('changes another credit type when the gateway is told so', async () => {
    const { deployment } = stack;
    const gateway = await spawnApp('gateway', {
      ...deployment.appEnv({ KLAIM_CREDIT_TYPE: 'money' }),
      DATABASE_URL: deployment.database.gatewayUrl,
    });
    try {
      const id = await user({ initial: 9 });
      expect(await put(id, delta('1'), { to: gateway })).toEqual(UNKNOWN_USER);
      await opened({ accountId: id, creditType: 'money' });
      expect(await put(id, delta('1.5'), { to: gateway })).toEqual(updated('1.5'));
      expect(await put(await systemIdOf(id), delta('1'), { to: gateway })).toEqual(updated('10'));
    } finally {
      await gateway.stop();
    }
  });

  it('has every digit counted: beyond 2^53, with decimals, in exponent notation', async () => {
    const id = await user({ initial: '9007199254740993' });
    expect(await put(id, delta('9007199254740994'))).toEqual(updated('18014398509481987'));
    expect(await put(id, delta('1e2'))).toEqual(updated('18014398509482087'));
    expect(await put(id, delta('-1.0'))).toEqual(updated('18014398509482086'));
    const money = await user({ creditType: 'money', initial: '10' });
    const systemId = await systemIdOf(money, 'money');
    expect(await put(systemId, delta('-0.1'))).toEqual(updated('9.9'));
    expect(await put(systemId, delta('125e-2'))).toEqual(updated('11.15'));
    expect(await put(systemId, delta('90071992547409.93'))).toEqual(updated('90071992547421.08'));
  });

  it('is refused more decimals than the credit type has, and a sum beyond 64 bits, without effect', async () => {
    const id = await user({ initial: '9223372036854775807' });
    expectRefusal(await put(id, delta('-0.5')), 400, /decimal/);
    expectRefusal(await put(id, delta('1e-30')), 400, /decimal/);
    expectRefusal(await put(id, delta('1')), 400, /larger than a balance/);
    expectRefusal(await put(id, delta('1e99')), 400, /digits/);
    expect(await put(id, delta('-0.0'))).toEqual(updated('9223372036854775807'));
  });

  it('changes nothing with a delta of zero, and still gets 200', async () => {
    const id = await user({ initial: 7 });
    for (const zero of ['0', '-0', '0.0', '0e5']) expect(await put(id, delta(zero))).toEqual(updated('7'));
  });

  it('goes below zero only as the floor policy of the account says', async () => {
    const strict = await user({ initial: 3 });
    expectRefusal(await put(strict, delta('-4')), 400, /available/);
    expect(await put(strict, delta('0'))).toEqual(updated('3'));
    const clamping = await user({ initial: 3, onInsufficient: 'clamp' });
    expect(await put(clamping, delta('-4'))).toEqual(updated('0'));
    const indebted = await user({ initial: 3, onInsufficient: 'allow' });
    expect(await put(indebted, delta('-4'))).toEqual(updated('-1'));
    const overdrawn = await user({ initial: 3, onInsufficient: { downTo: '-5' } });
    expect(await put(overdrawn, delta('-8'))).toEqual(updated('-5'));
    expectRefusal(await put(overdrawn, delta('-1')), 400, /available/);
  });

  it('is told 400 for an account that is unlimited, frozen or closed', async () => {
    const unlimited = await user({ initial: null });
    expectRefusal(await put(unlimited, delta('1')), 400, /unlimited/);
    expectRefusal(await put(unlimited, delta('0')), 400, /unlimited/);
    for (const status of ['frozen', 'closed']) {
      const accountId = await user({ initial: 5 });
      await stack.deployment.publish([{ type: 'account.configure', accountId, status }]);
      await stack.deployment.settled();
      expectRefusal(await put(accountId, delta('1')), 400, new RegExp(status));
    }
  });

  it.each([undefined, 'credit_delta', '{"credit_delta":', '7', '{"credit_delta":"7"}', '{"description":"x"}'])(
    'gets the documented 400 for the body %j',
    async (body) => {
      const id = await user();
      expect(await put(id, body)).toEqual(INVALID_BODY);
      expect(await entriesOf(id)).toHaveLength(1);
    },
  );

  it('gets the documented 404 for a user that is missing, and for one of another tenant alike', async () => {
    const foreign = await user({ tenantId: 'other', externalId: `ext-${randomUUID()}`, initial: 5 });
    const [account] = await stack.deployment.sql<{ external_id: string }>(
      'select external_id from accounts where account_id = $1',
      [foreign],
    );
    const names = [randomUUID(), foreign, String(account?.external_id), await systemIdOf(foreign), 'x'.repeat(300)];
    for (const name of names) expect(await put(name, delta('1'))).toEqual(UNKNOWN_USER);
    expect(await put(foreign, delta('1'), { key: await stack.key('other') })).toEqual(updated('6'));
  });

  it('has a single effect however often it repeats a request with one key', async () => {
    const id = await user({ initial: 10 });
    const idempotencyKey = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => put(id, delta('-3'), { idempotencyKey })));
    for (const answer of answers) expect(answer).toEqual(updated('7'));
    expect(await put(id, delta('-1'))).toEqual(updated('6'));
    // The repeat gets the first answer again, though the balance is another by now.
    expect(await put(id, '{"credit_delta":-3.0}', { idempotencyKey })).toEqual(updated('7'));
    expect(await put(await systemIdOf(id), delta('-3'), { idempotencyKey })).toEqual(updated('7'));
    expect(await put(id, delta('0'))).toEqual(updated('6'));
  });

  it('is told 409 when it uses a key again for something else', async () => {
    const [id, another] = [await user({ initial: 10 }), await user({ initial: 10 })];
    const idempotencyKey = randomUUID();
    await put(id, delta('-3'), { idempotencyKey });
    expectRefusal(await put(id, delta('-4'), { idempotencyKey }), 409, /id|key/);
    expectRefusal(await put(another, delta('-3'), { idempotencyKey }), 409, /id|key/);
    const described = put(id, '{"credit_delta":-3,"description":"x"}', { idempotencyKey });
    expectRefusal(await described, 409, /id|key/);
    expect([await put(id, delta('0')), await put(another, delta('0'))]).toEqual([updated('7'), updated('10')]);
  });

  it('gets the same refusal again for a repeated key, even if it would pass now', async () => {
    const id = await user({ initial: 1 });
    const idempotencyKey = randomUUID();
    expectRefusal(await put(id, delta('-2'), { idempotencyKey }), 400, /./);
    expect(await put(id, delta('5'))).toEqual(updated('6'));
    expectRefusal(await put(id, delta('-2'), { idempotencyKey }), 400, /./);
    expect(await put(id, delta('0'))).toEqual(updated('6'));
  });

  it('counts every request without a key as one of its own', async () => {
    const id = await user({ initial: 10 });
    await Promise.all(Array.from({ length: 4 }, () => put(id, delta('-1'))));
    expect(await put(id, delta('0'))).toEqual(updated('6'));
  });

  it('needs a key that is valid, may write, and reaches the user', async () => {
    const id = await user({ initial: 5 });
    expectRefusal(await put(id, delta('1'), { key: 'cb_unknown' }), 401, /not valid/);
    const readOnly = await stack.key('acme', { scopes: ['credits:read'] });
    expectRefusal(await put(id, delta('1'), { key: readOnly }), 403, /scope/);
    const limited = await stack.key('acme', { scopes: ['credits:write'], accountPrefix: 'team-' });
    expectRefusal(await put(id, delta('1'), { key: limited }), 403, /limited/);
    const response = await fetch(`${stack.baseUrl}/users/${id}/credits`, { method: 'PUT', body: delta('1') });
    expectRefusal({ status: response.status, text: await response.text() }, 401, /Authorization/);
    expect(await put(id, delta('0'))).toEqual(updated('5'));
  });

  it('finds no such routes when they are switched off', async () => {
    const { deployment } = stack;
    const gateway = await spawnApp('gateway', {
      ...deployment.appEnv({ COMPATIBLE_APIS: 'unkey,schematic,flexprice' }),
      DATABASE_URL: deployment.database.gatewayUrl,
    });
    try {
      const id = await user({ initial: 5 });
      const response = await fetch(`${gateway.baseUrl}/users/${id}/credits`, { method: 'PUT', body: delta('1') });
      expect([response.status, (await response.json()) as object]).toMatchObject([404, { code: 'NOT_FOUND' }]);
    } finally {
      await gateway.stop();
    }
  });

  it('leaves a ledger that explains every balance', async () => {
    expect(await stack.deployment.violations()).toEqual([]);
  });
});
