import { randomUUID } from 'node:crypto';
import { type AppProcess, eventually, spawnApp } from '@app/testing';
import { Deployment, type LedgerRow } from '../deployment/deployment.js';
import { createKey } from '../deployment/http.js';
import { ExampleProgram } from './example-program.js';

describe('the examples, as a user runs them,', () => {
  let deployment: Deployment;
  const running: ExampleProgram[] = [];

  beforeAll(async () => {
    deployment = await Deployment.start();
    await deployment.startWorker();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((program) => program.stop()));
  });
  afterAll(async () => {
    expect(await deployment.violations()).toEqual([]);
    await deployment.stop();
  });

  async function started(name: string, args: readonly string[] = [], env: object = {}): Promise<ExampleProgram> {
    const all = {
      KAFKA_BROKERS: deployment.brokers,
      CREDITS_TOPIC: deployment.topics.commands,
      CREDITS_INVALIDATION_TOPIC: deployment.topics.cacheInvalidation,
      CREDITS_TENANT: deployment.tenantId,
      ...env,
    };
    const program = await ExampleProgram.start(name, all, args);
    running.push(program);
    return program;
  }

  async function opened(fields: object = {}): Promise<string> {
    const accountId = `key-${randomUUID()}`;
    await deployment.publish([{ type: 'account.open', accountId, ...fields }]);
    await deployment.settled();
    return accountId;
  }

  /** Commands, code and effect of what was applied to an account, in its order; without its opening. */
  async function entriesOf(accountId: string): Promise<Pick<LedgerRow, 'command_id' | 'code' | 'applied'>[]> {
    await deployment.settled();
    const rows = (await deployment.ledger()).filter((row) => row.account_id === accountId && row.version !== null);
    return rows.slice(1).map(({ command_id, code, applied }) => ({ command_id, code, applied }));
  }

  describe('usage publisher', () => {
    it('takes the credits of a rendering once, however often it is reported', async () => {
      const keyId = await opened({ initial: 10 });
      const renderingId = randomUUID();
      const program = await (await started('usage-publisher')).listening();
      const report = { renderingId, keyId, images: 3 };
      expect(await program.post('/renderings', report)).toEqual({ status: 202, body: { reported: renderingId } });
      await Promise.all([program.post('/renderings', report), program.post('/renderings', report)]);
      await program.stop();
      const restarted = await (await started('usage-publisher')).listening();
      expect((await restarted.post('/renderings', report)).status).toBe(202);
      expect(await entriesOf(keyId)).toEqual([
        { command_id: `rendering:${renderingId}`, code: 'APPLIED', applied: '-3' },
      ]);
    });

    it('takes what was used even where too little is left, and refuses a report that it can not count', async () => {
      const keyId = await opened({ initial: 1 });
      const program = await (await started('usage-publisher')).listening();
      await program.post('/renderings', { renderingId: randomUUID(), keyId, images: 3 });
      for (const images of [0, -1, 1.5, '3', undefined]) {
        expect((await program.post('/renderings', { renderingId: randomUUID(), keyId, images })).status).toBe(400);
      }
      expect(await entriesOf(keyId)).toMatchObject([{ applied: '-3' }]);
      expect((await deployment.balances()).get(keyId)).toBe('-2');
    });
  });

  describe('refund service', () => {
    let refunds: ExampleProgram;
    let usage: ExampleProgram;
    beforeEach(async () => {
      [refunds, usage] = await Promise.all([started('refund-service'), started('usage-publisher')]);
      await Promise.all([refunds.listening(), usage.listening()]);
    });

    it('gives back what a rendering took, once per ticket, in parts or all of it', async () => {
      const keyId = await opened({ initial: 10 });
      const renderingId = randomUUID();
      await usage.post('/renderings', { renderingId, keyId, images: 5 });
      const [first, second] = [randomUUID(), randomUUID()];
      const part = { ticket: first, renderingId, keyId, images: 2 };
      expect(await refunds.post('/refunds', part)).toEqual({ status: 200, body: { refunded: '2', balance: '7' } });
      const rest = { ticket: second, renderingId, keyId };
      expect(await refunds.post('/refunds', rest)).toEqual({ status: 200, body: { refunded: '3', balance: '10' } });
      expect(await refunds.post('/refunds', part)).toEqual({ status: 200, body: { refunded: '2', balance: '7' } });
      expect(await entriesOf(keyId)).toEqual([
        { command_id: `rendering:${renderingId}`, code: 'APPLIED', applied: '-5' },
        { command_id: `refund:${first}`, code: 'APPLIED', applied: '2' },
        { command_id: `refund:${second}`, code: 'APPLIED', applied: '3' },
      ]);
    });

    it('refuses an incomplete ticket before anything is published, so that no two tickets share an id', async () => {
      const whole = { ticket: 'T-1', renderingId: 'r-1', keyId: 'key_1', images: 1 };
      const incomplete = (['ticket', 'renderingId', 'keyId'] as const).map((name) => ({ ...whole, [name]: undefined }));
      for (const body of [...incomplete, { ...whole, images: 0 }, { ...whole, images: '1' }, {}]) {
        expect((await refunds.post('/refunds', body)).status).toBe(400);
      }
    });

    it('gives back no more than was taken, and nothing of what never was', async () => {
      const keyId = await opened({ initial: 10 });
      const renderingId = randomUUID();
      await usage.post('/renderings', { renderingId, keyId, images: 5 });
      const tooMuch = await refunds.post('/refunds', { ticket: randomUUID(), renderingId, keyId, images: 6 });
      expect(tooMuch).toMatchObject({
        status: 409,
        body: { message: expect.stringMatching(/^REVERSAL_EXCEEDS_ORIGINAL: ./) },
      });
      const unknown = await refunds.post('/refunds', { ticket: randomUUID(), renderingId: randomUUID(), keyId });
      expect(unknown).toMatchObject({
        status: 409,
        body: { message: expect.stringMatching(/^ORIGINAL_NOT_FOUND: ./) },
      });
      expect(await entriesOf(keyId)).toMatchObject([{ applied: '-5' }]);
    });
  });

  describe('billing-cycle reset', () => {
    const lines = (subscriptions: readonly object[]): string =>
      subscriptions.map((subscription) => `${JSON.stringify(subscription)}\n`).join('');

    it('begins a period of every account once, however often the job runs', async () => {
      const [plain, carrying] = [await opened({ initial: 80 }), await opened({ initial: 80 })];
      const input = lines([
        { accountId: plain, credits: '100' },
        { accountId: carrying, credits: '100', rolloverPercent: 25 },
      ]);
      const programs = await Promise.all([1, 2].map(() => started('billing-cycle-reset', ['2026-12'])));
      expect(await Promise.all(programs.map((program) => program.run(input)))).toEqual([0, 0]);
      const again = await started('billing-cycle-reset', ['2026-12']);
      expect(await again.run(input)).toBe(0);
      expect(again.output).toContain('accounts that begin 2026-12: 2');

      const idOf = (accountId: string): string => `reset:${deployment.tenantId}:${accountId}:2026-12`;
      expect(await entriesOf(plain)).toEqual([{ command_id: idOf(plain), code: 'APPLIED', applied: '20' }]);
      expect(await entriesOf(carrying)).toEqual([{ command_id: idOf(carrying), code: 'APPLIED', applied: '40' }]);
      const balances = await deployment.balances();
      expect([balances.get(plain), balances.get(carrying)]).toEqual(['100', '120']);
    });

    it('resets again in the next period, and more accounts than fit one request to Kafka', async () => {
      const accounts = await Promise.all(Array.from({ length: 3 }, () => opened({ initial: 5 })));
      const missing = Array.from({ length: 600 }, () => ({ accountId: randomUUID(), credits: '1' }));
      const input = lines([...missing, ...accounts.map((accountId) => ({ accountId, credits: '7' }))]);
      for (const period of ['2027-01', '2027-02']) {
        const program = await started('billing-cycle-reset', [period]);
        expect(await program.run(input)).toBe(0);
        expect(program.output).toContain(`accounts that begin ${period}: 603`);
      }
      for (const accountId of accounts) {
        expect(await entriesOf(accountId)).toMatchObject([
          { code: 'APPLIED', applied: '2' },
          { code: expect.any(String), applied: '0' },
        ]);
      }
    });

    it('fails with an exit code when it does not know the period or can not read a line', async () => {
      expect(await (await started('billing-cycle-reset')).run('')).toBe(1);
      for (const line of ['no JSON', '{"credits":"1"}', '{"accountId":"key_1"}']) {
        const program = await started('billing-cycle-reset', ['2027-03']);
        expect(await program.run(`\n${line}\n`)).toBe(1);
        expect(program.output).toMatch(/line 2 is not like .*\n$/);
      }
    });
  });

  describe('balance service', () => {
    let gateway: AppProcess;
    let balances: ExampleProgram;
    beforeEach(async () => {
      const database = deployment.database.gatewayUrl;
      gateway = await spawnApp('gateway', { ...deployment.appEnv(), DATABASE_URL: database });
      const apiKey = await createKey(deployment, deployment.tenantId, { scopes: ['credits:read'] });
      const env = { CREDITS_URL: gateway.baseUrl, CREDITS_API_KEY: apiKey };
      balances = await (await started('balance-service', [], env)).listening();
    });
    afterEach(() => gateway.stop());

    it('follows the changes of what it has read, without asking the gateway again', async () => {
      const accountId = await opened({ initial: 10 });
      await eventually(async () => expect((await balances.get('/health')).status).toBe(200));
      const first = { available: '10', balance: '10', held: '0', unlimited: false, version: '1' };
      expect(await balances.get(`/balances/${accountId}`)).toEqual({ status: 200, body: first });
      await gateway.kill();
      expect(await balances.get(`/balances/${accountId}`)).toEqual({ status: 200, body: first });
      await deployment.publish([
        { type: 'credit.delta', accountId, delta: '-3' },
        { type: 'hold.create', accountId, amount: '2' },
      ]);
      await eventually(async () => {
        const { body } = await balances.get(`/balances/${accountId}`);
        expect(body).toEqual({ available: '5', balance: '7', held: '2', unlimited: false, version: '3' });
      });
      expect((await balances.get(`/balances/${await opened()}`)).status).toBe(503);
    });

    it('knows no account that is missing, and no other path', async () => {
      expect((await balances.get(`/balances/${randomUUID()}`)).status).toBe(404);
      for (const path of ['/', '/balances', '/balances/%zz']) expect((await balances.get(path)).status).toBe(404);
    });

    it('stops when it is told to', async () => {
      expect(await balances.stop()).toBe(0);
    });
  });
});
