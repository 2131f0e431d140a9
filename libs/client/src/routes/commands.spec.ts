import { CommandRejected, isAccepted } from '../index.js';
import { ACCEPTED, FakeGateway, outcome, problem } from '../testing/fake-gateway.js';

const NOT_RECORDED = problem(404, 'COMMAND_NOT_RECORDED');

describe('the outcome of what was written', () => {
  it('is the answer itself when it came in time', async () => {
    const applied = outcome('applied', 'APPLIED');
    const gateway = new FakeGateway().answers({ status: 200, body: applied });
    const { accounts, commands } = gateway.client();
    const written = await accounts.applyDelta('key_1', { delta: '-3' }, { wait: 5 });
    expect(await commands.outcomeOf(written)).toEqual(applied);
    expect(gateway.requests).toHaveLength(1);
  });

  it('is asked for until it is recorded, when the command was only accepted', async () => {
    const applied = outcome('applied', 'APPLIED');
    const gateway = new FakeGateway().answers(ACCEPTED, NOT_RECORDED, NOT_RECORDED, { status: 200, body: applied });
    const { accounts, commands } = gateway.client();
    expect(await commands.outcomeOf(await accounts.applyDelta('key_1', { delta: '-3' }))).toEqual(applied);
    expect(gateway.requests.map(({ path }) => path).slice(1)).toEqual(Array(3).fill('/v1/commands/c-1'));
  });

  it('is asked for no earlier than the gateway says', async () => {
    const later = { ...NOT_RECORDED, headers: { 'retry-after': '1' } };
    const gateway = new FakeGateway().answers(later, { status: 200, body: outcome('applied', 'APPLIED') });
    await gateway.client().commands.outcomeOf('c-1');
    expect(gateway.requests[1]!.at - gateway.requests[0]!.at).toBeGreaterThanOrEqual(990);
  });

  it('is thrown when the command was rejected, like under wait', async () => {
    const gateway = new FakeGateway().answers({ status: 200, body: outcome('rejected', 'ACCOUNT_FROZEN') });
    const failure = gateway.client().commands.outcomeOf('c-1');
    await expect(failure).rejects.toBeInstanceOf(CommandRejected);
    await expect(failure).rejects.toMatchObject({ code: 'ACCOUNT_FROZEN', commandId: 'c-1' });
  });

  it('is unknown when nothing was recorded in the given time', async () => {
    const failure = new FakeGateway().answers(NOT_RECORDED).client().commands.outcomeOf('c-1', { timeoutMs: 60 });
    await expect(failure).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', commandId: 'c-1' });
  });

  it('is unknown, too, when the time ends while it is asked for', async () => {
    const gateway = new FakeGateway().answers(NOT_RECORDED, 'silence');
    const failure = gateway.client().commands.outcomeOf('c-1', { timeoutMs: 60 });
    await expect(failure).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', commandId: 'c-1' });
  });

  it('is waited for no longer once the signal is aborted', async () => {
    const signal = AbortSignal.timeout(40);
    const failure = new FakeGateway().answers(NOT_RECORDED).client().commands.outcomeOf('c-1', { signal });
    await expect(failure).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('is not looked for any further when asking itself is refused', async () => {
    const gateway = new FakeGateway().answers(problem(401, 'UNAUTHENTICATED'));
    await expect(gateway.client().commands.outcomeOf('c-1')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(gateway.requests).toHaveLength(1);
  });
});

describe('a batch', () => {
  const delta = { type: 'credit.delta', accountId: 'key_1', delta: '-1' } as const;

  it('gives each command an id that its retries keep', async () => {
    const results = [{ commandId: 'c-1', status: 'accepted' }, problem(400, 'INVALID_FIELD').body];
    const gateway = new FakeGateway().answers(problem(503, 'UNAVAILABLE'), { status: 202, body: { results } });
    const answered = await gateway.client().commands.publishBatch([delta, { ...delta, id: 'order-1' }]);
    const [first, second] = gateway.requests.map(({ body }) => (body as { commands: { id: string }[] }).commands);
    expect(first).toEqual(second);
    expect(first?.map(({ id }) => id)).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), 'order-1']);
    expect(answered.map(isAccepted)).toEqual([true, false]);
  });
});
