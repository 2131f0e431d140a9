import { decodeCommand } from '@app/contracts';
import type { OutgoingRecord } from '@app/messaging';
import { eventually } from '@app/testing';
import { Deployment } from '../deployment/deployment.js';
import { TopicTail } from '../deployment/topic-tail.js';
import { expectEventsInAnyOrder, expectRejectionsOfEveryEntry } from './events.js';
import { type MixedCommand, MixedCommands } from './mixed-commands.js';
import { expectSerial } from './serial-model.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Publishes every account's commands to all partitions in turn, some of them to two at the same time. */
class WronglyKeyed {
  private readonly commands = new MixedCommands(6, 3);
  private stopped = false;
  private turn = 0;

  constructor(
    private readonly deployment: Deployment,
    private readonly partitions: number,
  ) {}

  async publish(commands: readonly MixedCommand[]): Promise<void> {
    await this.deployment.send(commands.flatMap((command) => this.records(command)));
  }

  open(): Promise<void> {
    return this.publish(this.commands.open());
  }

  async publishingDuring(work: () => Promise<void>): Promise<void> {
    const load = (async () => {
      while (!this.stopped) {
        await this.publish(this.commands.next(30));
        await pause(30);
      }
    })();
    try {
      await work();
    } finally {
      this.stopped = true;
      await load;
    }
  }

  private records(command: MixedCommand): OutgoingRecord[] {
    const value = JSON.stringify({ tenantId: this.deployment.tenantId, ...command });
    const partition = this.turn++ % this.partitions;
    const twice = this.turn % 9 === 0 ? [{ value, partition: (partition + 1) % this.partitions }] : [];
    return [{ value, partition }, ...twice];
  }
}

/** P3: each rejected entry has its event, and each conflicting body, which has no entry, its own. */
async function expectRejections(deployment: Deployment, tail: TopicTail): Promise<void> {
  const { commands } = deployment.topics;
  const fingerprints = new Map<string, Set<string>>();
  for (const record of tail.of(commands)) {
    const decoded = decodeCommand(record);
    if (!decoded.ok) continue;
    const known = fingerprints.get(decoded.command.id) ?? new Set();
    fingerprints.set(decoded.command.id, known.add(decoded.fingerprint.toString('hex')));
  }
  const expected = [...fingerprints]
    .flatMap(([id, bodies]) => Array.from({ length: bodies.size - 1 }, () => id))
    .sort();
  expect(expected.length).toBeGreaterThan(0);
  await eventually(async () => expect((await expectRejectionsOfEveryEntry(deployment, tail)).sort()).toEqual(expected));
}

describe('decisions never rest on stale state', () => {
  async function withDeployment(
    partitions: number,
    work: (deployment: Deployment, load: WronglyKeyed) => Promise<void>,
  ): Promise<void> {
    const deployment = await Deployment.start({
      partitions,
      env: { CONSUMER_SESSION_TIMEOUT_MS: '6000', CHUNK_RECORDS_MAX: '20' },
    });
    const { commands, balanceChanged, commandRejected } = deployment.topics;
    const tail = await TopicTail.start(deployment.brokers, [commands, balanceChanged, commandRejected]);
    try {
      const load = new WronglyKeyed(deployment, partitions);
      await load.open();
      await work(deployment, load);
      await deployment.settled();
      await expectSerial(deployment, tail);
      await expectRejections(deployment, tail);
      await expectEventsInAnyOrder(deployment, tail);
      expect(await deployment.violations()).toEqual([]);
    } finally {
      await tail.stop();
      await deployment.stop();
    }
  }

  it("two workers, the same accounts' commands on two partitions in turn: every outcome equals the serial model", async () => {
    await withDeployment(2, async (deployment, load) => {
      await Promise.all([deployment.startWorker(), deployment.startWorker()]);
      await load.publishingDuring(() => pause(8_000));
      // The ledger took from both partitions in turn, not first from one and then from the other.
      const [turns] = await deployment.sql<{ count: string }>(
        `select count(*) from (
           select log_partition, lag(log_partition) over (partition by account_key order by version) as before
             from ledger_entries where version is not null) as entries
          where log_partition <> before`,
      );
      expect(Number(turns?.count)).toBeGreaterThan(50);
    });
  });

  it('of two commands that expect the same version, on two partitions, exactly one is applied', async () => {
    const deployment = await Deployment.start({ partitions: 2, env: { CHUNK_RECORDS_MAX: '5' } });
    try {
      await Promise.all([deployment.startWorker(), deployment.startWorker()]);
      await deployment.publish([{ type: 'account.open' }]);
      await deployment.settled();
      // Each partition has one command for every version, so no version can be skipped: either finds it, or passed.
      const versions = Array.from({ length: 300 }, (_, n) => ({
        type: 'credit.delta',
        delta: '1',
        expectedVersion: n + 1,
      }));
      await Promise.all([0, 1].map((partition) => deployment.publish(versions, undefined, partition)));
      await deployment.settled();
      const codes = await deployment.sql(
        `select code, count(*)::int from ledger_entries where command_type = 'credit.delta' group by code order by code`,
      );
      expect(codes).toEqual([
        { code: 'APPLIED', count: 300 },
        { code: 'VERSION_CONFLICT', count: 300 },
      ]);
      expect((await deployment.balances()).get('key_1')).toBe('300');
    } finally {
      await deployment.stop();
    }
  });

  it('workers that join, leave and crash under load: every outcome equals the serial model', async () => {
    await withDeployment(4, async (deployment, load) => {
      await load.publishingDuring(async () => {
        const first = await deployment.startWorker({}, { untilReady: false });
        const second = await deployment.startWorker({}, { untilReady: false });
        await pause(1_500);
        await first.stop();
        const third = await deployment.startWorker({}, { untilReady: false });
        await pause(1_500);
        await second.kill();
        const fourth = await deployment.startWorker({}, { untilReady: false });
        await pause(1_500);
        await Promise.all([third.stop(), deployment.startWorker({}, { untilReady: false })]);
        await pause(1_500);
        await fourth.stop();
      });
    });
  });
});
