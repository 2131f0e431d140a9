import { createHash } from 'node:crypto';
import { dueCommandRecord, type EncodedRecord } from '@app/contracts';
import type { DueCursor, DueItem, DueKind, DuePage } from '@app/store';
import type { ResendWindow } from './resend-window.js';
import type { SchedulerObserver } from './scheduler-observer.js';

/** Finds due work page by page. Implemented by the store. */
export interface DueSource {
  page(kind: DueKind, cursor: DueCursor | null, limit: number): Promise<DuePage>;
}

export interface DueSweepParts {
  readonly source: DueSource;
  readonly window: ResendWindow;
  /** Resolves when all in-sync replicas have the commands. */
  readonly publish: (records: readonly EncodedRecord[]) => Promise<void>;
  readonly observer: SchedulerObserver;
  readonly nowMs: () => number;
}

export interface DueSweepOptions {
  /** From the beginning of a pass to the beginning of the next. */
  readonly intervalMs: number;
  /** Items read and published at a time. */
  readonly pageSize: number;
}

/**
 * After a sweep that published, the index is read again this soon, or after as long as the sweep took: what was applied
 * may have made the next one due.
 */
const FOLLOW_UP_MS = 100;
/** An item that was published this recently is about to be applied; what follows it is worth waiting for. */
const APPLIED_SOON_MS = 1_000;
/** Sweeps of a pass, and so the most periods of one schedule in a pass. */
const SWEEPS_PER_PASS_MAX = 100;
/** How soon to look for room in the window again. */
const ROOM_PAUSE_MS = 200;

/**
 * One kind of due work, from the item that is due longest to the newest, again and again.
 *
 *     pass: sweep ─ page ─ page ─ … ─► end ── something was published: soon again, at most 100 times ──► sweep
 *                                        └─── nothing: when the interval is over ──► next pass
 *
 * An account's next period, refill date or grant is due only when the one before has been applied, so that late ones
 * come in order, one per sweep.
 */
export class DueSweep {
  /** When `step` has something to do again. */
  readyAtMs = 0;
  private cursor: DueCursor | null = null;
  private passStartedAtMs = 0;
  private sweepStartedAtMs = 0;
  private sweepsOfPass = 0;
  private hasMoved = false;

  constructor(
    private readonly kind: DueKind,
    private readonly parts: DueSweepParts,
    private readonly options: DueSweepOptions,
  ) {}

  /** The next page begins at the longest due again. */
  restart(atMs: number): void {
    this.cursor = null;
    this.sweepsOfPass = 0;
    this.hasMoved = false;
    this.readyAtMs = atMs;
  }

  /**
   * Reads a page and publishes what is due in it. `isLate` tells whether commands with a key would wait on the log
   * anyway. @throws when Postgres or Kafka is away; then nothing counts as published, and `restart` is to be called.
   */
  async step(isLate: (key: EncodedRecord['key']) => boolean): Promise<void> {
    const { source, window, nowMs } = this.parts;
    const { pageSize } = this.options;
    const startedAtMs = nowMs();
    if (window.roomAt(startedAtMs) < pageSize) {
      this.readyAtMs = startedAtMs + ROOM_PAUSE_MS;
      return;
    }
    if (this.cursor === null) this.sweepStartedAtMs = startedAtMs;
    if (this.cursor === null && this.sweepsOfPass === 0) this.passStartedAtMs = startedAtMs;
    const page = await source.page(this.kind, this.cursor, pageSize);
    await this.publish(page, isLate);
    this.cursor = page.next;
    if (page.next === null) this.endSweep();
    else this.readyAtMs = nowMs();
  }

  private async publish(page: DuePage, isLate: (key: EncodedRecord['key']) => boolean): Promise<void> {
    const { window, publish, observer, nowMs } = this.parts;
    const readAtMs = nowMs();
    const due: { readonly item: DueItem; readonly record: EncodedRecord; readonly identity: number }[] = [];
    for (const item of page.items) {
      const record = dueCommandRecord(item.command);
      const identity = identityOf(record);
      const ageMs = window.ageOf(identity, readAtMs);
      if (ageMs !== undefined) this.hasMoved ||= ageMs < APPLIED_SOON_MS;
      else if (!isLate(record.key)) due.push({ item, record, identity });
    }
    if (due.length === 0) return;
    await publish(due.map(({ record }) => record));
    this.hasMoved = true;
    const acknowledgedAtMs = nowMs();
    for (const { identity } of due) window.add(identity, acknowledgedAtMs);
    const sinceReadMs = acknowledgedAtMs - readAtMs;
    observer.published(
      due.map(({ item: { command, dueAt } }) => ({
        type: command.type,
        latenessMs: page.readAt - dueAt + sinceReadMs,
      })),
    );
  }

  private endSweep(): void {
    const { intervalMs } = this.options;
    const nowMs = this.parts.nowMs();
    const soonMs = nowMs + Math.min(Math.max(FOLLOW_UP_MS, nowMs - this.sweepStartedAtMs), intervalMs);
    this.sweepsOfPass++;
    if (this.hasMoved && this.sweepsOfPass < SWEEPS_PER_PASS_MAX) {
      this.readyAtMs = soonMs;
    } else {
      this.sweepsOfPass = 0;
      this.readyAtMs = Math.max(soonMs, this.passStartedAtMs + intervalMs);
    }
    this.hasMoved = false;
  }
}

/** 48 bits of the hash of a command's text, which names the object and the instant: small, and never equal by chance. */
function identityOf({ value }: EncodedRecord): number {
  return createHash('sha256')
    .update(value ?? '')
    .digest()
    .readUIntBE(0, 6);
}
