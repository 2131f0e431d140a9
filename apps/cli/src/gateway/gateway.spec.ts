import type { RunningStack } from '../stack-file.js';
import { FakeGateway, type FakeAnswer, type SeenRequest } from '../testing/fake-gateway.js';
import { runInProcess } from '../testing/run-in-process.js';

let gateway: FakeGateway | undefined;

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

async function run(
  args: readonly string[],
  answer: (request: SeenRequest, count: number) => FakeAnswer,
  stdin?: string,
) {
  gateway = await FakeGateway.start(answer);
  const env = { CREDITBUS_API_URL: gateway.baseUrl, CREDITBUS_API_KEY: 'cb_test' };
  const result = await runInProcess(args, { env, stdin });
  return { ...result, requests: gateway.requests };
}

const outcome = { commandId: 'c1', commandType: 'credit.delta', accountId: 'k', status: 'applied', code: 'APPLIED' };

describe('an API key on its way', () => {
  it.each([
    ['http://credits.example', true],
    ['http://192.0.2.1:3000', true],
    ['http://127.0.0.1.example', true],
    ['https://credits.example', false],
    ['http://127.0.0.1:1', false],
    ['http://127.9.9.9:1', false],
    ['http://localhost:1', false],
    ['http://[::1]:1', false],
  ])('to %s: warned of %p', async (url, isWarned) => {
    const env = { CREDITBUS_API_URL: url, CREDITBUS_API_KEY: 'cb_secret', CREDITBUS_TIMEOUT: '0' };
    const fetched = jest.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network'));
    const { stderr } = await runInProcess(['accounts', 'get', 'k'], { env });
    fetched.mockRestore();
    expect(stderr.includes('can read the API key')).toBe(isWarned);
    expect(stderr).not.toContain('cb_secret');
  });
});

describe('commands on accounts and credits', () => {
  it('a negative amount is an argument, not an option', async () => {
    const { exitCode, requests } = await run(['credits', 'delta', 'key_1', '-3', '--reason', 'usage'], () => ({
      status: 200,
      body: outcome,
    }));
    expect(exitCode).toBe(0);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/v1/accounts/key_1/deltas' });
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ delta: '-3', reason: 'usage' });
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer cb_test', prefer: 'wait=10' });
    expect(requests[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('a fraction stands before and after options', async () => {
    const { requests } = await run(
      ['credits', 'delta', '--on-insufficient', 'downTo:-5', 'key_1', '-0.25', '--no-wait', '--id', 'x'],
      () => ({ status: 202, body: { commandId: 'x', status: 'accepted' } }),
    );
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ delta: '-0.25', onInsufficient: { downTo: '-5' } });
    expect(requests[0]?.headers.prefer).toBeUndefined();
    expect(requests[0]?.headers['idempotency-key']).toBe('x');
  });

  it('set unlimited sends null, and set 0 sends 0', async () => {
    const first = await run(['credits', 'set', 'k', 'unlimited'], () => ({ status: 200, body: outcome }));
    expect(JSON.parse(first.requests[0]?.body ?? '')).toEqual({ value: null });
    await gateway?.stop();
    const second = await run(['credits', 'set', 'k', '0'], () => ({ status: 200, body: outcome }));
    expect(second.requests[0]).toMatchObject({ method: 'PUT', url: '/v1/accounts/k/balance' });
    expect(JSON.parse(second.requests[0]?.body ?? '')).toEqual({ value: '0' });
  });

  it('an account id is encoded in the path', async () => {
    const { requests } = await run(['accounts', 'get', 'ext:a/b ä', '--at', '2026-01-01'], () => ({
      status: 200,
      body: {},
    }));
    expect(requests[0]?.url).toBe('/v1/accounts/ext%3Aa%2Fb%20%C3%A4?at=2026-01-01T00%3A00%3A00.000Z');
  });

  it('a rejection exits with 1 and names its code', async () => {
    const { exitCode, stdout, stderr } = await run(['credits', 'delta', 'k', '-5', '--id', 'c1'], () => ({
      status: 409,
      body: { code: 'INSUFFICIENT_CREDITS', detail: 'available 2 is less than 5', commandId: 'c1' },
    }));
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.split('\n')).toEqual([
      'error: INSUFFICIENT_CREDITS: available 2 is less than 5',
      expect.stringContaining('creditbus accounts get'),
      "The command's id was c1.",
      '',
    ]);
  });

  it('with --output json a refusal is JSON on stderr', async () => {
    const { exitCode, stderr } = await run(['accounts', 'get', 'k', '--output', 'json'], () => ({
      status: 404,
      body: { code: 'ACCOUNT_NOT_FOUND', detail: 'no account k' },
    }));
    expect(exitCode).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'ACCOUNT_NOT_FOUND', message: 'no account k' } });
  });

  it('an outcome that does not come in time exits with 3 and says how to ask for it', async () => {
    const { exitCode, stdout, stderr } = await run(['credits', 'delta', 'k', '5', '--id', 'c1', '--wait', '1'], () => ({
      status: 202,
      body: { commandId: 'c1', status: 'accepted' },
    }));
    expect(exitCode).toBe(3);
    expect(stdout).toContain('accepted, not applied yet');
    expect(stderr).toContain('creditbus commands get c1');
  });

  it('without waiting, accepted is success', async () => {
    const { exitCode, stdout } = await run(['credits', 'delta', 'k', '5', '--no-wait', '-o', 'json'], () => ({
      status: 202,
      body: { commandId: 'c1', status: 'accepted' },
    }));
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ commandId: 'c1', status: 'accepted' });
  });

  it('a busy gateway is tried again with the same id', async () => {
    const { exitCode, requests } = await run(['credits', 'delta', 'k', '5'], (_request, count) =>
      count < 3 ? { status: 503, body: { code: 'UNAVAILABLE' } } : { status: 200, body: outcome },
    );
    expect(exitCode).toBe(0);
    expect(requests).toHaveLength(3);
    expect(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('a gateway that stays away exits with 3 and names the id to try again with', async () => {
    const { exitCode, stderr } = await run(['credits', 'delta', 'k', '5', '--id', 'c9', '--timeout', '0'], () => ({
      status: 503,
      body: { code: 'LOG_UNAVAILABLE', detail: 'Kafka is away' },
    }));
    expect(exitCode).toBe(3);
    expect(stderr).toContain('--id c9 is safe');
  });

  it('a refusal is not tried again', async () => {
    const { requests } = await run(['credits', 'delta', 'k', '5'], () => ({
      status: 403,
      body: { code: 'FORBIDDEN' },
    }));
    expect(requests).toHaveLength(1);
  });

  it('a repeat is said to be one', async () => {
    const { stdout } = await run(['credits', 'delta', 'k', '5', '--id', 'c1'], () => ({
      status: 200,
      headers: { 'Idempotent-Replayed': 'true' },
      body: outcome,
    }));
    expect(stdout).toContain('this is the first outcome of this id');
  });

  it('a list of more than a page is read page by page', async () => {
    const { stdout, stderr, requests } = await run(['accounts', 'list', '--limit', '300'], (request) => {
      const isSecond = request.url.includes('cursor=next');
      return {
        status: 200,
        body: { data: [{ accountId: isSecond ? 'b' : 'a' }], nextCursor: isSecond ? 'more' : 'next' },
      };
    });
    // The fake's pages have one row each, so it goes on to ask for what is missing.
    expect(requests[0]?.url).toBe('/v1/accounts?limit=250');
    expect(requests[1]?.url).toBe('/v1/accounts?limit=250&cursor=next');
    expect(stdout).toContain('ACCOUNT');
    expect(stderr).toContain('More with --cursor');
  });

  it('configure without a setting is a mistake', async () => {
    const { exitCode, stderr, requests } = await run(['accounts', 'configure', 'k'], () => ({ status: 200 }));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('nothing to change');
    expect(requests).toHaveLength(0);
  });

  it('configure tells clearing from keeping', async () => {
    const { requests } = await run(
      [
        'accounts',
        'configure',
        'k',
        '--refill',
        'none',
        '--floor',
        'default',
        '--status',
        'frozen',
        '--burn-order',
        'default',
      ],
      () => ({ status: 200, body: outcome }),
    );
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      refill: null,
      floor: null,
      status: 'frozen',
      burnOrder: null,
    });
  });
});

describe('publish', () => {
  const accepted = (request: SeenRequest): FakeAnswer => {
    const { commands } = JSON.parse(request.body) as { commands: { id: string }[] };
    return { status: 202, body: { results: commands.map(({ id }) => ({ commandId: id, status: 'accepted' })) } };
  };

  it('sends the lines of stdin as they are written and counts what was accepted', async () => {
    const { exitCode, stdout, requests } = await run(
      ['publish', '--file', '-', '-o', 'json', '--concurrency', '1'],
      accepted,
      '{"id":"a","delta":1.10}\n{"id":"b","delta":9007199254740993}\n',
    );
    expect(exitCode).toBe(0);
    expect(requests[0]?.body).toBe('{"commands":[{"id":"a","delta":1.10},{"id":"b","delta":9007199254740993}]}');
    expect(JSON.parse(stdout)).toMatchObject({ file: '-', lines: 2, accepted: 2, refused: 0 });
  });

  it('one bad line does not stop the others, and the exit code is 1', async () => {
    const { exitCode, stdout, stderr } = await run(
      ['publish', '--file', '-'],
      (request) => {
        const answer = accepted(request);
        const body = answer.body as { results: object[] };
        body.results[0] = { status: 400, code: 'INVALID_FIELD', detail: 'delta is no amount' };
        return answer;
      },
      '{"id":"a","accountId":"x"}\nnonsense\n{"id":"b","accountId":"x"}\n',
    );
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/accepted\s+1\nrefused\s+2/);
    expect(stderr).toContain('line 1 (a): INVALID_FIELD: delta is no amount');
    expect(stderr).toContain('line 2: NOT_JSON');
  });

  it('a command that the gateway could not take now is sent again with its id, the others are not', async () => {
    const { exitCode, requests } = await run(
      ['publish', '--file', '-', '--concurrency', '1'],
      (request, count) => {
        const answer = accepted(request);
        if (count === 1) (answer.body as { results: object[] }).results[1] = { status: 503, code: 'UNAVAILABLE' };
        return answer;
      },
      '{"id":"a"}\n{}\n{"id":"c"}\n',
    );
    expect(exitCode).toBe(0);
    const ids = requests.map(({ body }) =>
      (JSON.parse(body) as { commands: { id: string }[] }).commands.map(({ id }) => id),
    );
    expect(ids[0]).toEqual(['a', expect.any(String), 'c']);
    expect(ids[1]).toEqual([ids[0]?.[1]]);
  });

  it('an API key that is refused stops it, and nothing is lost without a word', async () => {
    const { exitCode, stdout, stderr } = await run(
      ['publish', '--file', '-'],
      () => ({ status: 401, body: { code: 'UNAUTHORIZED', detail: 'unknown key' } }),
      '{"id":"a"}\n{"id":"b"}\n',
    );
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/not sent\s+2/);
    expect(stderr).toContain('UNAUTHORIZED');
    expect(stderr).toContain('each command keeps its id');
  });

  it('a file that does not exist is a mistake in the command line', async () => {
    const { exitCode, stderr } = await run(['publish', '--file', '/nowhere/x.ndjson'], accepted);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('/nowhere/x.ndjson can not be read');
  });
});

describe('where it connects', () => {
  const stack: RunningStack = {
    baseUrl: 'http://127.0.0.1:9',
    workerUrl: '',
    apiKey: 'cb_stack',
    tenantId: 'demo',
    kafkaBrokers: '127.0.0.1:9',
    databaseUrl: 'postgres://127.0.0.1:9/x',
  };

  it('without options, environment and stack it says what to give', async () => {
    const { exitCode, stderr } = await runInProcess(['accounts', 'list']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('CREDITBUS_API_URL');
  });

  it('the key of the stack is never sent to another address', async () => {
    gateway = await FakeGateway.start(() => ({ status: 200, body: { data: [], nextCursor: null } }));
    const { exitCode, stderr } = await runInProcess(['accounts', 'list', '--api-url', gateway.baseUrl], { stack });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no API key for');
    expect(gateway.requests).toHaveLength(0);
  });

  it('the running stack is used when nothing is given', async () => {
    gateway = await FakeGateway.start(() => ({ status: 200, body: { data: [], nextCursor: null } }));
    const { exitCode } = await runInProcess(['accounts', 'list'], { stack: { ...stack, baseUrl: gateway.baseUrl } });
    expect(exitCode).toBe(0);
    expect(gateway.requests[0]?.headers.authorization).toBe('Bearer cb_stack');
  });

  it('what is no URL, and a key with blanks, are mistakes', async () => {
    expect(await runInProcess(['accounts', 'list', '--api-url', 'localhost:3000', '--api-key', 'k'])).toMatchObject({
      exitCode: 2,
    });
    expect(await runInProcess(['accounts', 'list', '--api-url', 'http://x', '--api-key', 'a b'])).toMatchObject({
      exitCode: 2,
    });
  });

  it('the database of one system is never combined with the brokers of the stack', async () => {
    const { exitCode, stderr } = await runInProcess(['topics', 'verify'], {
      stack,
      env: { DATABASE_URL: 'postgres://other/x' },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('KAFKA_BROKERS');
  });
});
