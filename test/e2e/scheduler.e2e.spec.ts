import { dueCommandRecord } from '@app/contracts';
import { createLedgerPool, DueWork } from '@app/store';
import { type AppProcess, eventually } from '@app/testing';
import { Scheduler } from '../../apps/worker/src/scheduler/scheduler.js';
import type { PublishedItem } from '../../apps/worker/src/scheduler/scheduler-observer.js';
import { Deployment } from '../deployment/deployment.js';
import { Outcomes } from './outcomes.js';

const ACCOUNTS = 20_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const today = (): string => new Date().toISOString().slice(0, 10);

/** A scheduler in this process that leads although another one does, as for a moment after a lost connection. */
class SecondLeader {
  readonly items: PublishedItem[] = [];
  readonly failures: unknown[] = [];
  private readonly pool;
  private readonly scheduler: Scheduler;

  constructor(deployment: Deployment) {
    this.pool = createLedgerPool({ url: deployment.database.workerUrl, applicationName: 'second-leader', poolSize: 2 });
    this.scheduler = new Scheduler(
      {
        lease: { tryAcquire: () => Promise.resolve(true), release: () => Promise.resolve() },
        source: new DueWork(this.pool),
        lag: { look: () => Promise.resolve(), isLate: () => false, isEverywhere: false, latePartitions: 0 },
        publish: (records) => deployment.send(records),
        observer: {
          leads: () => undefined,
          published: (items) => void this.items.push(...items),
          waitsFor: () => undefined,
          failed: (error) => void this.failures.push(error),
        },
      },
      { intervalMs: 1_000, pageSize: 500 },
    );
    this.scheduler.start();
  }

  async stop(): Promise<void> {
    await this.scheduler.stop();
    await this.pool.end();
  }
}

async function metricOf(worker: AppProcess, name: string): Promise<number> {
  const text = await (await fetch(`${worker.baseUrl}/metrics`)).text();
  const values = text.split('\n').filter((line) => line.startsWith(name));
  return values.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

const REFILL_TODAY = `
  update accounts set refill_due_on = $1, refill_due_at = $1::date::timestamp at time zone 'UTC'`;

describe('20,000 items that are due at once', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await Deployment.start();
  });
  afterAll(() => deployment.stop());

  it('drain page by page, and two leaders at the same time have no double effect', async () => {
    const preparing = await deployment.startWorker({ SCHEDULER_ENABLED: 'false' });
    const refill = { interval: 'daily', amount: '100' };
    const accounts = Array.from({ length: ACCOUNTS }, (_, n) => `acc-${n}`);
    await deployment.publish(accounts.map((accountId) => ({ type: 'account.open', accountId, initial: '40', refill })));
    await deployment.settled();
    await preparing.stop();
    // As if they had been opened yesterday.
    await deployment.sql(REFILL_TODAY, [today()]);

    const leader = await deployment.startWorker();
    const other = new SecondLeader(deployment);
    try {
      await eventually(async () => {
        const due = await deployment.sql('select 1 from accounts where refill_due_on <= $1 limit 1', [today()]);
        expect(due).toHaveLength(0);
      }, 60_000);
    } finally {
      await other.stop();
    }
    await deployment.settled();
    expect(other.failures).toEqual([]);
    expect(await metricOf(leader, 'creditbus_scheduler_published_total{type="account.refill"')).toBeGreaterThan(0);
    expect(other.items.length).toBeGreaterThan(0);
    expect(new Set((await deployment.balances()).values())).toEqual(new Set(['100']));
    expect(await deployment.sql('select cause, count(*)::int from ledger_entries group by cause order by 1')).toEqual([
      { cause: 'open', count: ACCOUNTS },
      { cause: 'refill', count: ACCOUNTS },
    ]);
    expect(await deployment.violations()).toEqual([]);
  }, 180_000);
});

describe('the scheduler of several workers', () => {
  let deployment: Deployment;
  let seen: Outcomes;
  beforeEach(async () => {
    deployment = await Deployment.start({ env: { CONSUMER_SESSION_TIMEOUT_MS: '6000' } });
    seen = await Outcomes.of(deployment);
  });
  afterEach(async () => {
    await seen.stop();
    await deployment.stop();
  });

  const hold = (accountId: string, ms: number) =>
    seen.one(accountId, {
      type: 'hold.create',
      holdId: `hold-${accountId}`,
      amount: '1',
      expiresAt: new Date(Date.now() + ms).toISOString(),
    });

  it('has one leader, and another one when that was killed; both are ready', async () => {
    const workers = [await deployment.startWorker(), await deployment.startWorker()];
    const leaders = async (among: readonly AppProcess[]): Promise<AppProcess[]> => {
      const led = await Promise.all(among.map((worker) => metricOf(worker, 'creditbus_scheduler_leader')));
      return among.filter((_, n) => led[n] === 1);
    };
    const [leader] = await eventually(async () => {
      const found = await leaders(workers);
      expect(found).toHaveLength(1);
      return found;
    });
    await pause(1_500);
    expect(await leaders(workers)).toEqual([leader]);
    expect(await Promise.all(workers.map((worker) => worker.health()))).toEqual([200, 200]);

    await seen.one('survivor', { type: 'account.open', initial: '1' });
    await hold('survivor', 2_000);
    await leader!.kill();
    const rest = workers.filter((worker) => worker !== leader);
    await eventually(async () => expect(await leaders(rest)).toHaveLength(1));
    await seen.untilCause('survivor', 'hold-expiry', 1, 30_000);
  });

  it('does nothing where it is switched off: a grant past its time is not drawn, though no expiry entry has come', async () => {
    await deployment.startWorker({ SCHEDULER_ENABLED: 'false' });
    await seen.run('lapsed', [
      { type: 'account.open' },
      {
        type: 'grant.create',
        grantId: 'g-lapsed',
        amount: '100',
        expiresAt: new Date(Date.now() + 500).toISOString(),
      },
    ]);
    await pause(1_800);
    const debit = await seen.one('lapsed', { type: 'credit.delta', delta: '-3', onInsufficient: 'allow' });
    expect(debit.after).toMatchObject({ balance: '97', available: '-3' });
    expect(seen.applied('lapsed').map(({ cause }) => cause)).toEqual(['open', 'grant', 'delta']);
    await deployment.startWorker();
    const [expired] = await seen.untilCause('lapsed', 'expiry');
    expect(expired?.after).toMatchObject({ balance: '-3', available: '-3' });
  });

  it('finds what the worker accepts: every kind of due work has the one id that its content gives', async () => {
    const worker = await deployment.startWorker({ SCHEDULER_ENABLED: 'false' });
    const soon = new Date(Date.now() + 500).toISOString();
    await seen.run('kinds', [
      { type: 'account.open', initial: '5', refill: { interval: 'daily', amount: '9' } },
      { type: 'grant.create', grantId: 'k-1', amount: '2', expiresAt: soon },
      { type: 'grant.create', grantId: 'k-2', amount: '2', effectiveAt: soon },
      { type: 'hold.create', holdId: 'k-3', amount: '1', expiresAt: soon },
      { type: 'schedule.create', scheduleId: 'k-4', amount: '3', cadence: 'one_time', start: soon },
    ]);
    await deployment.sql(REFILL_TODAY, [today()]);
    await pause(1_000);
    const pool = createLedgerPool({ url: deployment.database.workerUrl, applicationName: 'test', poolSize: 1 });
    try {
      const work = new DueWork(pool);
      const pages = await Promise.all(
        (['refill', 'grant', 'schedule', 'hold'] as const).map((kind) => work.page(kind, null, 10)),
      );
      expect(pages.flatMap(({ items }) => items.map(({ command }) => command.type)).sort()).toEqual([
        'account.refill', 'grant.activate', 'grant.expire', 'hold.expire', 'schedule.apply',
      ]); // prettier-ignore
      await deployment.send(pages.flatMap(({ items }) => items.map(({ command }) => dueCommandRecord(command))));
      await deployment.settled();
      for (const kind of ['refill', 'grant', 'schedule', 'hold'] as const) {
        expect((await work.page(kind, null, 10)).items).toEqual([]);
      }
    } finally {
      await pool.end();
    }
    for (const cause of ['refill', 'activation', 'expiry', 'hold-expiry', 'schedule']) {
      await seen.untilCause('kinds', cause);
    }
    expect(seen.tail.of(deployment.topics.deadLetter)).toEqual([]);
    expect(worker.alive).toBe(true);
    expect(await deployment.violations()).toEqual([]);
  });
});
