import { createLedgerPool, PostgresPositions } from '@app/store';
import { type AppProcess, eventually, type PrivatePostgres, startPostgres } from '@app/testing';
import { type CommandFields, Deployment } from '../deployment/deployment.js';
import { removeRecordsBefore } from '../deployment/log-surgery.js';

/** The partition that gets into trouble, and one that must not notice. */
const TROUBLED = 0;
const OTHER = 1;

/** One account on each partition; `count` deltas of 1 for it. */
function deltas(count: number): CommandFields[] {
  return Array.from({ length: count }, () => ({ type: 'credit.delta', delta: '1' }));
}

async function publish(deployment: Deployment, partition: number, commands: readonly CommandFields[]): Promise<void> {
  await deployment.publish(
    commands.map((command) => ({ accountId: `on_${partition}`, ...command })),
    undefined,
    partition,
  );
}

async function expectBalances(deployment: Deployment, troubled: string, other: string): Promise<void> {
  await eventually(async () => {
    const balances = await deployment.balances();
    expect([balances.get(`on_${TROUBLED}`), balances.get(`on_${OTHER}`)]).toEqual([troubled, other]);
  }, 30_000);
}

/** What the readiness route says of the partitions; undefined: nothing, they are fine. */
async function complaint(worker: AppProcess): Promise<string | undefined> {
  const response = await fetch(`${worker.baseUrl}/health/ready`);
  const report = (await response.json()) as { checks: { partitions: { message?: string } } };
  return report.checks.partitions.message;
}

/** `creditbus progress accept`. */
async function accept(deployment: Deployment, nextOffset: bigint): Promise<bigint | null> {
  const pool = createLedgerPool({ url: deployment.database.url, applicationName: 'test-operator' });
  try {
    return await new PostgresPositions(pool).acceptPosition(deployment.topics.commands, TROUBLED, nextOffset);
  } finally {
    await pool.end();
  }
}

describe('a progress row outside the log stops its partition loudly, and no other', () => {
  let postgres: PrivatePostgres;
  let deployment: Deployment;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.dispose());
  beforeEach(async () => {
    deployment = await Deployment.start({ postgresUrl: postgres.url, partitions: 2 });
  });
  afterEach(() => deployment.stop());

  it('below its start: a restored backup that is older than what retention has left', async () => {
    const worker = await deployment.startWorker();
    for (const partition of [TROUBLED, OTHER]) {
      await publish(deployment, partition, [{ type: 'account.open' }, ...deltas(4)]);
    }
    await deployment.settled();
    await postgres.backup('older');
    for (const partition of [TROUBLED, OTHER]) await publish(deployment, partition, deltas(10));
    await deployment.settled();
    await removeRecordsBefore(deployment.brokers, deployment.topics.commands, TROUBLED, 12n);
    await postgres.restore('older');

    const sentence = expect.stringMatching(
      /^\S+\/0 is stopped: the progress row says that record 5 is next, but the log begins at 12\. Records 5 to 11 were removed by retention before they were applied\. "creditbus progress accept 0 start" goes on/,
    ) as unknown;
    await eventually(async () => expect(await complaint(worker)).toEqual(sentence), 30_000);
    expect(await worker.health()).toBe(503);
    expect(await worker.health('/health/live')).toBe(200);
    await publish(deployment, TROUBLED, deltas(1));
    await publish(deployment, OTHER, deltas(1));
    await expectBalances(deployment, '4', '15');

    expect(await accept(deployment, 12n)).toBe(5n);
    await expectBalances(deployment, '8', '15');
    await eventually(async () => expect(await worker.health()).toBe(200));
    expect(await deployment.violations()).toEqual([]);
  });

  it('above its end: a topic that was made anew while the worker was stopped', async () => {
    const before = await deployment.startWorker();
    await publish(deployment, TROUBLED, [{ type: 'account.open' }, ...deltas(9)]);
    await deployment.settled();
    await before.stop();
    await deployment.admin.deleteTopics([deployment.topics.commands]);
    await eventually(() => deployment.createTopics(2));
    await publish(deployment, TROUBLED, deltas(3));
    await publish(deployment, OTHER, [{ type: 'account.open' }, ...deltas(3)]);

    const worker = await deployment.startWorker({}, { untilReady: false });
    await expectBalances(deployment, '9', '3');
    await eventually(async () =>
      expect(await complaint(worker)).toMatch(
        /^\S+\/0 is stopped: the progress row says that record 10 is next, but the log ends at 3\. The topic was made anew/,
      ),
    );
    expect(await worker.health()).toBe(503);

    expect(await accept(deployment, 0n)).toBe(10n);
    await expectBalances(deployment, '12', '3');
    await eventually(async () => expect(await worker.health()).toBe(200));
    expect(await deployment.violations()).toEqual([]);
  });

  it('above its end: a topic that was made anew under the worker', async () => {
    const worker = await deployment.startWorker();
    await publish(deployment, TROUBLED, [{ type: 'account.open' }, ...deltas(9)]);
    await deployment.settled();
    await deployment.admin.deleteTopics([deployment.topics.commands]);
    await eventually(() => deployment.createTopics(2));
    await publish(deployment, TROUBLED, deltas(3));
    await publish(deployment, OTHER, [{ type: 'account.open' }, ...deltas(3)]);
    await expectBalances(deployment, '9', '3');
    await eventually(
      async () => expect(await complaint(worker)).toMatch(/^\S+\/0 is stopped: .* the log ends at 3\./),
      30_000,
    );
    await accept(deployment, 0n);
    await expectBalances(deployment, '12', '3');
    await eventually(async () => expect(await worker.health()).toBe(200));
  });

  it('a topic that was made anew and has grown past the row is read from its beginning', async () => {
    const before = await deployment.startWorker();
    await publish(deployment, TROUBLED, [{ type: 'account.open' }, ...deltas(4)]);
    await deployment.settled();
    await before.stop();
    await deployment.admin.deleteTopics([deployment.topics.commands]);
    await eventually(() => deployment.createTopics(2));
    await publish(deployment, TROUBLED, deltas(20));
    await publish(deployment, OTHER, [{ type: 'account.open' }]);
    await deployment.startWorker();
    await expectBalances(deployment, '24', '0');
    expect(await deployment.violations()).toEqual([]);
  });
});
