import { readFileSync } from 'node:fs';
import {
  type AppProcess,
  eventually,
  type PrivateKafka,
  type PrivatePostgres,
  startKafka,
  startPostgres,
} from '@app/testing';
import { Deployment } from '../deployment/deployment.js';
import { TopicTail } from '../deployment/topic-tail.js';
import { expectEventsOfEveryEntry } from './events.js';
import { expectEverythingOnce, Load } from './load.js';

/** Seconds that a server stays away. The 60 s are run by hand: OUTAGE_SECONDS=60. */
const OUTAGE_MS = Number(process.env.OUTAGE_SECONDS ?? 15) * 1_000;
/** What a worker may grow by while it waits: the fetches in hand and garbage not yet collected. */
const GROWTH_MIB_MAX = 128;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function residentMib(worker: AppProcess): number {
  const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${worker.pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1_024;
}

async function deadLetters(deployment: Deployment): Promise<bigint> {
  const ranges = await deployment.admin.logRanges(deployment.topics.deadLetter);
  return [...ranges.values()].reduce((sum, { start, end }) => sum + end - start, 0n);
}

describe('P8: an outage is a pause, not a loss', () => {
  let kafka: PrivateKafka;
  let postgres: PrivatePostgres;
  beforeAll(async () => {
    [kafka, postgres] = await Promise.all([startKafka(), startPostgres()]);
  });
  afterAll(async () => {
    await Promise.all([kafka.dispose(), postgres.dispose()]);
  });

  interface Outage {
    readonly name: string;
    begin(): Promise<void>;
    end(): Promise<void>;
  }

  const outages: readonly Outage[] = [
    { name: 'Postgres stopped', begin: () => postgres.stop(), end: () => postgres.start() },
    { name: 'Postgres read-only', begin: () => postgres.setReadOnly(true), end: () => postgres.setReadOnly(false) },
    { name: 'Kafka stopped', begin: () => kafka.stop(), end: () => kafka.start() },
  ];

  it.each(outages)(
    '$name under load: readiness red, no dead letter, memory flat, afterwards everything once',
    async (outage) => {
      const deployment = await Deployment.start({
        brokers: kafka.brokers,
        postgresUrl: postgres.url,
        env: { CONSUMER_SESSION_TIMEOUT_MS: '10000' },
      });
      const tail = await TopicTail.start(deployment.brokers, [deployment.topics.balanceChanged]);
      try {
        const load = new Load(deployment, { accounts: 50, batch: 100, pauseMs: 50 });
        await load.open();
        const worker = await deployment.startWorker();
        load.start();
        await pause(2_000);

        await outage.begin();
        await eventually(async () => expect(await worker.health()).toBe(503));
        const before = residentMib(worker);
        await pause(OUTAGE_MS);
        expect(await worker.health()).toBe(503);
        expect(await worker.health('/health/live')).toBe(200);
        expect(residentMib(worker) - before).toBeLessThan(GROWTH_MIB_MAX);
        await outage.end();

        await eventually(async () => expect(await worker.health()).toBe(200), 60_000);
        await load.stop();
        await deployment.settled(90_000);
        expect(worker.alive).toBe(true);
        expect(await deadLetters(deployment)).toBe(0n);
        await expectEverythingOnce(deployment, load);
        await expectEventsOfEveryEntry(deployment, tail);
      } finally {
        await tail.stop();
        await deployment.stop();
      }
    },
  );
});
