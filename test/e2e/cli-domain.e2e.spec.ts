import { type AppProcess, eventually, spawnApp } from '@app/testing';
import { type CliRun, creditbus } from '../deployment/creditbus.js';
import { Deployment } from '../deployment/deployment.js';

interface Outcome {
  readonly code: string;
  readonly applied: string;
  readonly after: { readonly balance: string; readonly held: string; readonly available: string };
  readonly allocations: readonly { readonly grantId: string | null; readonly amount: string }[];
  readonly scheduleId: string;
}

describe('the credit domain on a command line', () => {
  let deployment: Deployment;
  let gateway: AppProcess;
  let env: Record<string, string>;

  const run = (line: string): Promise<CliRun> => creditbus(line.split(' '), env);
  /** A line that must do; answers what it printed. */
  const json = async <T = Outcome>(line: string): Promise<T> => {
    const result = await run(`${line} --output json`);
    expect({ line, ...result }).toMatchObject({ line, exitCode: 0, stderr: '' });
    return JSON.parse(result.stdout) as T;
  };
  /** Balance, held, available after a line. */
  const after = async (line: string): Promise<string> => {
    const { balance, held, available } = (await json(line)).after;
    return [balance, held, available].join('/');
  };
  const drawn = ({ allocations }: Outcome): string =>
    allocations.map(({ grantId, amount }) => `${grantId ?? 'base'} ${amount}`).join(', ');

  beforeAll(async () => {
    deployment = await Deployment.start({ partitions: 4 });
    env = deployment.appEnv({ DATABASE_URL: deployment.database.url });
    await run('topics');
    await deployment.startWorker();
    gateway = await spawnApp('gateway', deployment.appEnv({ DATABASE_URL: deployment.database.gatewayUrl }));
    const { key } = await json<{ key: string }>('keys create --tenant acme --name cli --scopes admin');
    env = { ...env, CREDITBUS_API_URL: gateway.baseUrl, CREDITBUS_API_KEY: key };
  });
  afterAll(async () => {
    await gateway.stop();
    await deployment.stop();
  });

  it('hold 400 of 500, capture 260 and 90, release: 150 are left', async () => {
    await json('accounts open hold-1 --initial 500');
    expect(await after('holds create hold-1 400 --hold-id job-1')).toBe('500/400/100');
    expect(await after('holds capture job-1 260')).toBe('240/140/100');
    expect(await after('holds capture job-1 90')).toBe('150/50/100');
    expect(await after('holds release job-1')).toBe('150/0/150');
    expect(await json('holds get job-1')).toMatchObject({ status: 'released', captured: '350', remaining: '0' });
    expect(await run('holds capture job-1 1')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('HOLD_NOT_OPEN'),
    });
  });

  it('hold 400 of 500, extended by 160 as far as there is: 500; extended again: unchanged', async () => {
    await json('accounts open hold-2 --initial 500');
    await json('holds create hold-2 400 --hold-id job-2');
    expect(await after('holds extend job-2 --amount 160 --partial')).toBe('500/500/0');
    expect(await json('holds extend job-2 --amount 160 --partial')).toMatchObject({ code: 'NO_CHANGE' });
    const { stdout } = await run('accounts get hold-2');
    expect(stdout).toMatch(/^held +500$/m);
    expect(stdout).toMatch(/^job-2 +open +500 /m);
    expect((await run('holds list hold-2 --status open')).stdout).toMatch(/^job-2 +open +500 /m);
  });

  it('a reset to 100 with 80 left and 25 % rollover: 120; again with 100 left: 125, the first carry is gone', async () => {
    await json('accounts open reset-1');
    await json('accounts reset reset-1 --period 2026-10 --grant 100,id=october --id reset-1:2026-10');
    await json('credits delta reset-1 -20');
    const november = 'accounts reset reset-1 --period 2026-11 --grant 100,id=november --rollover 25';
    expect(await after(`${november} --id reset-1:2026-11`)).toBe('120/0/120');
    const december = 'accounts reset reset-1 --period 2026-12 --grant 100 --rollover 25 --id reset-1:2026-12';
    expect(await after(december)).toBe('125/0/125');
    const plain = 'accounts reset reset-2 --period 2026-11 --value 100 --rollover 25 --id reset-2:2026-11';
    await json('accounts open reset-2 --initial 80');
    expect([await after(plain), await after(plain)]).toEqual(['120/0/120', '120/0/120']);
  });

  it('grants are used in burn order, and a reversal gives back to the same ones', async () => {
    await json('accounts open burn-1');
    await json('grants create burn-1 50 --grant-id none');
    await json('grants create burn-1 30 --grant-id p3 --priority 3');
    await json('grants create burn-1 40 --grant-id p1 --priority 1');
    await json('grants create burn-1 20 --grant-id p2 --priority 2');
    await json('grants create burn-1 60 --grant-id p1-expiring --priority 1 --expires-at 7d');
    expect(drawn(await json('credits delta burn-1 -90 --id use-90'))).toBe('p1-expiring -60, p1 -30');
    expect((await run('entries burn-1 --cause delta')).stdout).toContain('-60 p1-expiring, -30 p1');
    expect(await json('grants get p1')).toMatchObject({ remaining: '10', entries: { data: expect.any(Array) } });
    expect(drawn(await json('credits reverse use-90 --amount 50 --id undo-1'))).toBe('p1 30, p1-expiring 20');
    expect(await after('credits reverse use-90')).toBe('200/0/200');
    expect(await run('credits reverse use-90 --amount 1')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('REVERSAL_EXCEEDS_ORIGINAL'),
    });
    expect(await after('grants void p3 --reason fraud')).toBe('170/0/170');
    await json('grants update none --priority 0 --name Pack');
    expect(drawn(await json('credits delta burn-1 -5'))).toBe('none -5');
    expect((await run('grants list burn-1 --status voided')).stdout).toMatch(/^p3 +voided /m);
  });

  it('debt is repaid first: −50 and a grant of 80 are 30', async () => {
    await json('accounts open debt-1');
    await json('credits delta debt-1 -50 --on-insufficient allow');
    expect(await after('grants create debt-1 80')).toBe('30/0/30');
  });

  it('nothing is drawn from a lapsed grant: base 0, a debit of 3 with allow is −3', async () => {
    await json('accounts open lapse-1');
    const expiresAt = Date.now() + 3000;
    await json(`grants create lapse-1 100 --expires-at ${new Date(expiresAt).toISOString()}`);
    await new Promise((resolve) => setTimeout(resolve, expiresAt + 100 - Date.now()));
    expect((await json('credits delta lapse-1 -3 --on-insufficient allow')).after.available).toBe('-3');
  });

  it('a refill to 1000 replaces what is below, leaves what is not, and runs once per date', async () => {
    await json('accounts open refill-1 --initial 100 --refill monthly:1000:31');
    expect(await after('accounts refill refill-1 2025-01-31')).toBe('1000/0/1000');
    expect(await json('accounts refill refill-1 2025-02-28')).toMatchObject({ code: 'NO_CHANGE' });
    await json('credits delta refill-1 500');
    expect(await json('accounts refill refill-1 2025-03-31')).toMatchObject({ code: 'NO_CHANGE' });
    await json('credits delta refill-1 -1400');
    expect((await run('accounts refill refill-1 2025-01-31')).stdout).toMatch(/^repeat +yes/m);
    expect(await json('accounts get refill-1')).toMatchObject({ available: '100' });
    expect(await run('accounts refill refill-1 2025-02-27')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('NOT_DUE'),
    });
  });

  it('a schedule gives at once and each period, until it is ended', async () => {
    await json('accounts open plan-1');
    const { scheduleId } = await json('schedules create plan-1 --amount 100 --period monthly --expiry period_end');
    await eventually(async () => {
      const { data } = await json<{ data: object[] }>('grants list plan-1');
      expect(data).toMatchObject([{ kind: 'plan', amount: '100', scheduleId, status: 'open' }]);
    });
    await json(`schedules update ${scheduleId} --end 90d --name Gold`);
    expect(await json(`schedules end ${scheduleId}`)).toMatchObject({ code: 'APPLIED' });
    expect(await json(`schedules get ${scheduleId}`)).toMatchObject({ status: 'ended', name: 'Gold' });
    expect((await run('schedules list plan-1 --status ended')).stdout).toContain(scheduleId);
    expect(await json('accounts get plan-1')).toMatchObject({ available: '100' });
  });

  it('templates and credit types are made, shown and ended', async () => {
    await json('credit-types put tokens --scale 2 --name Tokens --default-rollover 25 --price EUR:0.05');
    expect(await json('credit-types get tokens')).toMatchObject({ scale: 2, prices: [{ pricePerUnit: '0.05' }] });
    expect((await run('credit-types list')).stdout).toMatch(/^tokens +2 +Tokens /m);
    await json('schedules create --template plan --amount 9.99 --credit-type tokens --schedule-id gold');
    expect((await run('schedules list --template plan')).stdout).toMatch(/^gold +plan +active +9.99 +once /m);
    await json('schedules end gold');
    await json('accounts open t-1 --credit-type tokens --initial 0.5');
    expect(await after('grants create t-1 0.25 --credit-type tokens')).toBe('0.75/0/0.75');
    await json('credit-types delete tokens');
    expect(await run('credits delta t-1 1 --credit-type tokens')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('CREDIT_TYPE_NOT_FOUND'),
    });
  });

  it('after all of it the doctor finds nothing wrong', async () => {
    const { findings } = JSON.parse((await run('doctor --output json')).stdout) as { findings: { verdict: string }[] };
    expect(findings).toHaveLength(7);
    expect(findings.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
  });
});
