import { setTimeout as delay } from 'node:timers/promises';
import type { EncodedRecord } from '@app/contracts';
import { DUE_KINDS } from '@app/store';
import type { CommandLag } from './command-lag.js';
import { type DueSource, DueSweep } from './due-sweep.js';
import { ResendWindow } from './resend-window.js';
import type { SchedulerObserver } from './scheduler-observer.js';

/** Who leads. Implemented by the store with an advisory lock. */
export interface Lease {
  tryAcquire(): Promise<boolean>;
  release(): Promise<void>;
}

export interface SchedulerParts {
  readonly lease: Lease;
  readonly source: DueSource;
  readonly lag: Pick<CommandLag, 'look' | 'isLate' | 'isEverywhere' | 'latePartitions'>;
  /** Resolves when all in-sync replicas have the commands. */
  readonly publish: (records: readonly EncodedRecord[]) => Promise<void>;
  readonly observer: SchedulerObserver;
  /** Monotonic. */
  readonly nowMs?: () => number;
}

export interface SchedulerOptions {
  /** How often each kind of due work is looked for, milliseconds. */
  readonly intervalMs: number;
  /** Items read and published at a time. */
  readonly pageSize: number;
  /** Items of one kind that are remembered so as not to publish them again; default 200,000. */
  readonly rememberedItemsMax?: number;
}

/** An item that is still due is not published again before. */
export const RESEND_AFTER_MS = 10_000;
/** Where the commands are applied later than this, nothing is published. */
export const COMMAND_LAG_MS_MAX = 10_000;
/** About 12 MB, and room for 20,000 commands per second. */
const REMEMBERED_ITEMS_MAX = 200_000;
/** How often leadership and lag are looked at while there is work. */
const LOOK_INTERVAL_MS = 1_000;
const RETRY_MS = 1_000;
/** What is at work when the process stops may take this long; then it is left. */
const STOP_DEADLINE_MS = 5_000;

/**
 * Publishes commands for what has become due (domain rules, "Scheduler"): refill dates, activation and expiry of
 * grants, periods of schedules, expiry of holds. It writes nothing itself, and remembers nothing that matters: what
 * was published twice, by two leaders or after a crash, has one effect, because the command's id is derived from the
 * object and the instant.
 *
 *     stand-by ── lease acquired ──► leads: a page of each kind in turn ── lease or connection lost ──► stand-by
 */
export class Scheduler {
  private readonly sweeps: readonly DueSweep[];
  private readonly nowMs: () => number;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private lookAtMs = 0;

  constructor(
    private readonly parts: SchedulerParts,
    private readonly options: SchedulerOptions,
  ) {
    const { source, publish, observer, nowMs = () => performance.now() } = parts;
    this.nowMs = nowMs;
    const { pageSize, rememberedItemsMax = REMEMBERED_ITEMS_MAX } = options;
    const itemsMax = Math.max(rememberedItemsMax, pageSize);
    this.sweeps = DUE_KINDS.map((kind) => {
      const window = new ResendWindow(RESEND_AFTER_MS, itemsMax);
      return new DueSweep(kind, { source, window, publish, observer, nowMs }, options);
    });
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the page at hand, within 5 s, and lets another worker lead. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const timer = new AbortController();
    const deadline = delay(STOP_DEADLINE_MS, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([this.running, deadline]);
    timer.abort();
    await this.parts.lease.release().catch(() => undefined);
    this.parts.observer.leads(false);
  }

  /**
   * One round: leadership and lag when it is time, then a page of each kind that is ready, so that a million refills
   * don't keep a hold waiting. Never throws. Answers how long there is nothing to do, milliseconds.
   */
  async beat(): Promise<number> {
    if (this.nowMs() >= this.lookAtMs && !(await this.mayPublish())) return this.options.intervalMs;
    for (const sweep of this.sweeps) {
      if (this.stopping.signal.aborted) break;
      if (sweep.readyAtMs <= this.nowMs()) await this.advance(sweep);
    }
    const nextAtMs = Math.min(this.lookAtMs, ...this.sweeps.map(({ readyAtMs }) => readyAtMs));
    return Math.max(0, nextAtMs - this.nowMs());
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const waitMs = await this.beat();
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Whether this worker leads and its commands would be applied in time somewhere. */
  private async mayPublish(): Promise<boolean> {
    const { lease, lag, observer } = this.parts;
    let isLeader = false;
    try {
      isLeader = await lease.tryAcquire();
      if (isLeader) {
        await lag.look(this.nowMs());
        this.lookAtMs = this.nowMs() + LOOK_INTERVAL_MS;
      }
      observer.leads(isLeader);
      observer.waitsFor(isLeader ? lag.latePartitions : 0);
      if (isLeader && !lag.isEverywhere) return true;
    } catch (error) {
      observer.leads(isLeader);
      observer.failed(error);
    }
    this.lookAtMs = 0;
    for (const sweep of this.sweeps) sweep.restart(0);
    return false;
  }

  /** A failure of one kind holds no other one back. */
  private async advance(sweep: DueSweep): Promise<void> {
    try {
      await sweep.step((key) => this.parts.lag.isLate(key));
    } catch (error) {
      sweep.restart(this.nowMs() + RETRY_MS);
      this.parts.observer.failed(error);
    }
  }
}
