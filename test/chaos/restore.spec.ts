import { consumerLag } from '@app/messaging';
import { eventually, type PrivatePostgres, startPostgres } from '@app/testing';
import { Deployment } from '../deployment/deployment.js';
import { type TailedRecord, TopicTail } from '../deployment/topic-tail.js';
import { expectEventsOfEveryEntry, expectRejectionsOfEveryEntry } from './events.js';
import { MixedCommands } from './mixed-commands.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What a worker says when the database under it has gone back. */
const NOTICED = /position lost|the progress row moved/;

/** A deployment, the commands that it gets, and a consumer of what it publishes. */
class Rig {
  private readonly commands = new MixedCommands(12);
  private stopped = false;

  private constructor(
    readonly deployment: Deployment,
    readonly tail: TopicTail,
  ) {}

  static async start(postgresUrl?: string): Promise<Rig> {
    const deployment = await Deployment.start({
      ...(postgresUrl !== undefined && { postgresUrl }),
      env: { CONSUMER_SESSION_TIMEOUT_MS: '6000', CHUNK_RECORDS_MAX: '50' },
    });
    const { balanceChanged, commandRejected, deadLetter } = deployment.topics;
    const tail = await TopicTail.start(deployment.brokers, [balanceChanged, commandRejected, deadLetter]);
    return new Rig(deployment, tail);
  }

  open(): Promise<void> {
    return this.deployment.publish(this.commands.open());
  }

  /** Every eleventh record is no command. */
  async publish(count: number): Promise<void> {
    const malformed = { type: 'credit.delta', accountId: 'mixed_1', delta: 'one' };
    const commands = this.commands.next(count).flatMap((command, n) => (n % 10 === 9 ? [command, malformed] : command));
    await this.deployment.publish(commands);
  }

  /** Publishes until the end of the work. */
  async publishingDuring(work: () => Promise<void>): Promise<void> {
    this.stopped = false;
    const load = (async () => {
      while (!this.stopped) {
        await this.publish(40);
        await pause(50);
      }
    })();
    try {
      await work();
    } finally {
      this.stopped = true;
      await load;
    }
  }

  /** The ledger is, column by column, that of a worker which read the same log into a database of its own. */
  async expectSameAsUndisturbedTwin(): Promise<void> {
    const twin = await this.deployment.twin();
    try {
      await twin.startWorker();
      await twin.settled();
      expect(await this.deployment.contents()).toEqual(await twin.contents());
    } finally {
      await twin.stop();
    }
    expect(await this.deployment.violations()).toEqual([]);
    await expectEventsOfEveryEntry(this.deployment, this.tail);
    await expectRejectionsOfEveryEntry(this.deployment, this.tail);
  }

  async stop(): Promise<void> {
    await this.tail.stop();
    await this.deployment.stop();
  }
}

describe('P11: a restored backup heals itself', () => {
  let postgres: PrivatePostgres;
  let rig: Rig;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.dispose());
  beforeEach(async () => {
    rig = await Rig.start(postgres.url);
  });
  afterEach(() => rig.stop());

  it('a worker that is started on an earlier copy applies what is missing', async () => {
    const { deployment } = rig;
    const before = await deployment.startWorker();
    await rig.open();
    await rig.publish(300);
    await deployment.settled();
    await postgres.backup('settled');
    await rig.publish(300);
    await deployment.settled();
    await before.stop();
    await postgres.restore('settled');
    await deployment.startWorker();
    await rig.publish(100);
    await deployment.settled();
    await rig.expectSameAsUndisturbedTwin();
  });

  it('a worker whose group has lost its offsets as well applies what is missing', async () => {
    const { deployment } = rig;
    const before = await deployment.startWorker();
    await rig.open();
    await rig.publish(200);
    await deployment.settled();
    await postgres.backup('settled');
    await rig.publish(200);
    await deployment.settled();
    await before.stop();
    await postgres.restore('settled');
    await deployment.admin.deleteGroup(deployment.group);
    await deployment.startWorker();
    await deployment.settled();
    await rig.expectSameAsUndisturbedTwin();
  });

  it('workers that work meanwhile notice, and apply what is missing before anything newer', async () => {
    const { deployment } = rig;
    const workers = await Promise.all([deployment.startWorker(), deployment.startWorker()]);
    await rig.open();
    await rig.publishingDuring(async () => {
      await pause(1_500);
      await postgres.backup('under-load');
      await pause(1_500);
      await postgres.restore('under-load');
      await pause(2_000);
    });
    await deployment.settled();
    expect(workers.map(({ alive }) => alive)).toEqual([true, true]);
    expect(workers.map(({ log }) => log).join('\n')).toMatch(NOTICED);
    await rig.expectSameAsUndisturbedTwin();
  });

  it('a worker that had claimed its partitions, but applied nothing, before the backup notices as well', async () => {
    const { deployment } = rig;
    const worker = await deployment.startWorker();
    await eventually(async () => expect((await deployment.contents()).positions).toHaveLength(4));
    await postgres.backup('claimed');
    await rig.open();
    await rig.publishingDuring(async () => {
      await pause(1_500);
      await postgres.restore('claimed');
      await pause(1_500);
    });
    await deployment.settled();
    expect(worker.alive).toBe(true);
    expect(worker.log).toMatch(NOTICED);
    await rig.expectSameAsUndisturbedTwin();
  });

  it('on an idle topic too: nothing needs to be published', async () => {
    const { deployment } = rig;
    const worker = await deployment.startWorker();
    await rig.open();
    await rig.publish(200);
    await deployment.settled();
    await postgres.backup('idle');
    await rig.publish(200);
    await deployment.settled();
    await postgres.restore('idle');
    await deployment.settled();
    expect(worker.alive).toBe(true);
    expect(worker.log).toMatch(NOTICED);
    await rig.expectSameAsUndisturbedTwin();
  });
});

describe('group offsets that were deleted', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await Rig.start();
  });
  afterEach(() => rig.stop());

  it('have no effect twice and lose nothing: what is retained is read again, its events and dead letters repeated', async () => {
    const { deployment, tail } = rig;
    const { topics, admin, group } = deployment;
    const before = await deployment.startWorker();
    await rig.open();
    await rig.publish(300);
    await deployment.settled();
    await before.stop();
    await rig.publish(50);

    const contents = await deployment.contents();
    const events = tail.of(topics.balanceChanged).length;
    const letters = await tail.waitFor(topics.deadLetter, (records) => records.length === 30);
    await admin.deleteGroup(group);
    await deployment.startWorker();
    await eventually(async () => {
      const lags = [...(await consumerLag(admin, group, topics.commands)).values()];
      expect(lags.every((lag) => lag === 0n)).toBe(true);
    }, 30_000);

    const after = await deployment.contents();
    expect(after.entries).toEqual(expect.arrayContaining(contents.entries));
    expect(tail.of(topics.balanceChanged).length).toBeGreaterThanOrEqual(2 * events);
    const repeated = await tail.waitFor(topics.deadLetter, (records) => records.length === 65);
    expect(new Set(repeated.map(originalOf)).size).toBe(35);
    for (const letter of letters) {
      expect(repeated.map(originalOf).filter((original) => original === originalOf(letter))).toHaveLength(2);
    }
    await rig.expectSameAsUndisturbedTwin();
  });
});

/** Where a dead letter was found, and what it says of it. */
function originalOf({ headers, value }: TailedRecord): string {
  const names = ['topic', 'partition', 'offset', 'timestamp'].map((name) => `x-dlq-original-${name}`);
  return [...names, 'x-dlq-reason', 'x-dlq-pointer', 'x-dlq-message']
    .map((name) => String(headers[name]))
    .concat(String(value))
    .join(' ');
}
