import { inspect } from 'node:util';
import { jest } from '@jest/globals';
import { CommandRejected, Creditbus, CreditbusError } from '../index.js';
import { ACCEPTED, API_KEY, FakeGateway, outcome, problem, type Script } from '../testing/fake-gateway.js';

const UNAVAILABLE = problem(503, 'UNAVAILABLE');
const RESET = Object.assign(new TypeError('fetch failed'), { cause: new Error('read ECONNRESET') });

describe('a call', () => {
  let gateway: FakeGateway;
  beforeEach(() => {
    gateway = new FakeGateway().answers(ACCEPTED);
  });
  const delta = (creditbus: Creditbus, options = {}): Promise<unknown> =>
    creditbus.accounts.applyDelta('key_1', { delta: '-3' }, options);
  const keys = (): (string | undefined)[] => gateway.requests.map(({ headers }) => headers['idempotency-key']);

  describe('is sent', () => {
    it('with the API key, a made idempotency key and the wait that was asked for', async () => {
      expect(await delta(gateway.client(), { wait: 10 })).toEqual(ACCEPTED.body);
      expect(gateway.last).toMatchObject({
        method: 'POST',
        path: '/v1/accounts/key_1/deltas',
        body: { delta: '-3' },
        headers: { authorization: `Bearer ${API_KEY}`, prefer: 'wait=10', 'content-type': 'application/json' },
      });
      expect(keys()[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    });

    it('with a new idempotency key each time, the given one, or the id in the body', async () => {
      const creditbus = gateway.client();
      await delta(creditbus);
      await delta(creditbus);
      await delta(creditbus, { idempotencyKey: 'order-1' });
      await creditbus.accounts.applyDelta('key_1', { id: 'order-2', delta: '-3' });
      expect(new Set(keys()).size).toBe(4);
      expect(keys().slice(2)).toEqual(['order-1', 'order-2']);
    });

    it('with an id that a header can not carry in the body instead', async () => {
      for (const idempotencyKey of ['Bestellung № 7', ' blank ', 'two\nlines']) {
        await delta(gateway.client(), { idempotencyKey });
        expect(gateway.last.headers).not.toHaveProperty('idempotency-key');
        expect(gateway.last.body).toEqual({ delta: '-3', id: idempotencyKey });
      }
    });

    it('with every digit of an amount, given as string or as bigint', async () => {
      const creditbus = gateway.client();
      await creditbus.accounts.applyDelta('key_1', { delta: -9007199254740993n, onInsufficient: { downTo: -5n } });
      expect(gateway.last.body).toEqual({ delta: '-9007199254740993', onInsufficient: { downTo: '-5' } });
      await creditbus.accounts.setBalance('key_1', { value: null });
      expect(gateway.last.body).toEqual({ value: null });
    });

    it('with ids encoded, so that one with a slash is still one id', async () => {
      const creditbus = gateway.client({ baseUrl: 'https://credits.test/base/' });
      await creditbus.accounts.get('ext:crm/7?ä', { creditType: 'tokens' });
      expect(gateway.last).toMatchObject({
        path: '/base/v1/accounts/ext%3Acrm%2F7%3F%C3%A4',
        query: { creditType: 'tokens' },
      });
      for (const id of ['', '.', '..']) await expect(creditbus.accounts.get(id)).rejects.toThrow(TypeError);
      await expect(delta(creditbus, { wait: 1.5 })).rejects.toThrow('wait is 1.5');
    });
  });

  describe('is tried again', () => {
    it.each<[string, Script]>([
      ['429', problem(429, 'RATE_LIMITED')],
      ['503', UNAVAILABLE],
      ['503 of something in between', { status: 503, body: '<html>' }],
      ['an error of the network', RESET],
    ])('after %s, with the same idempotency key', async (_case, failure) => {
      gateway.answers(failure, failure, ACCEPTED);
      expect(await delta(gateway.client())).toEqual(ACCEPTED.body);
      expect(keys()).toEqual([keys()[0], keys()[0], keys()[0]]);
    });

    it('after an attempt without an answer in time', async () => {
      gateway.answers('silence', ACCEPTED);
      expect(await delta(gateway.client({ attemptTimeoutMs: 20 }))).toEqual(ACCEPTED.body);
      expect(new Set(keys()).size).toBe(1);
    });

    it.each([400, 401, 403, 404, 409, 413, 415, 422, 500, 502, 504, 302])('never after %d', async (status) => {
      gateway.answers(problem(status, status === 500 ? 'INTERNAL_ERROR' : 'INVALID_REQUEST'));
      await expect(delta(gateway.client())).rejects.toMatchObject({ status, attempts: 1 });
      expect(gateway.requests).toHaveLength(1);
    });

    it('but not because its limits are longer than a timer can be', async () => {
      const limits = {
        deadlineMs: Number.POSITIVE_INFINITY,
        attemptTimeoutMs: Number.POSITIVE_INFINITY,
        maxAttempts: 1,
      };
      const fetch = async (): Promise<Response> => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        return Response.json(ACCEPTED.body);
      };
      expect(await delta(gateway.client({ ...limits, fetch }))).toEqual(ACCEPTED.body);
    });

    it('at most as often as it may, and then fails with the last answer and the id to go on with', async () => {
      gateway.answers(UNAVAILABLE);
      const failure = delta(gateway.client({ maxAttempts: 3 }), { idempotencyKey: 'order-1' });
      await expect(failure).rejects.toMatchObject({
        ...{ name: 'CreditbusError', code: 'UNAVAILABLE', status: 503, attempts: 3, commandId: 'order-1' },
        ...{ message: 'UNAVAILABLE: detail of UNAVAILABLE', problem: UNAVAILABLE.body },
      });
      expect(gateway.requests).toHaveLength(3);
    });

    it('not before Retry-After says', async () => {
      gateway.answers({ ...UNAVAILABLE, headers: { 'retry-after': '1' } }, ACCEPTED);
      await delta(gateway.client());
      expect(gateway.requests[1]!.at - gateway.requests[0]!.at).toBeGreaterThanOrEqual(990);
    });

    it('not at all when Retry-After is beyond the deadline', async () => {
      gateway.answers({ ...UNAVAILABLE, headers: { 'retry-after': '60' } });
      await expect(delta(gateway.client())).rejects.toMatchObject({ attempts: 1, retryAfterMs: 60_000 });
    });

    it('no longer than the deadline of all attempts', async () => {
      gateway.answers('silence');
      const startedAt = Date.now();
      const limits = { attemptTimeoutMs: 60, deadlineMs: 150, maxAttempts: 1_000 };
      await expect(delta(gateway.client(), limits)).rejects.toMatchObject({ code: 'TIMEOUT' });
      expect(Date.now() - startedAt).toBeLessThan(5_000);
      expect(gateway.requests.length).toBeLessThanOrEqual(3);
    });
  });

  describe('is aborted by its signal', () => {
    it.each<[string, Script]>([
      ['while it waits for an answer', 'silence'],
      ['while it pauses before the next attempt', { ...UNAVAILABLE, headers: { 'retry-after': '20' } }],
    ])('%s, with the reason that was given', async (_case, script) => {
      gateway.answers(script);
      const abort = new AbortController();
      const call = delta(gateway.client({ deadlineMs: 60_000 }), { signal: abort.signal });
      setTimeout(() => abort.abort(new Error('the user left')), 20);
      await expect(call).rejects.toThrow('the user left');
      expect(gateway.requests).toHaveLength(1);
    });

    it('with that reason even when the network fails at the same moment', async () => {
      const abort = new AbortController();
      const fetch = (): Promise<never> => {
        abort.abort(new Error('the user left'));
        return Promise.reject(RESET);
      };
      await expect(delta(gateway.client({ fetch }), { signal: abort.signal })).rejects.toThrow('the user left');
    });

    it('before it begins, so that nothing is sent', async () => {
      const signal = AbortSignal.abort(new Error('too late'));
      await expect(delta(gateway.client(), { signal })).rejects.toThrow('too late');
      expect(gateway.requests).toHaveLength(0);
    });

    it('and leaves no listener on a signal that lives on', async () => {
      const { signal } = new AbortController();
      const added = jest.spyOn(signal, 'addEventListener');
      const removed = jest.spyOn(signal, 'removeEventListener');
      gateway.answers(UNAVAILABLE, ACCEPTED);
      await delta(gateway.client(), { signal });
      expect(added.mock.calls.length).toBeGreaterThan(0);
      expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
    });
  });

  describe('fails', () => {
    it('with the outcome when the command was rejected', async () => {
      const refused = outcome('rejected', 'INSUFFICIENT_CREDITS');
      gateway.answers(problem(409, 'INSUFFICIENT_CREDITS', { commandId: 'c-1', outcome: refused }));
      const error: unknown = await delta(gateway.client(), { wait: 5 }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(CommandRejected);
      expect(error).toBeInstanceOf(CreditbusError);
      expect(error).toMatchObject({ code: 'INSUFFICIENT_CREDITS', status: 409, commandId: 'c-1', outcome: refused });
    });

    it('with each wrong field in its message', async () => {
      const errors = [{ pointer: '/delta', message: 'delta must be an amount' }];
      gateway.answers(problem(400, 'INVALID_REQUEST', { errors }));
      await expect(delta(gateway.client())).rejects.toThrow('(/delta: delta must be an amount)');
    });

    it.each([
      ['a page of HTML', { status: 200, body: '<html>' }],
      ['an error that is no problem', { status: 400, body: { error: 'no' } }],
      ['nothing', { status: 204, body: '' }],
    ])('when something that is no gateway answers with %s', async (_case, answer) => {
      gateway.answers(answer);
      await expect(delta(gateway.client())).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER', status: answer.status });
    });
  });

  describe('never shows the API key', () => {
    const shown = (value: unknown): string =>
      `${inspect(value, { depth: 9, showHidden: true })} ${JSON.stringify(value)} ${String(value)}`;

    it.each<[string, Script]>([
      ['the network', Object.assign(new Error(`no route for Bearer ${API_KEY}`), { config: { key: API_KEY } })],
      ['the gateway', problem(400, 'INVALID_REQUEST', { detail: `bad header: ${API_KEY}`, title: API_KEY })],
      ['something in between', { status: 502, body: `<pre>authorization: Bearer ${API_KEY}</pre>` }],
    ])('in an error, even when %s repeats it', async (_case, script) => {
      gateway.answers(script);
      const error: unknown = await delta(gateway.client({ maxAttempts: 1 })).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(CreditbusError);
      expect(shown(error)).not.toContain('topsecret');
    });

    it('in the client itself, nor in the refusal of a key or of a base URL', () => {
      expect(shown(gateway.client())).not.toContain('topsecret');
      for (const apiKey of ['', 'topsecret\n', 'top secret key', 'topsecrät']) {
        expect(() => gateway.client({ apiKey })).toThrow(/^apiKey is not/);
      }
      expect(() => gateway.client({ baseUrl: 'https://me:topsecret@credits.test' })).toThrow(
        /^baseUrl holds credentials/,
      );
      expect(() => gateway.client({ baseUrl: 'credits.test' })).toThrow(/^baseUrl/);
      expect(() => gateway.client({ maxAttempts: -1 })).toThrow('maxAttempts is -1');
    });
  });

  it('uses the global fetch when none is handed in', async () => {
    const fetch = jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('{"data":[],"nextCursor":null}'));
    try {
      const creditbus = new Creditbus({ baseUrl: 'https://credits.test', apiKey: API_KEY });
      expect(await creditbus.accounts.list().first()).toEqual({ data: [], nextCursor: null });
      expect(fetch).toHaveBeenCalledTimes(1);
    } finally {
      fetch.mockRestore();
    }
  });
});
