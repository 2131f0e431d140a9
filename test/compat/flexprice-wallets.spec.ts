import { Flexprice } from '@flexprice/sdk';
import { eventually } from '@app/testing';

import { request } from '../deployment/http.js';
import { CompatibleStack } from './compatible-stack.js';
import { type FlexpriceAnswer, FlexpriceHttp } from './flexprice-http.js';

/** Design: every key is always present. */
const WALLET_KEYS = (
  'alert_settings alert_state auto_topup balance config conversion_rate created_at created_by credit_balance ' +
  'credits_available_breakdown currency customer_id description environment_id id metadata name status tenant_id ' +
  'topup_conversion_rate updated_at updated_by wallet_status wallet_type'
).split(' ');
const BALANCE_KEYS =
  'balance_updated_at current_period_usage real_time_balance real_time_credit_balance unpaid_invoices_amount'.split(
    ' ',
  );
const TRANSACTION_KEYS = (
  'amount conversion_rate created_at created_by created_by_user credit_amount credit_balance_after ' +
  'credit_balance_before credits_available currency customer customer_id description environment_id expiry_date id ' +
  'idempotency_key metadata priority reference_id reference_type status tenant_id topup_conversion_rate ' +
  'transaction_reason transaction_status type updated_at updated_by wallet wallet_id'
).split(' ');

const DAY_MS = 24 * 3_600_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();
const keysOf = (value: unknown): string[] => Object.keys(value as object).sort();

describe('wallets with the official client of Flexprice', () => {
  let stack: CompatibleStack;
  let key: string;
  let client: Flexprice;
  let http: FlexpriceHttp;
  let customers = 0;

  beforeAll(async () => {
    stack = await CompatibleStack.start();
    key = await stack.key();
    client = new Flexprice({ serverURL: `${stack.baseUrl}/v1`, apiKeyAuth: key });
    http = new FlexpriceHttp(stack.baseUrl, key);
  }, 120_000);
  afterAll(() => stack.stop());

  const newCustomer = (): string => `cust_${(customers += 1)}`;
  /** The id of a new customer's wallet. */
  const wallet = async (initial = '0', more: object = {}): Promise<string> => {
    const wanted = { customerId: newCustomer(), currency: 'usd', initialCreditsToLoad: initial, ...more };
    return (await client.wallets.createWallet(wanted)).id!;
  };
  const topUp = (
    id: string,
    creditsToAdd: string,
    more: object = {},
  ): ReturnType<Flexprice['wallets']['topUpWallet']> =>
    client.wallets.topUpWallet(id, { creditsToAdd, transactionReason: 'PURCHASED_CREDIT_DIRECT', ...more });
  const debit = (id: string, credits: string, idempotency_key: string, more: object = {}): Promise<FlexpriceAnswer> =>
    http.post(`/wallets/${id}/debit`, { credits, idempotency_key, ...more });
  const balanceOf = async (id: string): Promise<string | undefined> =>
    (await client.wallets.getWallet(id)).creditBalance;
  const items = async (id: string, query = ''): Promise<Record<string, unknown>[]> =>
    (await http.get(`/wallets/${id}/transactions${query}`)).body.items as Record<string, unknown>[];
  const native = (
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = { prefer: 'wait=10' },
  ): ReturnType<typeof request> => request(stack.gateway, method, path, { key, ...(body && { body }), headers });

  describe('creating', () => {
    it('makes an account of the credit type flexprice, with the defaults that the client sends', async () => {
      const customerId = newCustomer();
      const made = await client.wallets.createWallet({ customerId, currency: 'USD' });
      expect(made).toMatchObject({
        customerId,
        currency: 'usd',
        creditBalance: '0',
        balance: '0',
        conversionRate: '1',
        topupConversionRate: '1',
        walletType: 'PRE_PAID',
        walletStatus: 'active',
        status: 'published',
        tenantId: 'acme',
        name: 'Prepaid Wallet - USD',
      });
      expect(await client.wallets.getWallet(made.id!)).toEqual(made);
      const account = await native('GET', `/v1/accounts/${made.id}?creditType=flexprice`);
      expect(account.body).toMatchObject({ scale: 8, metadata: { customer_id: customerId, currency: 'usd' } });
      expect(await items(made.id!)).toEqual([]);
    });

    it('answers 200 with every key, null when empty', async () => {
      const made = await http.post('/wallets', { external_customer_id: newCustomer(), currency: 'eur' });
      expect(made.status).toBe(200);
      expect(keysOf(made.body)).toEqual([...WALLET_KEYS].sort());
      expect(made.body).toMatchObject({
        customer_id: `cust_${customers}`,
        description: null,
        metadata: null,
        config: null,
        auto_topup: null,
        alert_settings: null,
        environment_id: null,
        credits_available_breakdown: { free: '0', purchased: '0' },
      });
      const id = String(made.body.id);
      const balance = await http.get(`/wallets/${id}/balance/real-time`);
      expect(keysOf(balance.body)).toEqual([...WALLET_KEYS, ...BALANCE_KEYS].sort());
      expect(await http.get(`/wallets/${id}`)).toEqual({ status: 200, body: made.body });
    });

    it('keeps description and metadata, whatever the names in it', async () => {
      const metadata = { currency: 'mine', name: 'x', 'metadata.name': 'y', team: 'z' };
      const id = await wallet('0', { metadata, description: 'for tests', conversionRate: '0.5' });
      expect(await client.wallets.getWallet(id)).toMatchObject({
        metadata,
        description: 'for tests',
        currency: 'usd',
        conversionRate: '0.5',
        topupConversionRate: '0.5',
      });
    });

    it('with initial credits makes one top-up', async () => {
      const expiry = inDays(30);
      const id = await wallet('25.5', { initialCreditsExpiryDateUtc: expiry });
      const transactions = await client.wallets.getWalletTransactions({ idPathParameter: id });
      expect(transactions).toMatchObject({
        items: [
          {
            type: 'credit',
            creditAmount: '25.5',
            creditsAvailable: '25.5',
            creditBalanceBefore: '0',
            creditBalanceAfter: '25.5',
            transactionReason: 'FREE_CREDIT_GRANT',
            expiryDate: expiry,
          },
        ],
        pagination: { limit: 50, offset: 0, total: 1 },
      });
      const { body } = await http.get(`/wallets/${id}`);
      expect(body.credits_available_breakdown).toEqual({ free: '25.5', purchased: '0' });
    });

    it('takes the expiry of initial credits as a day, too', async () => {
      const id = await wallet('1', { initialCreditsToLoadExpiryDate: 29991231 });
      expect(await items(id)).toMatchObject([{ expiry_date: '2999-12-31T00:00:00.000Z' }]);
    });

    it('a second active wallet of a customer, currency and type is 409', async () => {
      const wanted = { customer_id: newCustomer(), currency: 'usd' };
      const first = await http.post('/wallets', wanted);
      for (const again of [wanted, { ...wanted, currency: 'USD', initial_credits_to_load: '5' }]) {
        expect(await http.post('/wallets', again)).toMatchObject({ status: 409, body: { success: false } });
      }
      expect(await http.post('/wallets', { ...wanted, currency: 'eur' })).toMatchObject({ status: 200 });
      expect(await http.post('/wallets', { ...wanted, wallet_type: 'POST_PAID' })).toMatchObject({ status: 200 });
      expect(await balanceOf(String(first.body.id))).toBe('0');
    });

    it('of simultaneous requests one wins, and the ledger has one wallet', async () => {
      const customer_id = newCustomer();
      const wanted = { customer_id, currency: 'usd', initial_credits_to_load: '5' };
      const answers = await Promise.all(Array.from({ length: 8 }, () => http.post('/wallets', wanted)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
      const { body } = await native('GET', '/v1/accounts?creditType=flexprice&limit=250');
      const accounts = body.data as { metadata: { customer_id?: string } | null; balance: string }[];
      expect(accounts.filter(({ metadata }) => metadata?.customer_id === customer_id)).toMatchObject([
        { balance: '5' },
      ]);
    });

    it('repeated with one Idempotency-Key is 409, with a single effect', async () => {
      const wanted = { customer_id: newCustomer(), currency: 'usd', initial_credits_to_load: '5' };
      const headers = { 'idempotency-key': `wallet-of-${wanted.customer_id}` };
      const made = await http.post('/wallets', wanted, headers);
      expect(made.status).toBe(200);
      expect(await http.post('/wallets', wanted, headers)).toMatchObject({ status: 409 });
      expect(await balanceOf(String(made.body.id))).toBe('5');
    });

    it('names what is missing, wrong, or not to be had', async () => {
      const refused = async (body: object): Promise<unknown> => {
        const answer = await http.post('/wallets', body);
        expect(answer.status).toBe(400);
        return (answer.body.error as { message: string }).message;
      };
      expect(await refused({})).toBe('currency is required; customer_id is required, or external_customer_id');
      expect(await refused({ currency: 'usd' })).toBe('customer_id is required, or external_customer_id');
      const wanted = { customer_id: newCustomer(), currency: 'usd' };
      expect(await refused({ ...wanted, currency: 'dollar' })).toMatch(/^currency must be three letters/);
      expect(await refused({ ...wanted, conversion_rate: '0' })).toBe('conversion_rate must be a decimal above 0');
      expect(await refused({ ...wanted, initial_credits_to_load: '-1' })).toMatch(/^initial_credits_to_load must be/);
      expect(await refused({ ...wanted, auto_topup: { enabled: true } })).toMatch(/^auto_topup is not supported/);
      const past = { initial_credits_to_load: '1', initial_credits_expiry_date_utc: '2020-01-01T00:00:00Z' };
      expect(await refused({ ...wanted, ...past })).toBe('initial_credits_expiry_date_utc cannot be in the past');
      expect(await http.post('/wallets', wanted)).toMatchObject({ status: 200 });
    });
  });

  describe('a top-up', () => {
    it('is a grant, with priority, expiry, description and metadata', async () => {
      const id = await wallet();
      const expiryDateUtc = inDays(10);
      const more = { priority: 3, expiryDateUtc, description: 'order 17', metadata: { order: '17' } };
      const answer = await topUp(id, '100', { idempotencyKey: `order-17-${id}`, ...more });
      expect(answer).toMatchObject({
        wallet: { id, creditBalance: '100', creditsAvailableBreakdown: { purchased: '100', free: '0' } },
        walletTransaction: {
          walletId: id,
          type: 'credit',
          creditAmount: '100',
          creditsAvailable: '100',
          priority: 3,
          expiryDate: expiryDateUtc,
          transactionReason: 'PURCHASED_CREDIT_DIRECT',
          transactionStatus: 'completed',
          idempotencyKey: `order-17-${id}`,
          description: 'order 17',
          metadata: { order: '17' },
        },
      });
      const { body } = await native('GET', `/v1/accounts/${id}/grants?creditType=flexprice`);
      expect(body.data).toMatchObject([{ kind: 'purchased', priority: 3, expiresAt: expiryDateUtc }]);
    });

    it('answers every key, null when empty', async () => {
      const id = await wallet();
      const body = { credits_to_add: 3, transaction_reason: 'FREE_CREDIT_GRANT' };
      const answer = await http.post(`/wallets/${id}/top-up`, body);
      expect(answer).toMatchObject({ status: 200, body: { invoice_id: null } });
      expect(keysOf(answer.body)).toEqual(['invoice_id', 'wallet', 'wallet_transaction']);
      expect(keysOf(answer.body.wallet)).toEqual([...WALLET_KEYS].sort());
      expect(keysOf(answer.body.wallet_transaction)).toEqual([...TRANSACTION_KEYS].sort());
      expect(await items(id)).toEqual([answer.body.wallet_transaction]);
    });

    it('repeated with its idempotency key is 409, with a single effect', async () => {
      const id = await wallet();
      const again = (): ReturnType<typeof topUp> => topUp(id, '10', { idempotencyKey: `pay-${id}` });
      await again();
      await expect(again()).rejects.toMatchObject({ statusCode: 409 });
      await expect(topUp(id, '11', { idempotencyKey: `pay-${id}` })).rejects.toMatchObject({ statusCode: 409 });
      expect(await balanceOf(id)).toBe('10');
      const body = { credits_to_add: '1', transaction_reason: 'FREE_CREDIT_GRANT' };
      const headers = { 'idempotency-key': `head-${id}` };
      const statuses = [];
      for (let i = 0; i < 2; i += 1) statuses.push((await http.post(`/wallets/${id}/top-up`, body, headers)).status);
      expect(statuses).toEqual([200, 409]);
      const withMore = { ...body, bonus_credits: '5' };
      expect(await http.post(`/wallets/${id}/top-up`, withMore, headers)).toMatchObject({ status: 409 });
      const differing = { ...body, idempotency_key: `body-${id}` };
      expect(await http.post(`/wallets/${id}/top-up`, differing, headers)).toMatchObject({ status: 400 });
      expect(await balanceOf(id)).toBe('11');
    });

    it('sent many times at once has a single effect', async () => {
      const id = await wallet();
      const body = { credits_to_add: '7', transaction_reason: 'FREE_CREDIT_GRANT', idempotency_key: `many-${id}` };
      const answers = await Promise.all(Array.from({ length: 5 }, () => http.post(`/wallets/${id}/top-up`, body)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
      expect(await balanceOf(id)).toBe('7');
    });

    it('may have a bonus, which is a free grant beside it; both have a single effect', async () => {
      const id = await wallet();
      const body = {
        credits_to_add: '100',
        bonus_credits: '10',
        transaction_reason: 'PURCHASED_CREDIT_DIRECT',
        idempotency_key: `bonus-${id}`,
      };
      const answer = await http.post(`/wallets/${id}/top-up`, body);
      expect(answer.body.wallet).toMatchObject({
        credit_balance: '110',
        credits_available_breakdown: { purchased: '100', free: '10' },
      });
      expect(answer.body.wallet_transaction).toMatchObject({ credit_amount: '100' });
      expect(await http.post(`/wallets/${id}/top-up`, body)).toMatchObject({ status: 409 });
      expect(await items(id)).toMatchObject([
        { credit_amount: '10', transaction_reason: 'FREE_CREDIT_GRANT' },
        { credit_amount: '100', transaction_reason: 'PURCHASED_CREDIT_DIRECT' },
      ]);
    });

    it('by amount buys credits at the top-up rate, exactly or not at all', async () => {
      const id = await wallet('0', { conversionRate: '2', topupConversionRate: '0.4' });
      const buy = (amount: string): Promise<FlexpriceAnswer> =>
        http.post(`/wallets/${id}/top-up`, { amount, transaction_reason: 'PURCHASED_CREDIT_DIRECT' });
      const { body } = await buy('10');
      expect(body.wallet).toMatchObject({ credit_balance: '25', balance: '50' });
      expect(body.wallet_transaction).toMatchObject({ credit_amount: '25', amount: '10' });
      const thirds = await wallet('0', { conversionRate: '3' });
      const refused = await http.post(`/wallets/${thirds}/top-up`, {
        amount: '10',
        transaction_reason: 'PURCHASED_CREDIT_DIRECT',
      });
      expect(refused).toMatchObject({ status: 400 });
      expect(await balanceOf(thirds)).toBe('0');
    });

    it('names what is missing or wrong', async () => {
      const id = await wallet();
      const message = async (body: object): Promise<unknown> =>
        ((await http.post(`/wallets/${id}/top-up`, body)).body.error as { message: string }).message;
      expect(await message({})).toBe('transaction_reason is required; credits_to_add is required, or amount');
      expect(await message({ credits_to_add: '1', transaction_reason: 'INVOICE_PAYMENT' })).toMatch(
        /^transaction_reason must be one of FREE_CREDIT_GRANT, /,
      );
      const base = { credits_to_add: '1', transaction_reason: 'FREE_CREDIT_GRANT' };
      expect(await message({ ...base, idempotency_key: '' })).toBe('idempotency_key is required');
      expect(await message({ ...base, expiry_date_utc: '2020-01-01T00:00:00Z' })).toBe(
        'expiry_date_utc cannot be in the past',
      );
      expect(await message({ ...base, credits_to_add: '0.123456789' })).toMatch(/at most 8 decimals$/);
    });
  });

  describe('a debit', () => {
    it('takes by priority, then expiry; credits_available is what remains of each top-up', async () => {
      const id = await wallet();
      await topUp(id, '10');
      await topUp(id, '10', { priority: 1 });
      await topUp(id, '10', { expiryDateUtc: inDays(1) });
      const answer = await debit(id, '13', `take-${id}`, { description: '3 images', metadata: { job: '1' } });
      expect(answer).toMatchObject({ status: 200, body: { id, credit_balance: '17' } });
      expect(keysOf(answer.body)).toEqual([...WALLET_KEYS].sort());
      expect(await items(id)).toMatchObject([
        {
          type: 'debit',
          credit_amount: '13',
          credits_available: '0',
          credit_balance_before: '30',
          credit_balance_after: '17',
          transaction_reason: 'MANUAL_BALANCE_DEBIT',
          description: '3 images',
          metadata: { job: '1' },
          idempotency_key: `take-${id}`,
        },
        { credits_available: '7' },
        { credits_available: '0', priority: 1 },
        { credits_available: '10' },
      ]);
    });

    it('by hand may go below zero; a later top-up repays the debt first', async () => {
      const id = await wallet('5');
      expect((await debit(id, '8', `hand-${id}`)).body.credit_balance).toBe('-3');
      const answer = await topUp(id, '10');
      expect(answer.wallet?.creditBalance).toBe('7');
      expect(answer.walletTransaction).toMatchObject({ creditAmount: '10', creditsAvailable: '7' });
    });

    it.each(['INVOICE_PAYMENT', 'CREDIT_EXPIRED', 'CREDIT_ADJUSTMENT', 'WALLET_TERMINATION'])(
      'for %s takes what is there, and more is "insufficient balance"',
      async (transaction_reason) => {
        const id = await wallet('5');
        const refused = await debit(id, '5.00000001', `more-${id}`, { transaction_reason });
        expect(refused).toEqual({ status: 400, body: http.error('insufficient balance') });
        expect(await balanceOf(id)).toBe('5');
        expect(await debit(id, '5', `all-${id}`, { transaction_reason })).toMatchObject({
          status: 200,
          body: { credit_balance: '0' },
        });
        expect((await items(id))[0]).toMatchObject({ transaction_reason });
      },
    );

    it('repeated is 409, with a single effect', async () => {
      const id = await wallet('5');
      expect((await debit(id, '2', `d-${id}`)).status).toBe(200);
      expect((await debit(id, '2', `d-${id}`)).status).toBe(409);
      expect((await debit(id, '3', `d-${id}`)).status).toBe(409);
      expect(await balanceOf(id)).toBe('3');
      const headers = { 'idempotency-key': `head-${id}` };
      const statuses = [];
      for (let i = 0; i < 2; i += 1)
        statuses.push((await http.post(`/wallets/${id}/debit`, { credits: '1' }, headers)).status);
      expect(statuses).toEqual([200, 409]);
      expect(await balanceOf(id)).toBe('2');
    });

    it('needs credits and an idempotency key', async () => {
      const id = await wallet('5');
      const answer = await http.post(`/wallets/${id}/debit`, {});
      expect(answer).toEqual({ status: 400, body: http.error('credits is required; idempotency_key is required') });
      expect((await debit(id, '1', '~mine')).status).toBe(400);
      expect((await debit(id, '1', 'k', { transaction_reason: 'FREE_CREDIT_GRANT' })).status).toBe(400);
    });
  });

  describe('terminating', () => {
    it('closes the wallet for ever; then the customer may have a new one', async () => {
      const customerId = newCustomer();
      const wanted = { customerId, currency: 'usd', initialCreditsToLoad: '5' };
      const { id } = await client.wallets.createWallet(wanted);
      const closed = await client.wallets.terminateWallet(id!);
      expect(closed).toMatchObject({ id, walletStatus: 'closed', creditBalance: '5' });
      await expect(topUp(id!, '1')).rejects.toMatchObject({ statusCode: 400 });
      expect((await debit(id!, '1', `closed-${id}`)).status).toBe(400);
      await expect(client.wallets.terminateWallet(id!)).rejects.toMatchObject({ statusCode: 400, success: false });
      const next = await client.wallets.createWallet(wanted);
      expect(next).toMatchObject({ walletStatus: 'active', creditBalance: '5' });
      expect(next.id).not.toBe(id);
    });
  });

  it('what was done natively shows up: holds keep a wallet open, a frozen one refuses, a delta is an adjustment', async () => {
    const id = await wallet('10');
    const path = `/v1/accounts/${id}`;
    await native('POST', `${path}/deltas?creditType=flexprice`, { delta: '-2' });
    expect(await items(id, '?transaction_reason=CREDIT_ADJUSTMENT')).toMatchObject([{ credit_amount: '2' }]);
    const { body } = await native('POST', `${path}/holds?creditType=flexprice`, { amount: '4' });
    await expect(client.wallets.terminateWallet(id)).rejects.toMatchObject({ statusCode: 400 });
    await native('POST', `/v1/holds/${String(body.holdId)}/release`, {});
    await native('PATCH', `${path}?creditType=flexprice`, { status: 'frozen' });
    expect((await client.wallets.getWallet(id)).walletStatus).toBe('frozen');
    await expect(topUp(id, '1')).rejects.toMatchObject({ statusCode: 400 });
    await native('PATCH', `${path}?creditType=flexprice`, { status: 'active' });
    expect((await client.wallets.terminateWallet(id)).walletStatus).toBe('closed');
  });

  it('the real-time balance is without what holds reserve', async () => {
    const id = await wallet('10', { conversionRate: '0.25' });
    await native('POST', `/v1/accounts/${id}/holds?creditType=flexprice`, { amount: '4' });
    expect(await client.wallets.getWalletBalance(id)).toMatchObject({
      creditBalance: '10',
      balance: '2.5',
      realTimeCreditBalance: '6',
      realTimeBalance: '1.5',
      currentPeriodUsage: '0',
      unpaidInvoicesAmount: '0',
    });
  });

  it('what expires is a transaction of its own', async () => {
    const id = await wallet();
    await topUp(id, '10', { expiryDateUtc: new Date(Date.now() + 2_000).toISOString() });
    await eventually(async () => {
      expect(await items(id, '?transaction_reason=CREDIT_EXPIRED')).toMatchObject([
        { type: 'debit', credit_amount: '10', credit_balance_after: '0' },
      ]);
    });
    expect(await items(id, '?type=credit')).toMatchObject([{ credits_available: '0' }]);
  });

  it('transactions are told by place with the total, in either order, and filtered', async () => {
    const id = await wallet();
    for (const credits of ['1', '2', '3']) await topUp(id, credits);
    await debit(id, '4', `list-${id}`);
    const amounts = (list: { creditAmount?: string | undefined }[] = []): unknown[] =>
      list.map(({ creditAmount }) => creditAmount);
    const list = (more: object): ReturnType<Flexprice['wallets']['getWalletTransactions']> =>
      client.wallets.getWalletTransactions({ idPathParameter: id, ...more });
    expect(amounts((await list({})).items)).toEqual(['4', '3', '2', '1']);
    const page = await list({ limit: 2, offset: 1 });
    expect(amounts(page.items)).toEqual(['3', '2']);
    expect(page.pagination).toEqual({ limit: 2, offset: 1, total: 4 });
    expect(amounts((await list({ order: 'asc' })).items)).toEqual(['1', '2', '3', '4']);
    expect(amounts((await list({ type: 'debit' })).items)).toEqual(['4']);
    expect(amounts((await list({ transactionReason: 'MANUAL_BALANCE_DEBIT' })).items)).toEqual(['4']);
    expect(amounts((await list({ transactionStatus: 'pending' })).items)).toEqual([]);
    const [, third] = (await list({})).items ?? [];
    expect(amounts((await list({ startTime: third?.createdAt, type: 'credit' })).items)).toEqual(['3']);
    expect(amounts((await list({ endTime: third?.createdAt })).items)).toEqual(['2', '1']);
    await expect(list({ limit: 251 })).rejects.toMatchObject({ statusCode: 400 });
    await expect(list({ priority: 1 })).rejects.toMatchObject({
      error: { message: 'priority is a filter that is not supported' },
    });
  });

  it('amounts keep every digit, and what would overflow changes nothing', async () => {
    const id = await wallet('90071992547.40993001', { conversionRate: '0.000000000000000003' });
    expect(await client.wallets.getWallet(id)).toMatchObject({
      creditBalance: '90071992547.40993001',
      balance: '0.00000027021597764222979003',
    });
    await expect(topUp(id, '92233720368.54775807')).rejects.toMatchObject({ statusCode: 400 });
    expect(await balanceOf(id)).toBe('90071992547.40993001');
    const raw = '{"credits":90071992547.40993,"idempotency_key":"exact"}';
    expect((await http.raw('POST', `/wallets/${id}/debit`, raw)).body.credit_balance).toBe('0.00000001');
  });

  it("another tenant's wallets, unknown ones and accounts that are none are not found", async () => {
    const id = await wallet('5');
    const other = new FlexpriceHttp(stack.baseUrl, await stack.key('other'));
    await http.post('/creditgrants', {
      name: 'n',
      scope: 'SUBSCRIPTION',
      subscription_id: 'subs_no_wallet',
      credits: '1',
      cadence: 'ONETIME',
    });
    const notFound = { status: 404, body: http.error('wallet not found') };
    for (const [who, name] of [
      [other, id],
      [http, 'missing'],
      [http, 'subs_no_wallet'],
    ] as const) {
      expect(await who.get(`/wallets/${name}`)).toEqual(notFound);
      expect(await who.get(`/wallets/${name}/transactions`)).toEqual(notFound);
      expect(await who.get(`/wallets/${name}/balance/real-time`)).toEqual(notFound);
      const body = { credits_to_add: '1', transaction_reason: 'FREE_CREDIT_GRANT' };
      expect(await who.post(`/wallets/${name}/top-up`, body)).toEqual(notFound);
      expect(await who.post(`/wallets/${name}/debit`, { credits: '1', idempotency_key: 'k' })).toEqual(notFound);
      expect(await who.post(`/wallets/${name}/terminate`, {})).toEqual(notFound);
    }
    expect(await balanceOf(id)).toBe('5');
    const sameCustomer = { customer_id: `cust_${customers}`, currency: 'usd' };
    expect(await other.post('/wallets', sameCustomer)).toMatchObject({ status: 200, body: { credit_balance: '0' } });
  });
});
