import type { EncodedRecord } from '@app/contracts';
import type { DueCursor, DueItem, DueKind, DuePage } from '@app/store';
import type { DueSource } from '../due-sweep.js';
import type { PublishedItem, SchedulerObserver } from '../scheduler-observer.js';

/** Time that passes only when a test says so. */
export class TestClock {
  atMs = 1_000_000;
  readonly now = (): number => this.atMs;

  pass(ms: number): void {
    this.atMs += ms;
  }
}

/** Due work in memory, found in the order in which it is listed, as long as it has not been applied. */
export class FakeDueWork implements DueSource {
  readonly due = new Map<DueKind, DueItem[]>();
  readonly reads: { readonly kind: DueKind; readonly limit: number }[] = [];
  failure: Error | undefined;

  constructor(private readonly clock: TestClock) {}

  add(...items: readonly DueItem[]): void {
    for (const item of items) this.due.set(item.kind, [...(this.due.get(item.kind) ?? []), item]);
  }

  /** What a worker does with the command. */
  apply(item: DueItem): void {
    this.due.set(
      item.kind,
      (this.due.get(item.kind) ?? []).filter((other) => other !== item),
    );
  }

  page(kind: DueKind, cursor: DueCursor | null, limit: number): Promise<DuePage> {
    this.reads.push({ kind, limit });
    if (this.failure !== undefined) return Promise.reject(this.failure);
    const from = Number(cursor?.place[0] ?? 0);
    const due = (this.due.get(kind) ?? []).filter(({ dueAt }) => dueAt <= this.clock.atMs);
    const items = due.slice(from, from + limit);
    const next = items.length < limit ? null : { place: [String(from + limit)] };
    return Promise.resolve({ items, next, readAt: this.clock.atMs });
  }
}

/** Keeps the scheduler's commands, as they would stand on the log. */
export class FakeLog {
  readonly records: EncodedRecord[] = [];
  failure: Error | undefined;

  readonly publish = (records: readonly EncodedRecord[]): Promise<void> => {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.records.push(...records);
    return Promise.resolve();
  };

  /** What is named by the commands, in their order. */
  get holdIds(): string[] {
    return this.records.map(({ value }) => (JSON.parse(String(value)) as { holdId: string }).holdId);
  }
}

export class RecordingObserver implements SchedulerObserver {
  readonly items: PublishedItem[] = [];
  readonly leadership: boolean[] = [];
  readonly failures: unknown[] = [];
  latePartitions = 0;

  leads(isLeader: boolean): void {
    this.leadership.push(isLeader);
  }

  published(items: readonly PublishedItem[]): void {
    this.items.push(...items);
  }

  waitsFor(partitions: number): void {
    this.latePartitions = partitions;
  }

  failed(error: unknown): void {
    this.failures.push(error);
  }
}

export function dueHold(holdId: string, dueAt: number, accountId = 'key_1'): DueItem {
  const command = { type: 'hold.expire', tenantId: 'acme', accountId, creditType: 'credits', holdId, expiresAt: dueAt };
  return { kind: 'hold', dueAt, command: command as DueItem['command'] };
}

export function dueRefill(accountId: string, date: string): DueItem {
  const command = { type: 'account.refill', tenantId: 'acme', accountId, creditType: 'credits', date };
  return { kind: 'refill', dueAt: 0, command: command as DueItem['command'] };
}
