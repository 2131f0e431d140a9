import { type CliRun, creditbus } from '../deployment/creditbus.js';
import { Deployment } from '../deployment/deployment.js';
import { type TailedRecord, TopicTail } from '../deployment/topic-tail.js';

interface Listed {
  readonly data: readonly { readonly commandId?: string; readonly redrives: number; readonly value?: string }[];
}

interface CloudEvent {
  readonly id: string;
  readonly data: { readonly commandId?: string; readonly version: string };
}

describe('what is sent again', () => {
  let deployment: Deployment;
  let tail: TopicTail;
  let env: Record<string, string>;

  const run = async (...args: string[]): Promise<CliRun> => {
    const result = await creditbus(args, env);
    expect(result).toMatchObject({ exitCode: 0 });
    return result;
  };
  const listed = async (...args: string[]): Promise<Listed['data']> =>
    (JSON.parse((await run('dead-letters', ...args, '--output', 'json')).stdout) as Listed).data;

  beforeEach(async () => {
    deployment = await Deployment.start({ partitions: 2 });
    const { deadLetter, balanceChanged, commandRejected, cacheInvalidation, catalogChanged } = deployment.topics;
    const topics = [deadLetter, balanceChanged, commandRejected, cacheInvalidation, catalogChanged];
    tail = await TopicTail.start(deployment.brokers, topics);
    env = deployment.appEnv({ DATABASE_URL: deployment.database.url });
    await deployment.startWorker();
  });
  afterEach(async () => {
    await tail.stop();
    await deployment.stop();
  });

  describe('dead letters', () => {
    const letters = (count: number): Promise<TailedRecord[]> =>
      tail.waitFor(deployment.topics.deadLetter, ({ length }) => length === count);

    it('are listed with their reasons, newest first, and chosen by reason, command, tenant and place', async () => {
      const { topics } = deployment;
      await deployment.publish([{ type: 'credit.delta', id: 'early', tenantId: 'later', delta: '1' }]);
      await letters(1);
      await deployment.publish([{ type: 'credit.delta', id: 'wrong', delta: '1e2' }]);
      await deployment.send([{ key: null, value: Buffer.from([0xff]) }]);
      const found = await letters(3);
      expect(await listed('list')).toHaveLength(3);
      expect((await listed('list', '--limit', '2')).map(({ commandId }) => commandId)).not.toContain('early');
      expect(await listed('list', '--reason', 'NOT_JSON')).toEqual([expect.objectContaining({ valueBase64: '/w==' })]);
      expect(await listed('list', '--command-id', 'wrong')).toMatchObject([{ commandId: 'wrong' }]);
      expect(await listed('list', '--tenant', 'later')).toMatchObject([{ commandId: 'early' }]);
      expect(await listed('list', '--to', '1h')).toEqual([]);
      const first = found.find(({ json }) => (json as { id?: string } | undefined)?.id === 'early');
      const { partition = 0, offset = 0n } = first ?? {};
      const place = ['--partition', `${partition}`, '--from-offset', `${offset}`, '--to-offset', `${offset + 1n}`];
      expect(await listed('list', ...place)).toMatchObject([{ commandId: 'early' }]);
      const { stdout } = await run('dead-letters', 'list');
      expect(stdout).toContain('UNKNOWN_TENANT');
      expect(stdout).not.toContain(topics.commands);
    }, 90_000);

    it('are sent back only when that is meant, once the cause is mended, in their order, with a single effect', async () => {
      const commands = [
        { type: 'account.open', id: 'open', initial: '10' },
        { type: 'credit.delta', id: 'take', delta: '-3' },
        { type: 'credit.delta', id: 'take-more', delta: '-4' },
      ].map((command) => ({ ...command, tenantId: 'later' }));
      await deployment.publish(commands, { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` });
      await letters(3);
      await run('tenants', 'create', 'later');
      const choice = ['redrive', '--reason', 'UNKNOWN_TENANT'];
      const dry = await run('dead-letters', ...choice);
      expect(dry.stderr).toContain('Nothing was sent. Say --yes to send 3 dead letters back.');
      await deployment.settled();
      expect(await deployment.ledger()).toEqual([]);

      expect((await run('dead-letters', ...choice, '--yes')).stdout).toBe('Sent 3 dead letters back.\n');
      await deployment.settled();
      const once = await deployment.ledger();
      expect(once.map(({ command_id, code, after_balance }) => [command_id, code, after_balance])).toEqual([
        ['open', 'APPLIED', '10'],
        ['take', 'APPLIED', '7'],
        ['take-more', 'APPLIED', '3'],
      ]);
      const [event] = await tail.waitFor(deployment.topics.balanceChanged, ({ length }) => length === 3);
      expect(String(event?.headers.traceparent)).toContain('a'.repeat(32));

      await run('dead-letters', ...choice, '--yes');
      await deployment.settled();
      expect(await deployment.ledger()).toEqual(once);
    }, 90_000);

    it('count how often they came back', async () => {
      await deployment.publish([{ type: 'credit.delta', id: 'wrong', delta: '1e2' }]);
      await letters(1);
      await run('dead-letters', 'redrive', '--command-id', 'wrong', '--yes');
      await letters(2);
      expect((await listed('list')).map(({ redrives }) => redrives).sort()).toEqual([0, 1]);
    }, 90_000);

    it('are not sent back without a choice', async () => {
      const { exitCode, stderr } = await creditbus(['dead-letters', 'redrive', '--yes'], env);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('--all');
    });
  });

  describe('events', () => {
    const eventsOf = (topic: string, count: number): Promise<CloudEvent[]> =>
      tail
        .waitFor(topic, ({ length }) => length === count)
        .then((records) => records.map(({ json }) => json as CloudEvent));

    it('are made from the ledger, the same as the first time, each account in order', async () => {
      const { balanceChanged, commandRejected, cacheInvalidation, catalogChanged } = deployment.topics;
      await deployment.publish([
        { type: 'account.open', id: 'open', initial: '10' },
        { type: 'credit.delta', id: 'take', delta: '-3', metadata: { a: 'b' } },
        { type: 'credit.delta', id: 'refused', delta: '-1000' },
        { type: 'account.open', id: 'open-2', accountId: 'key_2' },
        { type: 'credit-type.put', id: 'type', accountId: undefined, creditType: 'tokens', scale: 2 },
      ]);
      await eventsOf(balanceChanged, 3);
      await eventsOf(commandRejected, 1);
      await eventsOf(catalogChanged, 1);

      const dry = await run('events', 'resend', '--all');
      expect(dry.stderr).toContain('Nothing was published');
      expect((await creditbus(['events', 'resend', '--yes'], env)).exitCode).toBe(2);
      await run('events', 'resend', '--tenant', 'acme', '--account', 'key_1', '--yes');

      const balances = await eventsOf(balanceChanged, 5);
      expect(balances.slice(3)).toEqual(
        balances.filter(({ data }) => ['open', 'take'].includes(`${data.commandId}`)).slice(0, 2),
      );
      const rejections = await eventsOf(commandRejected, 2);
      expect(rejections[1]).toEqual(rejections[0]);
      await tail.waitFor(cacheInvalidation, (records) => {
        const last = records.at(-1)?.json as CloudEvent | undefined;
        return last?.data.version === '2';
      });

      const result = await run('events', 'resend', '--from', '1h', '--output', 'json', '--yes');
      expect(JSON.parse(result.stdout)).toMatchObject({
        sent: true,
        data: expect.arrayContaining([
          { topic: balanceChanged, events: 3 },
          { topic: commandRejected, events: 1 },
          { topic: cacheInvalidation, events: 2 },
          { topic: catalogChanged, events: 1 },
        ]),
      });
      const changes = await eventsOf(catalogChanged, 2);
      expect(changes[1]).toEqual(changes[0]);
      expect(JSON.parse((await run('events', 'resend', '--to', '1h', '-o', 'json')).stdout)).toEqual({
        sent: false,
        data: [],
      });
      await eventsOf(balanceChanged, 8);
      const doctor = await run('doctor', '--output', 'json');
      expect(doctor.stdout).not.toContain('violated');
    }, 90_000);
  });
});
