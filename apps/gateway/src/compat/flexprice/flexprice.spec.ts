import { outcomeOf } from '@app/contracts';
import type { RejectionCode } from '@app/domain';

import { ADMIN_KEY, type Answer, GatewayUnderTest, type SendOptions } from '../../testing/gateway-under-test.js';
import { scheduleView } from '../../testing/object-samples.js';
import { accountView, ledgerEntry, rejection } from '../../testing/samples.js';

type Command = Record<string, unknown>;

interface DocumentedOperation {
  readonly tags?: readonly string[];
  readonly requestBody?: {
    readonly content: {
      readonly 'application/json': { readonly examples?: Record<string, { readonly value: object }> };
    };
  };
}

const CREDIT_TYPE = 'flexprice';
const TERMS = { customer_id: 'cust_1', currency: 'usd' };

describe('the routes of Flexprice', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await GatewayUnderTest.start({ compatibleApis: ['flexprice'], waitMaxSeconds: 1 });
    gateway.database.addKey('cb_group', { scopes: ['admin'], group: 'api_1' });
    gateway.database.addKey('cb_prefix', { scopes: ['admin'], accountPrefix: 'subs_' });
    gateway.database.objects.creditTypes.push({ ...CREDIT_TYPE_VIEW });
  });
  afterAll(() => gateway.stop());

  const database = (): GatewayUnderTest['database'] => gateway.database;
  beforeEach(() => {
    gateway.log.records.length = 0;
    gateway.log.away = undefined;
    database().away = false;
    database().accounts.splice(
      0,
      Infinity,
      accountView({ accountId: 'w_1', creditType: CREDIT_TYPE, metadata: TERMS }),
    );
    database().entries.length = 0;
    database().objects.schedules.length = 0;
    gateway.log.answer = applied;
  });

  /** A worker that applies everything; what it opens and enters can be read. */
  const applied = (command: Command): object => {
    const { id, accountId, metadata, type } = command;
    const names = { commandId: String(id), accountId: String(accountId), scheduleId: 's_1' };
    const source = typeof command.source === 'string' ? command.source : null;
    const made = ledgerEntry({ ...names, applied: 5n, source });
    database().entries.push(made);
    if (type === 'account.open') {
      const opened = { accountId: String(accountId), creditType: CREDIT_TYPE, metadata: metadata as typeof TERMS };
      database().accounts.push(accountView(opened));
    }
    return outcomeOf(made);
  };
  const repeated = (command: Command): object => ({ ...applied(command), duplicate: true });
  const rejected = (code: RejectionCode) => (command: Command) => rejection(code, { commandId: String(command.id) });

  const post = (path: string, body: object, options: SendOptions = {}): Promise<Answer> =>
    gateway.send('POST', `/v1${path}`, { body, ...options });
  const topUp = (options: SendOptions = {}, more: object = {}): Promise<Answer> =>
    post('/wallets/w_1/top-up', { credits_to_add: '5', transaction_reason: 'FREE_CREDIT_GRANT', ...more }, options);
  const newWallet = (more: object = {}, options: SendOptions = {}): Promise<Answer> =>
    post('/wallets', { customer_id: 'cust_2', currency: 'usd', ...more }, options);

  it('take the key from x-api-key, or as the native routes do', async () => {
    const path = '/v1/wallets/w_1';
    const headers = { 'x-api-key': ADMIN_KEY };
    expect(await gateway.send('GET', path, { key: null, headers })).toMatchObject({ status: 200 });
    expect(await gateway.send('GET', path)).toMatchObject({ status: 200 });
    expect(await gateway.send('GET', path, { key: null })).toMatchObject({
      status: 401,
      body: { success: false, error: { message: expect.stringContaining('x-api-key'), internal_error: null } },
    });
    expect(await gateway.send('GET', path, { headers: { 'x-api-key': 'cb_wrong' } })).toMatchObject({ status: 401 });
  });

  it('an update is one command with what was given, and our own fields stay in the metadata', async () => {
    const metadata = { plan_id: 'p', old: '1' };
    const template = { scheduleId: 's_1', accountId: '', creditType: CREDIT_TYPE, scope: 'plan', metadata } as const;
    database().objects.schedules.push(scheduleView(template));
    const put = (body: object): Promise<Answer> => gateway.send('PUT', '/v1/creditgrants/s_1', { body });
    await put({ name: 'N', metadata: { new: '2' }, end_date: '2999-01-01T00:00:00Z', credits: '9' });
    await put({ name: null, metadata: null, end_date: null });
    const names = { type: 'schedule.update', id: expect.any(String), tenantId: 'acme', scheduleId: 's_1' };
    expect(gateway.log.commands).toEqual([
      {
        ...names,
        creditType: CREDIT_TYPE,
        name: 'N',
        metadata: { plan_id: 'p', new: '2' },
        end: '2999-01-01T00:00:00Z',
      },
      { ...names, creditType: CREDIT_TYPE },
    ]);
  });

  it('schedules of other credit types are no credit grants', async () => {
    database().objects.schedules.push(scheduleView({ scheduleId: 's_1' }));
    expect(await gateway.send('GET', '/v1/creditgrants/s_1')).toMatchObject({ status: 404 });
  });

  it('a subscription that is opened by somebody else at the same time is taken as it is', async () => {
    gateway.log.answer = (command) =>
      command.type === 'account.open' ? rejected('ACCOUNT_EXISTS')(command) : applied(command);
    database().objects.schedules.push(scheduleView({ scheduleId: 's_1', creditType: CREDIT_TYPE }));
    const grant = { name: 'n', scope: 'SUBSCRIPTION', subscription_id: 'subs_1', credits: '1', cadence: 'ONETIME' };
    expect(await post('/creditgrants', grant)).toMatchObject({ status: 201 });
    expect(gateway.log.commands.map(({ type }) => type)).toEqual(['account.open', 'schedule.create']);
  });

  it('a key that is limited to a group opens accounts in it', async () => {
    await newWallet({}, { key: 'cb_group' });
    expect(gateway.log.commands).toMatchObject([{ type: 'account.open', group: 'api_1' }]);
  });

  it('lists show a limited key only what it is let at', async () => {
    await gateway.send('GET', '/v1/creditgrants', { key: 'cb_prefix' });
    expect(database().objects.lastScheduleSearch).toMatchObject({ keyPrefix: 'subs_' });
    await gateway.send('GET', '/v1/creditgrants', { key: 'cb_group' });
    expect(database().objects.lastScheduleSearch).toMatchObject({ keyGroup: 'api_1' });
    expect(await gateway.send('GET', '/v1/wallets/w_1', { key: 'cb_prefix' })).toMatchObject({ status: 403 });
  });

  it('the repeat of a request that had stopped half way does the rest, and is answered as the first', async () => {
    const halfDone = (command: Command): object =>
      command.type === 'account.open' ? repeated(command) : applied(command);
    const headers = { 'idempotency-key': 'k' };
    gateway.log.answer = halfDone;
    expect(await newWallet({ initial_credits_to_load: '5' }, { headers })).toMatchObject({ status: 200 });
    expect(gateway.log.commands.map(({ type }) => type)).toEqual(['account.open', 'grant.create']);

    gateway.log.records.length = 0;
    gateway.log.answer = (command) => (command.amount === '5' ? repeated(command) : applied(command));
    expect(await topUp({ headers }, { bonus_credits: '1' })).toMatchObject({ status: 200 });
    gateway.log.answer = repeated;
    expect(await topUp({ headers }, { bonus_credits: '1' })).toMatchObject({ status: 409 });
    const [first, bonus, again, bonusAgain] = gateway.log.commands;
    expect([again?.id, bonusAgain?.id]).toEqual([first?.id, bonus?.id]);
    expect(first?.id).toBe('k');
  });

  it('a key that was used for a request without a bonus or initial credits is not used for them', async () => {
    const headers = { 'idempotency-key': 'k' };
    const sources = new Map<unknown, unknown>();
    gateway.log.answer = (command) => {
      const isRepeated = sources.has(command.id);
      if (!isRepeated) sources.set(command.id, command.source);
      const first = { ...command, source: sources.get(command.id) };
      return isRepeated ? repeated(first) : applied(first);
    };
    expect(await topUp({ headers })).toMatchObject({ status: 200 });
    expect(await topUp({ headers }, { bonus_credits: '1' })).toMatchObject({ status: 409 });
    sources.clear();
    expect(await newWallet({}, { headers })).toMatchObject({ status: 200 });
    expect(await newWallet({ initial_credits_to_load: '5' }, { headers })).toMatchObject({ status: 409 });
    const amounts = gateway.log.commands.flatMap(({ amount }) => (amount === undefined ? [] : [amount]));
    expect(amounts).toEqual(['5', '5']);
  });

  it('a repeat by the log itself is no repeat of the caller', async () => {
    gateway.log.answer = repeated;
    expect(await topUp()).toMatchObject({ status: 200 });
  });

  it('an outcome that is not known is 409 without an idempotency key, which a client does not repeat, else 503', async () => {
    gateway.log.answer = undefined;
    expect(await topUp()).toMatchObject({ status: 409, body: { success: false } });
    expect(await topUp({}, { idempotency_key: 'k' })).toMatchObject({ status: 503, body: { success: false } });
  });

  it('a request whose own command was not sent yet may be sent again, with or without a key', async () => {
    gateway.log.answer = undefined;
    const grant = { name: 'n', scope: 'SUBSCRIPTION', subscription_id: 'subs_1', credits: '1', cadence: 'ONETIME' };
    expect(await post('/creditgrants', grant)).toMatchObject({ status: 503 });
    expect(await post('/creditgrants', grant, { headers: { 'idempotency-key': 'k' } })).toMatchObject({ status: 503 });
    expect(gateway.log.commands.map(({ type }) => type)).toEqual(['account.open', 'account.open']);
  });

  it('an outage after the effect is 409 without an idempotency key, too', async () => {
    gateway.log.answer = (command) => {
      const outcome = applied(command);
      database().away = true;
      return outcome;
    };
    expect(await topUp()).toMatchObject({ status: 409 });
    database().away = false;
    expect(await topUp({}, { idempotency_key: 'k' })).toMatchObject({ status: 503 });
  });

  it.each([
    ['INSUFFICIENT_CREDITS', 400, 'insufficient balance'],
    ['ACCOUNT_CLOSED', 400, expect.any(String)],
    ['BALANCE_OVERFLOW', 400, expect.any(String)],
    ['COMMAND_CONFLICT', 409, expect.any(String)],
  ] as const)('%s is %i %s', async (code, status, message) => {
    gateway.log.answer = rejected(code);
    const answer = await post('/wallets/w_1/debit', { credits: '1', idempotency_key: 'k' });
    expect(answer).toMatchObject({ status, body: { success: false, error: { message, internal_error: null } } });
  });

  it('accept every example of the OpenAPI document as it is', async () => {
    const template = { scheduleId: 's_1', accountId: '', creditType: CREDIT_TYPE, scope: 'plan' } as const;
    database().objects.schedules.push(scheduleView(template));
    const { text } = await gateway.send('GET', '/openapi.json', { key: null });
    const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, DocumentedOperation>> };
    let sent = 0;
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { tags = [], requestBody }] of Object.entries(methods)) {
        if (!tags.includes('flexprice')) continue;
        for (const { value } of Object.values(requestBody?.content['application/json'].examples ?? {})) {
          const url = path.replace('{id}', path.includes('wallets') ? 'w_1' : 's_1');
          const { status } = await gateway.send(method.toUpperCase() as 'POST', url, { body: value });
          expect([url, method, status]).toEqual([url, method, url === '/v1/creditgrants' ? 201 : 200]);
          sent += 1;
        }
      }
    }
    expect(sent).toBe(6);
  });

  it('the first wallet of a tenant makes the credit type, with 8 decimals', async () => {
    const types = database().objects.creditTypes.splice(0, Infinity);
    await newWallet();
    expect(gateway.log.commands).toMatchObject([
      { type: 'credit-type.put', creditType: CREDIT_TYPE, scale: 8 },
      { type: 'account.open' },
    ]);
    database().objects.creditTypes.push(...types);
  });
});

const CREDIT_TYPE_VIEW = {
  id: CREDIT_TYPE,
  scale: 8,
  burnOrder: 'priority',
  defaultExpiry: null,
  defaultRollover: null,
  deletedAt: null,
  name: null,
  description: null,
  singularName: null,
  pluralName: null,
  icon: null,
  prices: [],
  metadata: null,
  version: 1n,
  createdAt: 0,
  updatedAt: 0,
} as const;
