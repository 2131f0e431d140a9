import { FakeGateway } from '../testing/fake-gateway.js';
import { runInProcess } from '../testing/run-in-process.js';

let gateway: FakeGateway;

beforeEach(async () => {
  gateway = await FakeGateway.start((request) => ({
    status: 200,
    body: request.method === 'GET' ? { data: [], nextCursor: null } : { commandId: 'c1', status: 'applied' },
  }));
});
afterEach(() => gateway.stop());

/** Runs a line and answers what the gateway was asked. */
async function asked(line: string): Promise<{ method: string; url: string; body: unknown; id: unknown }> {
  const env = { CREDITBUS_API_URL: gateway.baseUrl, CREDITBUS_API_KEY: 'cb_test' };
  const result = await runInProcess(line.split(' '), { env });
  expect(result).toMatchObject({ exitCode: 0, stderr: line.includes(' list') ? 'Nothing found.\n' : '' });
  const [request] = gateway.requests;
  return {
    method: request?.method ?? '',
    url: request?.url ?? '',
    body: request?.body === '' ? undefined : JSON.parse(request?.body ?? 'null'),
    id: request?.headers['idempotency-key'],
  };
}

describe('each line is one request to the gateway', () => {
  it.each([
    [
      'grants create k 100 --grant-id g1 --name Pack --kind free --priority -1 --effective-at 2026-12-01 --expires-at never --cost-basis EUR:0.05',
      'POST /v1/accounts/k/grants',
      {
        amount: '100',
        grantId: 'g1',
        name: 'Pack',
        kind: 'free',
        priority: -1,
        effectiveAt: '2026-12-01T00:00:00.000Z',
        expiresAt: null,
        costBasis: { currency: 'EUR', amount: '0.05' },
      },
    ],
    ['grants update g/1 --priority none --name none', 'PATCH /v1/grants/g%2F1', { priority: null, name: null }],
    ['grants update g1 --metadata a=b', 'PATCH /v1/grants/g1', { metadata: { a: 'b' } }],
    ['grants void g1 --reason fraud --account k', 'POST /v1/grants/g1/void', { reason: 'fraud', accountId: 'k' }],
    [
      'holds create k 400 --hold-id h1 --partial --expires-at 2026-12-01T10:00:00Z',
      'POST /v1/accounts/k/holds',
      { amount: '400', holdId: 'h1', partial: true, expiresAt: '2026-12-01T10:00:00.000Z' },
    ],
    [
      'holds capture h1 260 --final --charge-overage --on-insufficient allow',
      'POST /v1/holds/h1/capture',
      { amount: '260', final: true, overage: 'charge', onInsufficient: 'allow' },
    ],
    ['holds extend h1 --amount 160 --partial', 'POST /v1/holds/h1/extend', { amount: '160', partial: true }],
    ['holds release h1', 'POST /v1/holds/h1/release', {}],
    [
      'schedules create k --amount 1000 --period monthly --period-count 2 --start 2026-12-01 --anchor 2026-12-31 --time-zone Europe/Berlin --expiry 3:months --rollover 25:100',
      'POST /v1/accounts/k/schedules',
      {
        amount: '1000',
        cadence: 'recurring',
        period: 'monthly',
        periodCount: 2,
        start: '2026-12-01T00:00:00.000Z',
        anchor: '2026-12-31T00:00:00.000Z',
        timeZone: 'Europe/Berlin',
        expiry: { type: 'duration', count: 3, unit: 'months' },
        rollover: { percent: 25, cap: '100' },
      },
    ],
    [
      'schedules create k --amount 50 --expiry period_end --rollover none',
      'POST /v1/accounts/k/schedules',
      { amount: '50', cadence: 'one_time', expiry: { type: 'period_end' }, rollover: null },
    ],
    [
      'schedules create --template plan --amount 50 --credit-type tokens',
      'POST /v1/schedules',
      { scope: 'plan', amount: '50', cadence: 'one_time', creditType: 'tokens' },
    ],
    ['schedules update s1 --end never', 'PATCH /v1/schedules/s1', { end: null }],
    ['schedules end s1 --at 2027-01-01', 'DELETE /v1/schedules/s1', { end: '2027-01-01T00:00:00.000Z' }],
    [
      'credits reverse order/1 --amount 20 --on-expired-grant forfeit --on-insufficient clamp',
      'POST /v1/commands/order%2F1/reversals',
      { amount: '20', onExpiredGrant: 'forfeit', onInsufficient: 'clamp' },
    ],
    [
      'accounts reset k --period 2026-12 --value 1000 --rollover 25',
      'POST /v1/accounts/k/resets',
      { period: '2026-12', value: '1000', rollover: { percent: 25 } },
    ],
    [
      'accounts reset k --period 2026-12 --grant 100 --grant 5.5,kind=free,id=g,priority=2,expires-at=2027-01-01 --rollover none',
      'POST /v1/accounts/k/resets',
      {
        period: '2026-12',
        grants: [
          { amount: '100' },
          { amount: '5.5', kind: 'free', grantId: 'g', priority: 2, expiresAt: '2027-01-01T00:00:00.000Z' },
        ],
        rollover: null,
      },
    ],
    [
      'credit-types put tokens --scale 2 --name Tokens --burn-order expiration_priority --default-expiry 1:years --default-rollover 50 --price EUR:0.05 --price USD:0.06',
      'PUT /v1/credit-types/tokens',
      {
        scale: 2,
        name: 'Tokens',
        burnOrder: 'expiration_priority',
        defaultExpiry: { type: 'duration', count: 1, unit: 'years' },
        defaultRollover: { percent: 50 },
        prices: [
          { currency: 'EUR', pricePerUnit: '0.05' },
          { currency: 'USD', pricePerUnit: '0.06' },
        ],
      },
    ],
    ['credit-types delete tokens', 'DELETE /v1/credit-types/tokens', {}],
  ])('%s', async (line, route, body) => {
    const request = await asked(`${line} --id c1`);
    expect(request).toEqual({ method: route.split(' ')[0], url: route.split(' ')[1], body, id: 'c1' });
  });

  it.each([
    [
      'grants list k --status open --credit-type tokens',
      '/v1/accounts/k/grants?creditType=tokens&status=open&limit=50',
    ],
    ['holds list k --to 2026-12-01', '/v1/accounts/k/holds?to=2026-12-01T00%3A00%3A00.000Z&limit=50'],
    ['schedules list k --limit 5', '/v1/accounts/k/schedules?limit=5'],
    ['schedules list --template', '/v1/schedules?limit=50'],
    ['schedules list --template addon', '/v1/schedules?scope=addon&limit=50'],
    ['credit-types list', '/v1/credit-types?limit=50'],
  ])('%s', async (line, url) => {
    expect(await asked(line)).toMatchObject({ method: 'GET', url });
  });

  it.each([
    ['grants get g1 --output json', '/v1/grants/g1?limit=50'],
    ['holds get h1 --output json', '/v1/holds/h1'],
    ['schedules get s1 --output json', '/v1/schedules/s1'],
    ['credit-types get tokens --output json', '/v1/credit-types/tokens'],
  ])('%s', async (line, url) => {
    expect(await asked(line)).toMatchObject({ method: 'GET', url });
  });

  it('a refill sends no id: it is derived from account and date', async () => {
    expect(await asked('accounts refill k 2026-12-01')).toEqual({
      method: 'POST',
      url: '/v1/accounts/k/refills',
      body: { date: '2026-12-01' },
      id: undefined,
    });
  });
});

describe('a line that can not be meant is a mistake, and nothing is sent', () => {
  it.each([
    ['grants create k', 'amount'],
    ['grants create k 1 --kind plant', 'plan, purchased'],
    ['grants create k 1 --priority 1.5', 'whole number'],
    ['grants update g1', 'nothing to change'],
    ['holds extend h1', '--amount'],
    ['schedules create k', '--amount'],
    ['schedules create --amount 1', 'which account'],
    ['schedules create k --amount 1 --template plan', 'no account'],
    ['schedules create k --amount 1 --expiry 3:weekdays', 'months'],
    ['schedules create k --amount 1 --rollover 101', '0-100'],
    ['schedules list', 'which account'],
    ['schedules list --template plan --status active', 'scope only'],
    ['schedules update s1', 'nothing to change'],
    ['accounts reset k --period p', '--value'],
    ['accounts reset k --period p --value 1 --grant 1', '--value'],
    ['accounts reset k --period p --grant 1,colour=red', 'expires-at'],
    ['accounts refill k 2026-02-30', '2026-11-20'],
    ['accounts refill k 2026-12-01 --id x', '--id'],
    ['credit-types put tokens', '--scale'],
    ['credit-types put tokens --scale 10', 'to 9'],
    ['credit-types put tokens --scale 0 --price 5', 'EUR:0.05'],
    ['credits reverse c1 --on-expired-grant keep', 'forfeit'],
  ])('%s', async (line, hint) => {
    const env = { CREDITBUS_API_URL: gateway.baseUrl, CREDITBUS_API_KEY: 'cb_test' };
    const { exitCode, stdout, stderr } = await runInProcess(line.split(' '), { env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(hint);
    expect(gateway.requests).toHaveLength(0);
  });
});

describe('outcomes', () => {
  it('tell where credits came from and what was made', async () => {
    await gateway.stop();
    gateway = await FakeGateway.start(() => ({
      status: 200,
      body: {
        commandId: 'c1',
        status: 'applied',
        code: 'APPLIED',
        allocations: [
          { grantId: 'g1', amount: '-60' },
          { grantId: null, amount: '-30' },
        ],
        holdId: 'h1',
      },
    }));
    const env = { CREDITBUS_API_URL: gateway.baseUrl, CREDITBUS_API_KEY: 'cb_test' };
    const { stdout } = await runInProcess(['holds', 'capture', 'h1', '90'], { env });
    expect(stdout).toContain('-60 g1, -30 base');
    expect(stdout).toContain('h1');
  });
});
