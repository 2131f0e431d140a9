import type { OutgoingRecord, TopicPartition, TopicRecords } from '../../ports.js';
import type { PartitionMetadata } from './kafkajs-cluster.js';
import { murmur2 } from './murmur2.js';
import { ProduceRefused, UNKNOWN_PARTITION } from './produce-failure.js';
import { encodeRecordBatch, recordSizeBound } from './record-batch.js';

/** Encoded batches of one partition that are still to be acknowledged, in order. */
export interface PartitionQueue extends TopicPartition {
  readonly batches: Buffer[];
}

/**
 * Sorts records into their partitions, keeping their order, and encodes them in batches of at most
 * `maxBatchBytes` (a single larger record goes alone; the broker decides on it).
 * @throws ProduceRefused for a record that names a partition which the topic does not have.
 */
export function partitionQueues(
  sends: readonly TopicRecords[],
  partitionsOf: (topic: string) => readonly PartitionMetadata[],
  maxBatchBytes: number,
): PartitionQueue[] {
  const now = Date.now();
  const queues: PartitionQueue[] = [];
  for (const [topic, records] of recordsByTopic(sends)) {
    const count = partitionsOf(topic).length;
    const byPartition: (OutgoingRecord[] | undefined)[] = [];
    for (const record of records) {
      const partition = record.partition ?? partitionOf(record.key, count);
      if (partition < 0 || partition >= count) throw new ProduceRefused(topic, partition, UNKNOWN_PARTITION);
      (byPartition[partition] ??= []).push(record);
    }
    byPartition.forEach((own, partition) => {
      if (own !== undefined) queues.push({ topic, partition, batches: encodeBatches(own, maxBatchBytes, now) });
    });
  }
  return queues;
}

/** The partition of a key as Kafka's Java client and kafkajs choose it; without a key any will do. */
export function partitionOf(key: OutgoingRecord['key'], partitionCount: number): number {
  if (key === null || key === undefined) return Math.floor(Math.random() * partitionCount);
  const hash = murmur2(typeof key === 'string' ? Buffer.from(key) : key);
  return (hash & 0x7fffffff) % partitionCount;
}

function recordsByTopic(sends: readonly TopicRecords[]): Map<string, readonly OutgoingRecord[]> {
  const byTopic = new Map<string, readonly OutgoingRecord[]>();
  for (const { topic, records } of sends) {
    if (records.length === 0) continue;
    const before = byTopic.get(topic);
    byTopic.set(topic, before === undefined ? records : [...before, ...records]);
  }
  return byTopic;
}

function encodeBatches(records: readonly OutgoingRecord[], maxBatchBytes: number, now: number): Buffer[] {
  const batches: Buffer[] = [];
  let first = 0;
  let bytes = 0;
  records.forEach((record, index) => {
    const size = recordSizeBound(record);
    if (bytes > 0 && bytes + size > maxBatchBytes) {
      batches.push(encodeRecordBatch(records.slice(first, index), now));
      first = index;
      bytes = 0;
    }
    bytes += size;
  });
  batches.push(encodeRecordBatch(first === 0 ? records : records.slice(first), now));
  return batches;
}
