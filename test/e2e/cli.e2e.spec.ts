import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppProcess, eventually, spawnApp } from '@app/testing';
import { type CliRun, creditbus } from '../deployment/creditbus.js';
import { Deployment } from '../deployment/deployment.js';

interface Finding {
  readonly invariant: string;
  readonly verdict: string;
  readonly violations: number;
  readonly examples: readonly string[];
}

const verdictsOf = ({ stdout }: CliRun): Record<string, string> =>
  Object.fromEntries(
    (JSON.parse(stdout) as { findings: Finding[] }).findings.map(({ invariant, verdict }) => [invariant, verdict]),
  );

const ALL_HOLD = Object.fromEntries(['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7'].map((name) => [name, 'holds']));

describe('creditbus on a command line', () => {
  let deployment: Deployment;
  let gateway: AppProcess;
  let folder: string;
  /** Environment for administration. */
  let admin: Record<string, string>;
  /** Environment for accounts and credits. */
  let api: Record<string, string>;

  const run = async (args: readonly string[], stdin?: string): Promise<CliRun> =>
    creditbus(args, { ...admin, ...api }, stdin);
  const json = async (args: readonly string[]): Promise<unknown> => {
    const result = await run([...args, '--output', 'json']);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    return JSON.parse(result.stdout);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'creditbus-cli-'));
    deployment = await Deployment.start({ partitions: 4 });
    admin = deployment.appEnv({ DATABASE_URL: deployment.database.url });
    api = {};
    await run(['topics']);
    await deployment.startWorker();
    gateway = await spawnApp('gateway', deployment.appEnv({ DATABASE_URL: deployment.database.gatewayUrl }));
    const created = (await json(['keys', 'create', '--tenant', 'acme', '--name', 'cli', '--scopes', 'admin'])) as {
      key: string;
    };
    api = { CREDITBUS_API_URL: gateway.baseUrl, CREDITBUS_API_KEY: created.key };
  });
  afterAll(async () => {
    await gateway.stop();
    await deployment.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('administration', () => {
    it('migrate takes back and brings back the schema', async () => {
      // On a database of its own: the workers of the other one need theirs.
      const other = await Deployment.start({ partitions: 1 });
      try {
        const env = { DATABASE_URL: other.database.url };
        expect(await creditbus(['migrate', 'status'], env)).toMatchObject({
          exitCode: 0,
          stdout: 'The schema is up to date.\n',
        });
        expect(await creditbus(['migrate', 'down', '--yes'], env)).toMatchObject({ exitCode: 0 });
        expect(await creditbus(['migrate', 'status'], env)).toMatchObject({ exitCode: 1 });
        const { stdout } = await creditbus(['migrate', '-o', 'json'], env);
        expect(JSON.parse(stdout)).toEqual({ executed: [expect.stringMatching(/^[A-Z][A-Za-z]+[0-9]{13}$/)] });
        expect(await creditbus(['migrate', 'status'], env)).toMatchObject({ exitCode: 0 });
      } finally {
        await other.stop();
      }
    });

    it('topics are made once, and a topic with the wrong clock is refused with the line that mends it', async () => {
      expect(await run(['topics'])).toMatchObject({ exitCode: 0, stdout: 'All topics are there already.\n' });
      const prefix = `${admin.TOPIC_PREFIX}wrong.`;
      await deployment.admin.createTopics([
        { name: `${prefix}credits.commands.v1`, partitions: 1, configs: { 'message.timestamp.type': 'CreateTime' } },
      ]);
      const result = await creditbus(['topics'], { ...admin, TOPIC_PREFIX: prefix, TOPIC_PARTITIONS: '1' });
      expect(result.exitCode).toBe(1);
      expect(result.stdout).toContain(`${prefix}credits.balance-changed.v1`);
      expect(result.stderr).toContain('LogAppendTime');
      expect((await creditbus(['topics', 'verify'], { ...admin, TOPIC_PREFIX: prefix })).exitCode).toBe(1);
    });

    it('tenants are made once', async () => {
      expect(await json(['tenants', 'create', 'newco', '--name', 'New Co'])).toEqual({
        tenantId: 'newco',
        created: true,
      });
      expect(await json(['tenants', 'create', 'newco'])).toEqual({ tenantId: 'newco', created: false });
      expect((await json(['tenants', 'list'])) as object).toMatchObject({
        data: expect.arrayContaining([expect.objectContaining({ tenantId: 'newco', name: 'New Co' })]),
      });
    });

    it('a key is shown once, works until it is revoked, and can not be revoked twice', async () => {
      const { key } = (await json([
        'keys',
        'create',
        '--tenant',
        'acme',
        '--name',
        'short',
        '--scopes',
        'credits:read',
        '--expires-at',
        '1d',
      ])) as { key: string };
      expect(key).toMatch(/^cb_/);
      const list = await run(['keys', 'list', '--tenant', 'acme', '-o', 'json']);
      expect(list.stdout).toContain('"name": "short"');
      expect(list.stdout).not.toContain(key);
      const withKey = { ...api, CREDITBUS_API_KEY: key };
      expect((await creditbus(['accounts', 'list'], withKey)).exitCode).toBe(0);
      expect((await creditbus(['credits', 'set', 'x', '1'], withKey)).stderr).toContain('may not do this');
      expect((await run(['keys', 'revoke', 'short', '--tenant', 'acme'])).stdout).toBe('Revoked 1 key.\n');
      expect((await run(['keys', 'revoke', 'short', '--tenant', 'acme'])).exitCode).toBe(1);
      await eventually(async () => {
        const { exitCode, stderr } = await creditbus(['accounts', 'list'], withKey);
        expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('revoked') });
      }, 15_000);
    });

    it('a key for a tenant that does not exist is refused', async () => {
      for (const line of [['create', '--name', 'x'], ['list'], ['revoke', 'x']]) {
        const { exitCode, stdout, stderr } = await run(['keys', ...line, '--tenant', 'nobody']);
        expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
        expect(stderr).toContain('creditbus tenants create');
      }
    });
  });

  describe('accounts and credits', () => {
    it('an account is opened, used, explained and frozen', async () => {
      expect(await json(['accounts', 'open', 'cli_1', '--initial', '100', '--metadata', 'plan=gold'])).toMatchObject({
        code: 'APPLIED',
      });
      expect(await json(['credits', 'delta', 'cli_1', '-3', '--reason', 'usage', '--id', 'cli-d1'])).toMatchObject({
        code: 'APPLIED', applied: '-3', after: { balance: '97' },
      }); // prettier-ignore
      expect(await json(['credits', 'set', 'cli_1', '50'])).toMatchObject({ after: { balance: '50' }, version: '3' });
      expect(await json(['commands', 'get', 'cli-d1'])).toMatchObject({ commandId: 'cli-d1', applied: '-3' });
      expect(await json(['entries', 'cli_1', '--reason', 'usage'])).toMatchObject({ data: [{ commandId: 'cli-d1' }] });
      expect(await json(['accounts', 'configure', 'cli_1', '--status', 'frozen'])).toMatchObject({ code: 'APPLIED' });
      expect((await run(['credits', 'delta', 'cli_1', '1'])).stderr).toContain('ACCOUNT_FROZEN');
      expect(await json(['accounts', 'get', 'cli_1'])).toMatchObject({
        status: 'frozen',
        balance: '50',
        metadata: { plan: 'gold' },
      });
    });

    it('a repeat has no second effect and says so, another body is a conflict', async () => {
      await json(['accounts', 'open', 'cli_2', '--initial', '10']);
      await json(['credits', 'delta', 'cli_2', '-1', '--id', 'cli-r1']);
      const repeat = await run(['credits', 'delta', 'cli_2', '-1', '--id', 'cli-r1']);
      expect(repeat.exitCode).toBe(0);
      expect(repeat.stdout).toContain('this is the first outcome of this id');
      expect(await run(['credits', 'delta', 'cli_2', '-2', '--id', 'cli-r1'])).toMatchObject({
        exitCode: 1, stderr: expect.stringContaining('COMMAND_CONFLICT'),
      }); // prettier-ignore
      expect(await json(['accounts', 'get', 'cli_2'])).toMatchObject({ balance: '9' });
    });

    it('unlimited is not 0, and 0 is not unlimited', async () => {
      await json(['accounts', 'open', 'cli_3', '--initial', 'unlimited']);
      expect(await json(['accounts', 'get', 'cli_3'])).toMatchObject({ unlimited: true, balance: null });
      await json(['credits', 'set', 'cli_3', '0']);
      expect(await json(['accounts', 'get', 'cli_3'])).toMatchObject({ unlimited: false, balance: '0' });
      await json(['credits', 'set', 'cli_3', 'unlimited']);
      expect((await run(['accounts', 'get', 'cli_3'])).stdout).toMatch(/available +unlimited/);
    });

    it('a file is published once, however often it is run, and bad lines are named', async () => {
      const file = join(folder, 'commands.ndjson');
      const rest = join(folder, 'rest.ndjson');
      const open = Array.from({ length: 20 }, (_, n) => ({
        type: 'account.open',
        accountId: `file_${n}`,
        initial: '100',
      }));
      const take = Array.from({ length: 1_500 }, (_, n) => ({
        type: 'credit.delta',
        accountId: `file_${n % 20}`,
        delta: '-1',
      }));
      const lines = [...open, ...take].map((command) => JSON.stringify(command));
      const bad = '{"type":"credit.delta","accountId":"file_1","delta":1e2}';
      writeFileSync(file, [...lines, bad, 'nonsense', ''].join('\n'));
      for (let time = 1; time <= 2; time += 1) {
        const result = await run(['publish', '--file', file, '--id-prefix', 'file-', '--rest', rest, '-o', 'json']);
        expect(result.exitCode).toBe(1);
        expect(JSON.parse(result.stdout)).toMatchObject({ lines: 1_522, accepted: 1_520, refused: 2, notSent: 0 });
        expect(readFileSync(rest, 'utf8').split('\n').filter(Boolean).sort()).toEqual([
          'nonsense',
          '{"id":"file-1521","type":"credit.delta","accountId":"file_1","delta":1e2}',
        ]);
      }
      await deployment.settled();
      expect(await json(['accounts', 'get', 'file_7'])).toMatchObject({ balance: '25', version: '76' });
      expect(await json(['entries', 'file_7', '--limit', '1000'])).toMatchObject({ data: { length: 76 } });
    });

    it('stdin is published as well', async () => {
      const line = '{"type":"account.open","accountId":"stdin_1","initial":"7"}\n';
      expect((await run(['publish', '--file', '-'], line)).exitCode).toBe(0);
      await deployment.settled();
      expect(await json(['accounts', 'get', 'stdin_1'])).toMatchObject({ balance: '7' });
    });
  });

  describe('doctor and progress', () => {
    const doctor = (...args: string[]): Promise<CliRun> =>
      run(['doctor', '--output', 'json', '--bound', '10', ...args]);

    it('a sound system passes all invariants', async () => {
      await deployment.settled();
      const result = await doctor();
      expect(verdictsOf(result)).toEqual(ALL_HOLD);
      expect(result.exitCode).toBe(0);
    });

    it('without Kafka only the ledger is examined', async () => {
      const { KAFKA_BROKERS: _brokers, ...env } = admin;
      const result = await creditbus(['doctor', '-o', 'json'], env);
      expect(verdictsOf(result)).toMatchObject({ I1: 'holds', I4: 'holds', I5: 'not checked', I7: 'not checked' });
      expect(result.exitCode).toBe(0);
    });

    it('a mistyped tenant is not taken for a sound one', async () => {
      for (const args of [['doctor'], ['events', 'resend']]) {
        const result = await run([...args, '--tenant', 'acmee']);
        expect(result).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('UNKNOWN_TENANT') });
      }
      expect((await run(['doctor', '--no-kafka', '--tenant', 'acme'])).exitCode).toBe(0);
    });

    it('a broken ledger row is found and named', async () => {
      const where = `where command_id = 'cli-d1'`;
      await deployment.sql(`update ledger_entries set applied = -2, after_balance = 98 ${where}`);
      const result = await run(['doctor', '--no-kafka']);
      await deployment.sql(`update ledger_entries set applied = -3, after_balance = 97 ${where}`);
      expect(result.exitCode).toBe(1);
      expect(result.stdout).toMatch(/I1 .*violated \(1\)/);
      expect(result.stderr).toContain('acme cli_1 (credits): balance 50, 4 entries that sum to 51');
    });

    it('an entry without its event and an event without its entry are found', async () => {
      const rejected = `version is null and code = 'ACCOUNT_FROZEN'`;
      await deployment.sql(`create table kept as select * from ledger_entries where ${rejected}`);
      await deployment.sql(`delete from ledger_entries where ${rejected}`);
      expect(verdictsOf(await doctor())).toEqual({ ...ALL_HOLD, I6: 'violated' });
      await deployment.sql(`insert into ledger_entries select * from kept`);
      await deployment.sql(`insert into ledger_entries select (jsonb_populate_record(kept, '{"command_id": null,
        "command_key": "0192f0c1-0000-7000-8000-000000000001", "log_topic": "elsewhere"}')).* from kept`);
      const result = await doctor();
      expect(verdictsOf(result)).toEqual({ ...ALL_HOLD, I5: 'violated' });
      expect(result.exitCode).toBe(1);
      await deployment.sql(`delete from ledger_entries where log_topic = 'elsewhere'`);
      expect(verdictsOf(await doctor())).toEqual(ALL_HOLD);
    });

    it('a log that nobody applies is found', async () => {
      await deployment.workers[0]?.stop();
      await deployment.publish([{ type: 'credit.delta', accountId: 'cli_2', delta: '1' }]);
      const result = await run(['doctor', '--output', 'json', '--bound', '1']);
      expect(verdictsOf(result)).toEqual({ ...ALL_HOLD, I7: 'violated' });
      expect(result.stdout).toContain('does a worker run?');
    });

    it('a position outside its log is shown with the way out, and accepted only when it is meant', async () => {
      const [{ partition } = { partition: 0 }] = await deployment.sql<{ partition: number }>(
        'update progress set next_offset = 1000000 where partition = (select max(partition) from progress) returning partition',
      );
      const shown = await run(['progress', 'show']);
      expect(shown.exitCode).toBe(1);
      expect(shown.stdout).toContain('above-log');
      expect(shown.stderr).toContain(`creditbus progress accept ${partition} start`);
      const accept = ['progress', 'accept', String(partition), 'start'];
      expect((await run(accept)).exitCode).toBe(2);
      expect((await run(['progress', 'show'])).exitCode).toBe(1);
      expect((await run([...accept, '--yes'])).exitCode).toBe(0);
      expect((await run(['progress', 'show'])).exitCode).toBe(0);
    });

    it('what is applied again after that has no second effect', async () => {
      await deployment.startWorker();
      await deployment.settled();
      await eventually(async () => expect(verdictsOf(await doctor())).toEqual(ALL_HOLD), 30_000, 500);
      expect(await json(['accounts', 'get', 'cli_2'])).toMatchObject({ balance: '10' });
    });
  });

  it('a gateway that is away ends with 3 and a hint', async () => {
    const { exitCode, stderr } = await creditbus(['accounts', 'list', '--timeout', '0'], {
      CREDITBUS_API_URL: 'http://127.0.0.1:1',
      CREDITBUS_API_KEY: 'cb_x',
    });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('--api-url');
  });
});
