import { type CliRun, creditbus } from '../deployment/creditbus.js';
import { CompatibleStack } from '../compat/compatible-stack.js';

interface Envelope {
  readonly meta: { readonly requestId: string };
  readonly data: { readonly remaining: number | null; readonly refill?: unknown };
}

describe('creditbus api keys update-credits', () => {
  let stack: CompatibleStack;
  let env: Record<string, string>;

  const run = (args: readonly string[], more: Record<string, string> = {}): Promise<CliRun> =>
    creditbus(['api', 'keys', 'update-credits', ...args], { ...env, ...more });

  const remainingAfter = async (...args: string[]): Promise<number | null> => {
    const { exitCode, stdout, stderr } = await run([...args, '--output=json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return (JSON.parse(stdout) as Envelope).data.remaining;
  };

  const open = async (id: string, ...args: string[]): Promise<string> => {
    expect(await creditbus(['accounts', 'open', id, ...args], env)).toMatchObject({ exitCode: 0 });
    return `--key-id=${id}`;
  };

  beforeAll(async () => {
    stack = await CompatibleStack.start({ COMPATIBLE_APIS: 'unkey' });
    env = { CREDITBUS_API_URL: stack.baseUrl, CREDITBUS_API_KEY: await stack.key() };
  });
  afterAll(() => stack.stop());

  it('sets, increments and decrements; a decrement stops at 0', async () => {
    const key = await open('key_1234abcd');
    expect(await remainingAfter(key, '--operation=set', '--value=1000')).toBe(1000);
    expect(await remainingAfter(key, '--operation=increment', '--value=500')).toBe(1500);
    expect(await remainingAfter(key, '--operation=decrement', '--value=100')).toBe(1400);
    expect(await remainingAfter(key, '--operation=decrement', '--value=9999')).toBe(0);
  });

  it('tells 0 from unlimited, which also ends the refill', async () => {
    const key = await open('key_limits', '--initial', '5', '--refill', 'monthly:100:1');
    expect(await remainingAfter(key, '--operation=set', '--value=0')).toBe(0);
    const { stdout } = await run([key, '--operation=set', '--output=json']);
    expect((JSON.parse(stdout) as Envelope).data).toEqual({ remaining: null });
    const increment = await run([key, '--operation=increment', '--value=1']);
    expect(increment).toMatchObject({ exitCode: 1, stdout: '' });
    expect(increment.stderr).toContain('You cannot increment or decrement a key with unlimited credits.');
  });

  it('prints the id of the request with the latency, a blank line, and the credits', async () => {
    const key = await open('key_text', '--refill', 'monthly:1000:1');
    const { stdout } = await run([key, '--operation=set', '--value=1000']);
    const [head = '', blank, ...json] = stdout.split('\n');
    expect(head).toMatch(/^\S+ \(took [0-9]+ms\)$/);
    expect(blank).toBe('');
    expect(JSON.parse(json.join('\n'))).toEqual({
      remaining: 1000,
      refill: { interval: 'monthly', amount: 1000, refillDay: 1 },
    });
  });

  it('is exact beyond 2^53, up to the largest int64', async () => {
    const key = await open('key_large');
    for (const value of ['9007199254740993', '9223372036854775807']) {
      expect((await run([key, '--operation=set', `--value=${value}`])).stdout).toContain(`"remaining": ${value}\n`);
    }
    const overflow = await run([key, '--operation=increment', '--value=1']);
    expect(overflow).toMatchObject({ exitCode: 1, stdout: '' });
    expect((await run([key, '--operation=decrement', '--value=1', '-o', 'json'])).stdout).toContain(
      '"remaining": 9223372036854775806',
    );
  });

  it('has one effect however often a line with the same id is run', async () => {
    const key = await open('key_once');
    const line = [key, '--operation=increment', '--value=10', '--id=purchase-1'];
    expect([await remainingAfter(...line), await remainingAfter(...line)]).toEqual([10, 10]);
    expect(await remainingAfter(key, '--operation=increment', '--value=1')).toBe(11);
  });

  it("refuses an unknown key and another tenant's alike", async () => {
    const key = await open('key_mine', '--initial', '7');
    const theirs = await run([key, '--operation=set', '--value=0', `--root-key=${await stack.key('other')}`]);
    const nobodys = await run(['--key-id=key_nobody', '--operation=set', '--value=0']);
    for (const { exitCode, stderr } of [theirs, nobodys]) {
      expect(exitCode).toBe(1);
      expect(stderr).toContain('We could not find the requested key.');
    }
    expect(await remainingAfter(key, '--operation=increment', '--value=0')).toBe(7);
  });

  it('needs the permission: credits:write, and the group when it is limited to one', async () => {
    const key = await open('key_grouped', '--group', 'api_1');
    const set = [key, '--operation=set', '--value=1'];
    const reader = await run([...set, `--root-key=${await stack.key('acme', { scopes: ['credits:read'] })}`]);
    expect(reader).toMatchObject({ exitCode: 1, stdout: '' });
    expect(reader.stderr).toContain('update_key');
    const limits = { scopes: ['credits:write'] as const };
    const elsewhere = await run([...set, `--root-key=${await stack.key('acme', { ...limits, group: 'api_2' })}`]);
    expect(elsewhere.exitCode).toBe(1);
    const here = await run([...set, `--root-key=${await stack.key('acme', { ...limits, group: 'api_1' })}`]);
    expect(here).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('says how to give a key when the gateway does not know the one it got', async () => {
    const { exitCode, stderr } = await run(['--key-id=key_1', '--operation=set'], { CREDITBUS_ROOT_KEY: 'cb_wrong' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('--root-key');
  });
});
