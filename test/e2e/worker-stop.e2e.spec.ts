import { type AppProcess, spawnApp } from '@app/testing';
import { Client } from 'pg';
import { Deployment } from '../deployment/deployment.js';

describe('a worker that is asked to stop', () => {
  let deployment: Deployment;
  let worker: AppProcess;
  let hindrance: Client;

  beforeEach(async () => {
    deployment = await Deployment.start({
      partitions: 1,
      env: { SHUTDOWN_DEADLINE_MS: '1000', CONSUMER_SESSION_TIMEOUT_MS: '6000' },
    });
    worker = await deployment.startWorker();
    await deployment.publish([{ type: 'account.open', initial: '10' }]);
    await deployment.settled();
    hindrance = new Client({ connectionString: deployment.database.url });
    await hindrance.connect();
  });

  afterEach(async () => {
    await hindrance.end();
    await deployment.stop();
  });

  it('ends by its deadline although Postgres does not answer, and what was in hand is applied once by the next', async () => {
    await hindrance.query('begin');
    await hindrance.query('lock table accounts in access exclusive mode');
    await deployment.publish([{ type: 'credit.delta', id: 'in-hand', delta: '-1' }]);
    await untilSomebodyWaits(deployment);

    const began = Date.now();
    expect(await worker.stop()).toBe(1);
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(worker.log).toContain('stopping: finishing the chunks in hand');
    expect(worker.log).toContain('not stopped within 1000 ms');

    await hindrance.query('rollback');
    await deployment.startWorker();
    await deployment.settled();
    expect(await deployment.balances()).toEqual(new Map([['key_1', '9']]));
  });
});

describe('a worker that can not start', () => {
  it('says in one sentence that its port is taken', async () => {
    const deployment = await Deployment.start({ partitions: 1 });
    try {
      const first = await deployment.startWorker();
      const port = new URL(first.baseUrl).port;
      const env = { ...deployment.appEnv(), DATABASE_URL: deployment.database.workerUrl, WORKER_PORT: port };
      // The first one's health answers in its place.
      const second = await spawnApp('worker', env, { untilReady: false });
      expect(await second.ended).toMatchObject({ code: 1 });
      expect(second.logLines.at(-1)).toBe(`listen EADDRINUSE: address already in use 127.0.0.1:${port}`);
      for (const line of second.logLines.slice(0, -1)) expect(JSON.parse(line)).toHaveProperty('msg');
    } finally {
      await deployment.stop();
    }
  });
});

async function untilSomebodyWaits(deployment: Deployment): Promise<void> {
  for (;;) {
    const [waiting] = await deployment.sql(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (waiting !== undefined) return;
  }
}
