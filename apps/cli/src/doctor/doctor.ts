import { LedgerSnapshot } from '@app/store';
import type { DataSource } from 'typeorm';

import type { Brokers } from '../admin/kafka.js';
import { rangesOf, readTopics, type Ranges } from '../log/read-topics.js';
import { EventCheck } from './event-checks.js';
import { EventIndex } from './event-index.js';
import type { Finding } from './finding.js';
import { checkLedger } from './ledger-checks.js';
import { checkProgress } from './progress-check.js';

export interface DoctorOptions {
  /** Only this tenant; absent: all. */
  readonly tenantId?: string;
  /** Events that were published earlier are passed over, ms since the epoch. */
  readonly sinceMs?: number;
  /** How long a partition may take to get ahead, ms. */
  readonly boundMs: number;
}

/** Broker and Postgres may have clocks that differ by this much, ms. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * I1 to I6 on a system that works meanwhile. Entries are taken first and events afterwards, so every entry below the
 * group's offset must have its event among them; an event without its entry is looked for in a second snapshot.
 */
export async function examineEntries(
  dataSource: DataSource,
  brokers: Brokers | undefined,
  options: DoctorOptions,
): Promise<readonly Finding[]> {
  return LedgerSnapshot.read(
    dataSource,
    async (snapshot) => {
      const ledger = await checkLedger(snapshot);
      if (brokers === undefined) return ledger;
      const check = await eventCheck(brokers, options);
      for await (const entry of snapshot.entries()) check.entry(entry);
      if (check.hasUnmatched) await lookAgain(dataSource, check, options);
      return [...ledger, ...check.findings()];
    },
    options.tenantId,
  );
}

/** I7, which needs a moment to see whether things go on. */
export function examineProgress(dataSource: DataSource, brokers: Brokers, options: DoctorOptions): Promise<Finding> {
  return checkProgress(dataSource, brokers, options.boundMs);
}

async function eventCheck(brokers: Brokers, options: DoctorOptions): Promise<EventCheck> {
  const { topics, consumerGroup } = brokers.settings;
  const published = new Map<number, bigint>();
  for (const [partition, offset] of await brokers.admin.groupOffsets(consumerGroup, topics.commands)) {
    published.set(partition, offset ?? 0n);
  }
  const ranges = await rangesOf(brokers, [topics.balanceChanged, topics.commandRejected, topics.catalogChanged]);
  const events = new EventIndex(options.tenantId, options.sinceMs);
  const firstAtMs = new Map<string, number>();
  await readTopics(brokers, ranges, (topic, partition, record) => {
    const at = `${topic}/${partition}`;
    if (!firstAtMs.has(at)) firstAtMs.set(at, record.timestampMs);
    events.add(topic, partition, record);
  });
  return new EventCheck(events, {
    retainedFromMs: Math.max(retainedFromMs(ranges, firstAtMs), options.sinceMs ?? 0),
    publishedUpTo: new Map([[topics.commands, published]]),
  });
}

/**
 * From when on no event can have been deleted by age: the first that is left, in the partition that lost most. A
 * partition that lost everything tells nothing about what it had.
 */
function retainedFromMs(ranges: Ranges, firstAtMs: ReadonlyMap<string, number>): number {
  let fromMs = 0;
  for (const [topic, partitions] of ranges) {
    for (const [partition, { start }] of partitions) {
      if (start === 0n) continue;
      fromMs = Math.max(fromMs, (firstAtMs.get(`${topic}/${partition}`) ?? Date.now()) + CLOCKS_DIFFER_MS);
    }
  }
  return fromMs;
}

async function lookAgain(dataSource: DataSource, check: EventCheck, { tenantId }: DoctorOptions): Promise<void> {
  await LedgerSnapshot.read(
    dataSource,
    async (snapshot) => {
      for await (const entry of snapshot.entries()) check.laterEntry(entry);
    },
    tenantId,
  );
}
