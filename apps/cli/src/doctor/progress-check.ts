import type { DataSource } from 'typeorm';
import { LedgerSnapshot } from '@app/store';

import type { Brokers } from '../admin/kafka.js';
import { partitionStates, type PartitionState, type Progress } from '../admin/partition-state.js';
import { finding, type Finding } from './finding.js';

const LOOK_MS = 500;

/**
 * I7: every partition whose log goes on behind its position gets ahead within the bound, and no position lies outside
 * its log. A partition that is done needs no worker.
 */
export async function checkProgress(dataSource: DataSource, brokers: Brokers, boundMs: number): Promise<Finding> {
  const first = await look(dataSource, brokers);
  const deadline = Date.now() + boundMs;
  let stuck = first.filter(isUnwell);
  let lag = first.reduce((sum, state) => sum + (state.lag ?? 0n), 0n);
  while (stuck.length > 0 && Date.now() < deadline) {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    const now = await look(dataSource, brokers);
    stuck = stuck.filter((before) => {
      const state = now.find(({ partition }) => partition === before.partition);
      return state !== undefined && isUnwell(state) && !hasAdvanced(before, state);
    });
    lag = now.reduce((sum, state) => sum + (state.lag ?? 0n), 0n);
  }
  const checked = `${first.length} partitions, ${lag} records waiting`;
  return finding(
    'I7',
    checked,
    stuck.length,
    stuck.map((state) => stuckText(state, boundMs)),
  );
}

async function look(dataSource: DataSource, { admin, settings }: Brokers): Promise<readonly PartitionState[]> {
  const topic = settings.topics.commands;
  const positions = await LedgerSnapshot.read(dataSource, (snapshot) => snapshot.positions());
  const rows = [...(positions.get(topic) ?? [])].map(([partition, nextOffset]): Progress => ({
    topic,
    partition,
    nextOffset,
  }));
  const ranges = await admin.logRanges(topic);
  return partitionStates(topic, rows, {
    ranges,
    groupOffsets: await admin.groupOffsets(settings.consumerGroup, topic),
  });
}

function isUnwell({ judgement, lag }: PartitionState): boolean {
  return (judgement !== 'ok' && judgement !== 'new') || (lag ?? 0n) > 0n;
}

function hasAdvanced(before: PartitionState, now: PartitionState): boolean {
  const isOutside = now.judgement === 'below-log' || now.judgement === 'above-log' || now.judgement === 'no-partition';
  return !isOutside && (now.nextOffset ?? 0n) > (before.nextOffset ?? 0n);
}

function stuckText(
  { partition, judgement, nextOffset, logStart, logEnd, lag, groupOffset }: PartitionState,
  boundMs: number,
): string {
  const where = `partition ${partition} at ${nextOffset ?? 'nothing'}`;
  switch (judgement) {
    case 'below-log':
      return `${where}: its log begins at ${logStart}; the records between were deleted unread`;
    case 'above-log':
      return `${where}: its log ends at ${logEnd}; it is another topic`;
    case 'no-partition':
      return `${where}: the topic has no such partition`;
    case 'behind-group':
      return `${where}: the consumer group is at ${groupOffset} and did not go back within ${boundMs / 1000} s; does a worker run?`;
    default:
      return `${where}: ${lag} records waiting, none applied within ${boundMs / 1000} s; does a worker run?`;
  }
}
