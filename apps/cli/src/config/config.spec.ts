import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FakeGateway } from '../testing/fake-gateway.js';
import { runInProcess } from '../testing/run-in-process.js';
import { CONFIG_EXAMPLE } from '../program-help.js';
import { CONFIG_FIELDS, defaultConfigPath, readConfigFile } from './config-file.js';

const EMPTY_LIST = { status: 200, body: { data: [], nextCursor: null } };

let folder: string;
let file: string;
let gateway: FakeGateway;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'creditbus-config-'));
  file = join(folder, 'config.json');
  gateway = await FakeGateway.start(() => EMPTY_LIST);
});
afterEach(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});

function write(content: unknown, mode = 0o600, path = file): void {
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(path, mode);
}

const list = (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
  runInProcess(['accounts', 'list', ...args], { env });

describe('the configuration file', () => {
  it('gives what neither an option nor the environment gives', async () => {
    write({ apiUrl: gateway.baseUrl, apiKey: 'cb_file', output: 'json', timeout: 0 });
    const { exitCode, stdout, stderr } = await list(['--config', file]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(EMPTY_LIST.body);
    expect(gateway.requests[0]?.headers.authorization).toBe('Bearer cb_file');
  });

  it('comes after the environment, which comes after options', async () => {
    write({ apiUrl: gateway.baseUrl, apiKey: 'cb_file', output: 'json' });
    const env = { CREDITBUS_API_KEY: 'cb_env', CREDITBUS_OUTPUT: 'table' };
    expect((await list(['--config', file], env)).stdout).toContain('ACCOUNT');
    await list(['--config', file, '--api-key', 'cb_option'], env);
    expect(gateway.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer cb_env', 'Bearer cb_option']);
  });

  it('is not hidden by an empty variable', async () => {
    write({ apiUrl: gateway.baseUrl, apiKey: 'cb_file' });
    await list(['--config', file], { CREDITBUS_API_KEY: '', CREDITBUS_API_URL: '' });
    expect(gateway.requests[0]?.headers.authorization).toBe('Bearer cb_file');
  });

  it('gives how long commands wait', async () => {
    write({ apiUrl: gateway.baseUrl, apiKey: 'cb_file', wait: 3 });
    await runInProcess(['credits', 'delta', 'k', '1', '--config', file]);
    await runInProcess(['credits', 'delta', 'k', '1', '--config', file, '--no-wait']);
    expect(gateway.requests.map(({ headers }) => headers.prefer)).toEqual(['wait=3', undefined]);
  });

  it('gives the root key of Unkey calls, after every variable', async () => {
    write({ apiUrl: gateway.baseUrl, apiKey: 'cb_file' });
    const line = ['api', 'keys', 'update-credits', '--key-id=key_1', '--operation=set', '--config', file];
    await runInProcess(line);
    await runInProcess(line, { env: { UNKEY_ROOT_KEY: 'cb_unkey' } });
    expect(gateway.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer cb_file', 'Bearer cb_unkey']);
  });

  it('gives administration its variables, after the environment', async () => {
    write({ environment: { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/file' } });
    expect((await runInProcess(['tenants', 'list', '--config', file])).stderr).toContain('127.0.0.1:1/file');
    const env = { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/env' };
    expect((await runInProcess(['tenants', 'list', '--config', file], { env })).stderr).toContain('127.0.0.1:1/env');
  });

  it('is documented with an example that has every field and is understood', () => {
    write(CONFIG_EXAMPLE);
    expect(readConfigFile({}, file)?.file).toEqual(CONFIG_EXAMPLE);
    expect(Object.keys(CONFIG_EXAMPLE)).toEqual(CONFIG_FIELDS);
  });

  it('is found by CREDITBUS_CONFIG and in its default place', async () => {
    write({ apiUrl: gateway.baseUrl, apiKey: 'cb_a' });
    expect((await list([], { CREDITBUS_CONFIG: file })).exitCode).toBe(0);
    mkdirSync(join(folder, 'creditbus'));
    write({ apiUrl: gateway.baseUrl, apiKey: 'cb_b' }, 0o600, join(folder, 'creditbus', 'config.json'));
    expect((await list([], { XDG_CONFIG_HOME: folder })).exitCode).toBe(0);
    expect(gateway.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer cb_a', 'Bearer cb_b']);
  });

  it('has its default place in XDG_CONFIG_HOME, else in the home folder', () => {
    expect(defaultConfigPath({ XDG_CONFIG_HOME: '/x', HOME: '/h' })).toBe('/x/creditbus/config.json');
    expect(defaultConfigPath({ XDG_CONFIG_HOME: 'relative', HOME: '/h' })).toBe('/h/.config/creditbus/config.json');
    expect(defaultConfigPath({ HOME: '/h' })).toBe('/h/.config/creditbus/config.json');
    expect(defaultConfigPath({})).toBeUndefined();
  });

  it('may be missing in its default place, not where it was named', async () => {
    const env = { CREDITBUS_API_URL: gateway.baseUrl, CREDITBUS_API_KEY: 'cb_env' };
    expect((await list([], { ...env, XDG_CONFIG_HOME: folder })).exitCode).toBe(0);
    const named = await list(['--config', file], env);
    expect(named).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('can not be read') });
  });

  it.each([
    [{ apiUri: 'x' }, 'apiUri'],
    [{ output: 'xml' }, 'output'],
    [{ timeout: '15' }, 'timeout'],
    [{ wait: 31 }, 'wait'],
    [{ apiKey: '' }, 'apiKey'],
    [{ environment: { DATABSE_URL: 'x' } }, 'DATABSE_URL'],
    [[], 'object'],
    ['{"apiKey":"cb_secret",}', 'not JSON'],
  ])('is refused when it is %j, with what is wrong and allowed, and no secret', async (content, says) => {
    write(content);
    const { exitCode, stdout, stderr } = await list(['--config', file]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).toContain('Expected is a JSON object with any of apiUrl, apiKey');
    expect(stderr).not.toContain('cb_secret');
  });

  it('with a secret is warned about when others may read it', async () => {
    write({ apiUrl: gateway.baseUrl, apiKey: 'cb_file' }, 0o644);
    const { exitCode, stderr } = await list(['--config', file]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`chmod 600 ${file}`);
    write({ apiUrl: gateway.baseUrl }, 0o644);
    expect((await list(['--config', file], { CREDITBUS_API_KEY: 'k' })).stderr).not.toContain('chmod');
  });
});
