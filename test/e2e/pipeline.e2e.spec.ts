import { randomUUID } from 'node:crypto';
import { eventually } from '@app/testing';
import { Deployment } from '../deployment/deployment.js';
import { TopicTail } from '../deployment/topic-tail.js';

interface OutcomeEvent {
  readonly id: string;
  readonly type: string;
  readonly data: {
    commandId: string;
    accountId: string;
    code: string;
    version?: string;
    previousVersion?: string;
    status: string;
  };
}

describe('from the command log to the events', () => {
  let deployment: Deployment;
  let tail: TopicTail;
  beforeAll(async () => {
    deployment = await Deployment.start();
    const { balanceChanged, commandRejected, cacheInvalidation, deadLetter } = deployment.topics;
    tail = await TopicTail.start(deployment.brokers, [balanceChanged, commandRejected, cacheInvalidation, deadLetter]);
    await deployment.startWorker();
  });
  afterAll(async () => {
    await tail.stop();
    await deployment.stop();
  });

  const balanceEvents = (accountId: string) =>
    tail
      .of(deployment.topics.balanceChanged)
      .map(({ json }) => json as OutcomeEvent)
      .filter(({ data }) => data.accountId === accountId);
  const rejections = (accountId: string) =>
    tail
      .of(deployment.topics.commandRejected)
      .map(({ json }) => json as OutcomeEvent)
      .filter(({ data }) => data.accountId === accountId);

  it('P1: exactly one effect per command id', async () => {
    const id = randomUUID();
    await deployment.publish([
      { type: 'account.open', accountId: 'p1', initial: '100' },
      { type: 'credit.delta', accountId: 'p1', id, delta: '-3' },
      { type: 'credit.delta', accountId: 'p1', id, delta: -3 },
      { type: 'credit.delta', accountId: 'p1', id, delta: '-3.0' },
      { type: 'credit.delta', accountId: 'p1', id, delta: '-4' },
    ]);
    await eventually(() => expect(rejections('p1')).toHaveLength(1));
    expect((await deployment.balances()).get('p1')).toBe('97');
    expect(balanceEvents('p1').map(({ data }) => data.commandId)).toEqual([expect.any(String), id]);
    expect(rejections('p1')[0]?.data).toMatchObject({ code: 'COMMAND_CONFLICT', commandId: id });
  });

  it('P3: every command gets a typed outcome: applied, rejected or dead-lettered', async () => {
    const ids = { applied: randomUUID(), rejected: randomUUID(), dead: randomUUID() };
    await deployment.publish([
      { type: 'account.open', accountId: 'p3', initial: '1' },
      { type: 'credit.delta', accountId: 'p3', id: ids.applied, delta: '-1' },
      { type: 'credit.delta', accountId: 'p3', id: ids.rejected, delta: '-1' },
      { type: 'credit.delta', accountId: 'p3', id: ids.dead, delta: 'one' },
    ]);
    await eventually(() => {
      expect(balanceEvents('p3').map(({ data }) => data.commandId)).toContain(ids.applied);
      expect(rejections('p3').map(({ data }) => [data.commandId, data.code])).toEqual([
        [ids.rejected, 'INSUFFICIENT_CREDITS'],
      ]);
      const letters = tail.of(deployment.topics.deadLetter).filter(({ value }) => value?.includes(ids.dead));
      expect(letters.map(({ headers }) => String(headers['x-dlq-reason']))).toEqual(['INVALID_FIELD']);
    });
  });

  it("P4: an account's events carry versions 1..n without a gap, in the order of its commands", async () => {
    const deltas = Array.from({ length: 50 }, () => ({
      type: 'credit.delta',
      accountId: 'p4',
      id: randomUUID(),
      delta: '1',
    }));
    await deployment.publish([{ type: 'account.open', accountId: 'p4' }, ...deltas]);
    await eventually(() => expect(balanceEvents('p4')).toHaveLength(51));
    const events = balanceEvents('p4').map(({ data }) => data);
    expect(events.map(({ version }) => version)).toEqual(Array.from({ length: 51 }, (_, n) => String(n + 1)));
    expect(events.map(({ previousVersion }) => previousVersion)).toEqual(
      Array.from({ length: 51 }, (_, n) => String(n)),
    );
    expect(events.slice(1).map(({ commandId }) => commandId)).toEqual(deltas.map(({ id }) => id));
  });

  it('P5: the ledger explains the balance', async () => {
    await deployment.publish([
      { type: 'account.open', accountId: 'p5', initial: '10' },
      { type: 'credit.delta', accountId: 'p5', delta: '-25', onInsufficient: 'clamp' },
      { type: 'credit.set', accountId: 'p5', value: '7' },
      { type: 'credit.delta', accountId: 'p5', delta: '-9', onInsufficient: 'allow' },
    ]);
    await eventually(async () => expect((await deployment.balances()).get('p5')).toBe('-2'));
    expect(await deployment.violations()).toEqual([]);
  });

  it('P6: amounts keep every digit on their way through', async () => {
    await deployment.publish([
      { type: 'account.open', accountId: 'p6', initial: '9223372036854775806' },
      { type: 'credit.delta', accountId: 'p6', delta: '1' },
      { type: 'credit.delta', accountId: 'p6', delta: '1' },
    ]);
    await eventually(() => expect(rejections('p6').map(({ data }) => data.code)).toEqual(['BALANCE_OVERFLOW']));
    expect((await deployment.balances()).get('p6')).toBe('9223372036854775807');
    expect(balanceEvents('p6').at(-1)?.data).toMatchObject({ after: { balance: '9223372036854775807' } });
  });

  it('P9: each change of an account yields an invalidation with its version', async () => {
    await deployment.publish([
      { type: 'account.open', accountId: 'p9', initial: '5' },
      { type: 'credit.delta', accountId: 'p9', delta: '-1' },
    ]);
    const newest = (): unknown =>
      tail
        .of(deployment.topics.cacheInvalidation)
        .map(({ json }) => (json as { data: { accountId: string } }).data)
        .filter(({ accountId }) => accountId === 'p9')
        .at(-1);
    await eventually(() =>
      expect(newest()).toMatchObject({ version: '2', balance: '4', available: '4', creditType: 'credits' }),
    );
  });

  it('P10: a command for another tenant never touches this one, and an unknown tenant is dead-lettered', async () => {
    await deployment.publish([
      { type: 'account.open', accountId: 'p10', initial: '5' },
      { type: 'credit.delta', accountId: 'p10', tenantId: 'nobody', delta: '-1' },
      { type: 'credit.delta', accountId: 'p10', delta: '-2' },
    ]);
    await eventually(async () => expect((await deployment.balances()).get('p10')).toBe('3'));
    await eventually(() => {
      const reasons = tail.of(deployment.topics.deadLetter).map(({ headers }) => String(headers['x-dlq-reason']));
      expect(reasons).toContain('UNKNOWN_TENANT');
    });
  });

  it('a plain JSON record without key or headers is applied', async () => {
    await deployment.send([
      {
        value: JSON.stringify({
          type: 'account.open',
          id: 'plain-open',
          tenantId: 'acme',
          accountId: 'plain',
          initial: 42,
        }),
      },
    ]);
    await eventually(async () => expect((await deployment.balances()).get('plain')).toBe('42'));
  });

  it('events are CloudEvents 1.0 in structured mode, and carry the trace of the command', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await deployment.publish([{ type: 'account.open', accountId: 'traced' }], { traceparent });
    await eventually(() => expect(balanceEvents('traced')).toHaveLength(1));
    expect(balanceEvents('traced')[0]).toMatchObject({
      specversion: '1.0', type: 'credits.balance-changed.v1', subject: 'traced', traceparent, datacontenttype: 'application/json',
    }); // prettier-ignore
  });
});
