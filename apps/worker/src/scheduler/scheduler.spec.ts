import { decodeCommand } from '@app/contracts';
import { Scheduler } from './scheduler.js';
import { dueHold, dueRefill, FakeDueWork, FakeLog, RecordingObserver, TestClock } from './testing/fakes.js';

class Rig {
  readonly clock = new TestClock();
  readonly work = new FakeDueWork(this.clock);
  readonly log = new FakeLog();
  readonly observer = new RecordingObserver();
  readonly lateKeys = new Set<string>();
  leads = true;
  released = false;
  everywhereLate = false;
  lookFailure: Error | undefined;
  readonly scheduler: Scheduler;

  constructor(pageSize = 100, rememberedItemsMax?: number) {
    const { lateKeys } = this;
    const isEverywhere = (): boolean => this.everywhereLate;
    this.scheduler = new Scheduler(
      {
        lease: {
          tryAcquire: () => Promise.resolve(this.leads),
          release: () => Promise.resolve(void (this.released = true)),
        },
        source: this.work,
        lag: {
          look: () => (this.lookFailure === undefined ? Promise.resolve() : Promise.reject(this.lookFailure)),
          isLate: (key) => lateKeys.has(String(key)),
          get isEverywhere() {
            return isEverywhere();
          },
          get latePartitions() {
            return lateKeys.size;
          },
        },
        publish: this.log.publish,
        observer: this.observer,
        nowMs: this.clock.now,
      },
      { intervalMs: 1_000, pageSize, ...(rememberedItemsMax !== undefined && { rememberedItemsMax }) },
    );
  }

  /** Beats as often as the scheduler wants to, until so much time has passed. */
  async run(ms: number, afterBeat: () => void = () => undefined): Promise<void> {
    const untilMs = this.clock.atMs + ms;
    while (this.clock.atMs < untilMs) {
      const waitMs = await this.scheduler.beat();
      afterBeat();
      this.clock.pass(Math.max(waitMs, 1));
    }
  }
}

describe('the scheduler', () => {
  it('publishes each due item as a command that the worker accepts, with the key of its account', async () => {
    const rig = new Rig();
    rig.work.add(dueHold('h1', 999_000), dueRefill('key_2', '2026-02-28'));
    await rig.scheduler.beat();
    expect(rig.log.records.map(({ key }) => String(key)).sort()).toEqual(['acme:key_1', 'acme:key_2']);
    for (const record of rig.log.records) {
      const decoded = decodeCommand({
        key: Buffer.from(String(record.key)),
        value: Buffer.from(String(record.value)),
        headers: {},
      });
      expect(decoded).toMatchObject({ ok: true, command: { id: expect.stringMatching(/^~[0-9a-f]{32}$/) as string } });
    }
  });

  it('does not publish an item again within 10 s, and does afterwards as long as it is due', async () => {
    const rig = new Rig();
    rig.work.add(dueHold('h1', 0));
    await rig.run(9_900);
    expect(rig.log.holdIds).toEqual(['h1']);
    await rig.run(1_500);
    expect(rig.log.holdIds).toEqual(['h1', 'h1']);
  });

  it('publishes the same object at a moved instant at once', async () => {
    const rig = new Rig();
    const first = dueHold('h1', 0);
    rig.work.add(first);
    await rig.run(1_500);
    rig.work.apply(first);
    rig.work.add(dueHold('h1', rig.clock.atMs + 500));
    await rig.run(2_000);
    expect(rig.log.holdIds).toEqual(['h1', 'h1']);
  });

  it('publishes within an interval of the moment at which an item is due, and measures how late', async () => {
    const rig = new Rig();
    const dueAt = rig.clock.atMs + 3_333;
    rig.work.add(dueHold('h1', dueAt));
    await rig.run(6_000);
    expect(rig.observer.items).toHaveLength(1);
    expect(rig.observer.items[0]?.type).toBe('hold.expire');
    expect(rig.observer.items[0]?.latenessMs).toBeGreaterThanOrEqual(0);
    expect(rig.observer.items[0]?.latenessMs).toBeLessThanOrEqual(1_000);
  });

  it('reads page by page, however much is due', async () => {
    const rig = new Rig(10);
    rig.work.add(...Array.from({ length: 95 }, (_, n) => dueHold(`h${n}`, n)));
    await rig.run(500);
    expect(rig.log.holdIds).toEqual(Array.from({ length: 95 }, (_, n) => `h${n}`));
    expect(Math.max(...rig.work.reads.map(({ limit }) => limit))).toBe(10);
  });

  it('keeps no kind waiting for another: after each page comes one of every other kind', async () => {
    const rig = new Rig(10);
    rig.work.add(...Array.from({ length: 1_000 }, (_, n) => dueRefill(`key_${n}`, '2026-02-28')));
    await rig.scheduler.beat();
    rig.work.add(dueHold('h1', 0));
    await rig.run(1_200);
    const holdAt = rig.log.records.findIndex(({ value }) => String(value).includes('hold.expire'));
    expect(holdAt).toBeGreaterThan(0);
  });

  it('remembers a bounded number of items, and waits for room', async () => {
    const rig = new Rig(10, 200);
    // Never applied, so that all of them stay due.
    rig.work.add(...Array.from({ length: 230 }, (_, n) => dueHold(`h${n}`, 0)));
    await rig.run(5_000);
    expect(rig.log.records).toHaveLength(200);
    await rig.run(7_000);
    expect(new Set(rig.log.holdIds).size).toBe(230);
  });

  it('catches up in order: what becomes due by applying is found soon, at most 100 times in a pass', async () => {
    const rig = new Rig();
    let period = 0;
    const applyAndMakeNextDue = (): void => {
      if (rig.log.records.length <= period) return;
      period = rig.log.records.length;
      rig.work.due.set('hold', [dueHold(`period-${period}`, 0)]);
    };
    rig.work.add(dueHold('period-0', 0));
    const startedAtMs = rig.clock.atMs;
    const publishedAtMs: number[] = [];
    await rig.run(30_000, () => {
      applyAndMakeNextDue();
      while (publishedAtMs.length < rig.log.records.length) publishedAtMs.push(rig.clock.atMs - startedAtMs);
    });
    expect(rig.log.holdIds.slice(0, 250)).toEqual(Array.from({ length: 250 }, (_, n) => `period-${n}`));
    expect(publishedAtMs[99]).toBeLessThan(11_000);
  });

  it('publishes nothing while another worker leads, and goes on when it leads itself', async () => {
    const rig = new Rig();
    rig.leads = false;
    rig.work.add(dueHold('h1', 0));
    await rig.run(5_000);
    expect(rig.work.reads).toEqual([]);
    expect(rig.observer.leadership).not.toContain(true);
    rig.leads = true;
    await rig.run(1_000);
    expect(rig.log.holdIds).toEqual(['h1']);
    rig.leads = false;
    await rig.run(1_500);
    rig.work.add(dueHold('h2', 0));
    await rig.run(5_000);
    expect(rig.log.holdIds).toEqual(['h1']);
    expect(rig.observer.leadership.at(-1)).toBe(false);
  });

  it('publishes nothing for a partition whose commands are late, and goes on for the others', async () => {
    const rig = new Rig();
    rig.lateKeys.add('acme:behind');
    rig.work.add(dueHold('h1', 0, 'behind'), dueHold('h2', 0, 'in-time'));
    await rig.run(20_000);
    expect(rig.log.holdIds).not.toContain('h1');
    expect(rig.observer.latePartitions).toBe(1);
    rig.lateKeys.clear();
    await rig.run(2_000);
    expect(rig.log.holdIds).toContain('h1');
  });

  it('does not even look for work while all commands are late', async () => {
    const rig = new Rig();
    rig.everywhereLate = true;
    rig.work.add(dueHold('h1', 0));
    await rig.run(5_000);
    expect(rig.work.reads).toEqual([]);
    rig.everywhereLate = false;
    await rig.run(1_000);
    expect(rig.log.holdIds).toEqual(['h1']);
  });

  it('waits while the broker is away and then publishes what it could not', async () => {
    const rig = new Rig();
    rig.log.failure = new Error('no broker');
    rig.work.add(dueHold('h1', 0), dueHold('h2', 0));
    await rig.run(5_000);
    expect(rig.observer.failures.length).toBeGreaterThanOrEqual(3);
    expect(rig.observer.failures.length).toBeLessThanOrEqual(6);
    rig.log.failure = undefined;
    await rig.run(2_000);
    expect(rig.log.holdIds).toEqual(['h1', 'h2']);
  });

  it('waits while Postgres is away, for its work or for its lease', async () => {
    const rig = new Rig();
    rig.work.add(dueHold('h1', 0));
    rig.work.failure = new Error('no database');
    await rig.run(3_000);
    rig.work.failure = undefined;
    rig.lookFailure = new Error('no database');
    await rig.run(3_000);
    expect(rig.log.records).toEqual([]);
    rig.lookFailure = undefined;
    await rig.run(1_500);
    expect(rig.log.holdIds).toEqual(['h1']);
  });

  it('lets another worker lead when it stops', async () => {
    const rig = new Rig();
    rig.scheduler.start();
    await rig.scheduler.stop();
    expect(rig.released).toBe(true);
    expect(rig.observer.leadership.at(-1)).toBe(false);
  });
});
