import { randomUUID } from 'node:crypto';

import { KafkaLogConsumer, type LogRange } from '@app/messaging';

import type { Brokers } from '../admin/kafka.js';
import { LogReader, type Offsets, type OnRecord } from './log-reader.js';

/** Ranges of topics, by topic and partition. */
export type Ranges = ReadonlyMap<string, ReadonlyMap<number, LogRange>>;

/** Where each topic begins and ends now. */
export async function rangesOf({ admin }: Pick<Brokers, 'admin'>, topics: readonly string[]): Promise<Ranges> {
  const ranges = new Map<string, ReadonlyMap<number, LogRange>>();
  for (const topic of topics) ranges.set(topic, await admin.logRanges(topic));
  return ranges;
}

/** The starts or the ends of ranges. */
export function offsetsOf(ranges: Ranges, which: 'start' | 'end'): Offsets {
  return new Map(
    [...ranges].map(([topic, partitions]) => [
      topic,
      new Map([...partitions].map(([partition, range]) => [partition, range[which]])),
    ]),
  );
}

/** A reader with a group of its own, which it never commits to. The caller starts and stops it. */
export function logReader({ client }: Pick<Brokers, 'client'>, from: Offsets, onRecord: OnRecord): LogReader {
  const consumer = new KafkaLogConsumer(client, `creditbus-reader-${randomUUID()}`, { commits: false, maxWaitMs: 100 });
  return new LogReader(consumer, from, onRecord);
}

/** Reads everything between starts and ends of the ranges. */
export async function readTopics(brokers: Brokers, ranges: Ranges, onRecord: OnRecord): Promise<void> {
  const isEmpty = [...ranges.values()].every((partitions) =>
    [...partitions.values()].every(({ start, end }) => start === end),
  );
  if (isEmpty) return;
  const reader = logReader(brokers, offsetsOf(ranges, 'start'), onRecord);
  try {
    await reader.start();
    await reader.reached(offsetsOf(ranges, 'end'));
  } finally {
    await reader.stop();
  }
}
