import type { RunningStack } from '../../../stack-file.js';
import { FakeGateway, type FakeAnswer, type SeenRequest } from '../../../testing/fake-gateway.js';
import { runInProcess } from '../../../testing/run-in-process.js';

const COMMAND = ['api', 'keys', 'update-credits'];
const LIMITED = '{"meta":{"requestId":"req_1"},"data":{"remaining":1000}}';

let gateway: FakeGateway | undefined;

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

async function run(
  args: readonly string[],
  answer: FakeAnswer | ((request: SeenRequest, count: number) => FakeAnswer) = { status: 200, text: LIMITED },
  env: NodeJS.ProcessEnv = { CREDITBUS_ROOT_KEY: 'cb_root' },
) {
  await gateway?.stop();
  gateway = await FakeGateway.start(typeof answer === 'function' ? answer : () => answer);
  const result = await runInProcess([...COMMAND, ...args], {
    env: { CREDITBUS_API_URL: gateway.baseUrl, ...env },
  });
  return { ...result, requests: gateway.requests };
}

const bodyFor = async (...args: string[]): Promise<string | undefined> =>
  (await run(['--key-id=key_1', ...args])).requests[0]?.body;

describe('api keys update-credits sends', () => {
  it('the operation to /v2/keys.updateCredits with the root key', async () => {
    const { exitCode, requests } = await run(['--key-id=key_1', '--operation=increment', '--value=500']);
    expect(exitCode).toBe(0);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: '/v2/keys.updateCredits',
      headers: { authorization: 'Bearer cb_root', 'content-type': 'application/json' },
      body: '{"keyId":"key_1","operation":"increment","value":500}',
    });
  });

  it('0 as 0, never as "unlimited"', async () => {
    expect(await bodyFor('--operation=set', '--value=0')).toBe('{"keyId":"key_1","operation":"set","value":0}');
    expect(await bodyFor('--operation', 'decrement', '--value', '0')).toContain('"value":0}');
  });

  it('no value when set has none', async () => {
    expect(await bodyFor('--operation=set')).toBe('{"keyId":"key_1","operation":"set"}');
  });

  it.each(['9007199254740993', '9223372036854775807'])('%s digit by digit', async (value) => {
    expect(await bodyFor('--operation=set', `--value=${value}`)).toContain(`"value":${value}}`);
  });

  it('any key id as a JSON string', async () => {
    const { requests } = await run(['--key-id=a"b\\ü', '--operation=set', '--value=1']);
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({ keyId: 'a"b\\ü' });
  });

  it('an idempotency key, the same in every attempt, and the one that was given', async () => {
    const busy = (_request: SeenRequest, count: number): FakeAnswer =>
      count < 3 ? { status: 503, body: {} } : { status: 200, text: LIMITED };
    const first = await run(['--key-id=k_1', '--operation=increment', '--value=1'], busy);
    expect(first.requests).toHaveLength(3);
    expect(new Set(first.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    const second = await run(['--key-id=k_1', '--operation=increment', '--value=1', '--id=purchase-1']);
    expect(second.requests[0]?.headers['idempotency-key']).toBe('purchase-1');
  });
});

describe('api keys update-credits prints', () => {
  it('the request id with the latency, a blank line, and the data as JSON', async () => {
    const { stdout, stderr } = await run(['--key-id=key_1', '--operation=set', '--value=1000'], {
      status: 200,
      body: {
        meta: { requestId: 'req_2c9a' },
        data: { remaining: 1000, refill: { interval: 'monthly', amount: 1000, refillDay: 1 } },
      },
    });
    expect(stderr).toBe('');
    expect(stdout.replace(/took [0-9]+ms/, 'took 45ms')).toBe(`req_2c9a (took 45ms)

{
  "remaining": 1000,
  "refill": {
    "interval": "monthly",
    "amount": 1000,
    "refillDay": 1
  }
}
`);
  });

  it('the whole answer with --output=json', async () => {
    const { stdout } = await run(['--key-id=key_1', '--operation=set', '--value=1000', '--output=json']);
    expect(JSON.parse(stdout)).toEqual({ meta: { requestId: 'req_1' }, data: { remaining: 1000 } });
  });

  it('null for unlimited', async () => {
    const answer = { status: 200, body: { meta: { requestId: 'r' }, data: { remaining: null } } };
    expect((await run(['--key-id=key_1', '--operation=set'], answer)).stdout).toContain(
      '\n\n{\n  "remaining": null\n}\n',
    );
  });

  it.each([[[]], [['--output=json']]])('numbers beyond 2^53 exactly, with %j', async (output) => {
    const text = '{"meta":{"requestId":"r"},"data":{"remaining":9007199254740993}}';
    const { stdout } = await run(['--key-id=key_1', '--operation=set', '--value=1', ...output], { status: 200, text });
    expect(stdout).toContain('"remaining": 9007199254740993');
  });
});

describe('api keys update-credits refuses', () => {
  it.each([
    ['no key id', ['--operation=set', '--value=1'], '--key-id'],
    ['no operation', ['--key-id=key_1', '--value=1'], '--operation'],
    ['another operation', ['--key-id=key_1', '--operation=add', '--value=1'], 'set, increment, decrement'],
    ['increment without a value', ['--key-id=key_1', '--operation=increment'], '--value=100'],
    ['decrement without a value', ['--key-id=key_1', '--operation=decrement'], '--value=100'],
    ['a negative value', ['--key-id=key_1', '--operation=set', '--value=-1'], 'from 0 to'],
    ['a fraction', ['--key-id=key_1', '--operation=set', '--value=1.5'], 'from 0 to'],
    ['an exponent', ['--key-id=key_1', '--operation=set', '--value=1e3'], 'from 0 to'],
    ['an empty value', ['--key-id=key_1', '--operation=set', '--value='], 'from 0 to'],
    [
      'a value beyond int64',
      ['--key-id=key_1', '--operation=set', '--value=9223372036854775808'],
      '9223372036854775807',
    ],
  ])('%s with exit code 2, and sends nothing', async (_what, args, says) => {
    const { exitCode, stdout, stderr, requests } = await run(args);
    expect({ exitCode, stdout, sent: requests.length }).toEqual({ exitCode: 2, stdout: '', sent: 0 });
    expect(stderr).toContain(says);
  });

  it('with exit code 1 and the words of the gateway what the gateway refuses', async () => {
    const { exitCode, stdout, stderr } = await run(['--key-id=key_9', '--operation=set', '--value=1'], {
      status: 404,
      body: {
        meta: { requestId: 'req_4' },
        error: { title: 'Not Found', detail: 'We could not find the requested key.', status: 404, type: 't' },
      },
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    const [message, advice, request] = stderr.split('\n');
    expect(message).toBe('error: We could not find the requested key.');
    expect(advice).toContain('creditbus accounts list');
    expect(request).toBe('Request req_4.');
  });

  it('each wrong field that the gateway names', async () => {
    const { stderr } = await run(['--key-id=k', '--operation=set'], {
      status: 400,
      body: {
        meta: { requestId: 'r' },
        error: {
          title: 'Bad Request',
          detail: 'it failed',
          errors: [{ location: 'body.keyId', message: 'too short' }],
        },
      },
    });
    expect(stderr).toContain('it failed; body.keyId too short');
  });

  it('an unknown root key with a line that says how to give another', async () => {
    const { exitCode, stderr } = await run(['--key-id=key_1', '--operation=set'], { status: 401, body: {} });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('--root-key, CREDITBUS_ROOT_KEY');
  });

  it('a gateway without the route with a line that says how to switch it on', async () => {
    const body = { status: 404, code: 'NOT_FOUND', detail: 'there is no such route' };
    const { exitCode, stderr } = await run(['--key-id=key_1', '--operation=set'], { status: 404, body });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('COMPATIBLE_APIS');
  });

  it('with exit code 3 a gateway that is away, naming the id to try again with', async () => {
    const { exitCode, stderr } = await runInProcess(
      [...COMMAND, '--key-id=key_1', '--operation=increment', '--value=1', '--id=i1', '--timeout=0'],
      { env: { CREDITBUS_API_URL: 'http://127.0.0.1:1', CREDITBUS_ROOT_KEY: 'cb_x' } },
    );
    expect(exitCode).toBe(3);
    expect(stderr).toContain('npm start');
    expect(stderr).toContain('--id i1 is safe');
  });
});

describe('the root key comes from', () => {
  const sentKey = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> =>
    (await run(['--key-id=key_1', '--operation=set', ...args], undefined, env)).requests[0]?.headers.authorization;

  it.each([
    [['--root-key=cb_a'], { CREDITBUS_ROOT_KEY: 'cb_b', CREDITBUS_API_KEY: 'cb_c', UNKEY_ROOT_KEY: 'cb_d' }, 'cb_a'],
    [[], { CREDITBUS_ROOT_KEY: 'cb_b', CREDITBUS_API_KEY: 'cb_c', UNKEY_ROOT_KEY: 'cb_d' }, 'cb_b'],
    [[], { CREDITBUS_ROOT_KEY: '', CREDITBUS_API_KEY: 'cb_c', UNKEY_ROOT_KEY: 'cb_d' }, 'cb_c'],
    [[], { UNKEY_ROOT_KEY: 'cb_d' }, 'cb_d'],
  ])('%j and %j: %s', async (args, env, key) => {
    expect(await sentKey(args, env)).toBe(`Bearer ${key}`);
  });

  it('the local stack, for the stack only', async () => {
    gateway = await FakeGateway.start(() => ({ status: 200, text: LIMITED }));
    const stack: RunningStack = {
      baseUrl: gateway.baseUrl,
      workerUrl: '',
      apiKey: 'cb_stack',
      tenantId: 'demo',
      kafkaBrokers: '127.0.0.1:9',
      databaseUrl: 'postgres://127.0.0.1:9/x',
    };
    const line = [...COMMAND, '--key-id=key_1', '--operation=set'];
    expect((await runInProcess(line, { stack })).exitCode).toBe(0);
    expect(gateway.requests[0]?.headers.authorization).toBe('Bearer cb_stack');
    const elsewhere = await runInProcess([...line, '--api-url', 'http://127.0.0.1:1'], { stack });
    expect(elsewhere).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--root-key') });
  });
});
