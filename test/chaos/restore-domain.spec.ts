import { eventually, type PrivatePostgres, startPostgres } from '@app/testing';
import { Deployment } from '../deployment/deployment.js';
import { TopicTail } from '../deployment/topic-tail.js';
import { DomainCommands } from './domain-commands.js';
import { expectEventsOfEveryEntry } from './events.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Nothing that is due within a minute is left: the scheduler has no more to do. */
async function untilNothingIsDue(deployment: Deployment): Promise<void> {
  await eventually(async () => {
    const due = await deployment.sql(
      `select 'grant' as kind from grants where due_at < now() + interval '1 minute'
       union all select 'hold' from holds where due_at < now() + interval '1 minute'
       union all select 'schedule' from schedules where due_at < now() + interval '1 minute'`,
    );
    expect(due).toEqual([]);
  }, 30_000);
  await deployment.settled();
}

describe('P11: a restored backup heals itself, with grants, holds, schedules and reversals', () => {
  let postgres: PrivatePostgres;
  let deployment: Deployment;
  let tail: TopicTail;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.dispose());
  beforeEach(async () => {
    deployment = await Deployment.start({
      postgresUrl: postgres.url,
      env: { CONSUMER_SESSION_TIMEOUT_MS: '6000', CHUNK_RECORDS_MAX: '50' },
    });
    const { balanceChanged, deadLetter } = deployment.topics;
    tail = await TopicTail.start(deployment.brokers, [balanceChanged, deadLetter]);
  });
  afterEach(async () => {
    await tail.stop();
    await deployment.stop();
  });

  /** The ledger is, column by column, that of a worker which read the same log into a database of its own. */
  async function expectSameAsUndisturbedTwin(): Promise<void> {
    await Promise.all(deployment.workers.filter(({ alive }) => alive).map((worker) => worker.stop()));
    const twin = await deployment.twin();
    try {
      await twin.startWorker({ SCHEDULER_ENABLED: 'false' });
      await twin.settled();
      expect(await deployment.contents()).toEqual(await twin.contents());
    } finally {
      await twin.stop();
    }
    expect(await deployment.violations()).toEqual([]);
    await expectEventsOfEveryEntry(deployment, tail);
  }

  const causes = (): Promise<{ cause: string; code: string }[]> =>
    deployment.sql(`select distinct cause::text, code::text from ledger_entries order by 1, 2`);

  it('what expired between the backup and the restore expires at the same place again', async () => {
    const before = await deployment.startWorker();
    const expiresAt = new Date(Date.now() + 3_000).toISOString();
    const about = { accountId: 'gap' };
    await deployment.publish([
      { type: 'account.open', ...about, initial: '10' },
      { type: 'grant.create', ...about, grantId: 'gap-grant', amount: '100', expiresAt },
      { type: 'hold.create', ...about, holdId: 'gap-hold', amount: '30', expiresAt },
      { type: 'credit.delta', ...about, delta: '-20', id: 'gap-debit' },
    ]);
    await deployment.settled();
    await postgres.backup('before-expiry');
    await untilNothingIsDue(deployment);
    await deployment.publish([
      { type: 'credit.reverse', ...about, reverses: 'gap-debit' },
      { type: 'credit.delta', ...about, delta: '-1' },
    ]);
    await deployment.settled();
    const contents = await deployment.contents();
    await before.stop();
    await postgres.restore('before-expiry');
    expect(await deployment.sql(`select 1 from ledger_entries where cause = 'expiry'`)).toEqual([]);

    await deployment.startWorker();
    await deployment.settled();
    await eventually(async () => {
      const { entries, accounts, objects } = await deployment.contents();
      expect({ entries, accounts, objects }).toEqual({
        entries: contents.entries,
        accounts: contents.accounts,
        objects: contents.objects,
      });
    });
    expect(await causes()).toEqual(expect.arrayContaining([{ cause: 'expiry', code: 'APPLIED' }]));
    await expectSameAsUndisturbedTwin();
  });

  it('under random commands of every kind, with the worker at work', async () => {
    const commands = new DomainCommands(8);
    await deployment.startWorker();
    await deployment.publish(commands.open());
    for (let round = 0; round < 24; round++) {
      if (round === 8) await postgres.backup('under-load');
      if (round === 16) await postgres.restore('under-load');
      await deployment.publish(commands.next(40));
      await pause(150);
    }
    await deployment.settled();
    await untilNothingIsDue(deployment);
    const seen = new Set((await causes()).map(({ cause }) => cause));
    expect([...seen].sort()).toEqual([
      'activation', 'capture', 'delta', 'expiry', 'extend', 'grant', 'hold', 'hold-expiry', 'open', 'release', 'reset',
      'reversal', 'schedule', 'void',
    ]); // prettier-ignore
    await expectSameAsUndisturbedTwin();
  });
});
