import type { LogRange } from '../log-admin.js';
import type { TopicPartition } from '../ports.js';
import type { StoppedPartition } from './observer.js';

export interface PositionsKnown extends TopicPartition {
  /** The progress row; null or 0: nothing was ever applied. */
  readonly row: bigint | null;
  /** Everything below has been published: the group's offset, or what this worker has read to; null: none. */
  readonly group: bigint | null;
  readonly log: LogRange;
}

export type ResumeAt =
  | {
      readonly kind: 'resume';
      readonly position: bigint;
      /** Set when records below the log's start were applied but may never have been published. */
      readonly warning?: string;
    }
  | { readonly kind: 'stop'; readonly stopped: StoppedPartition };

/**
 * Where a partition goes on (overview, "progress row"): the smaller of row and group offset; without a row, or
 * without a group offset, the beginning of the log. A row outside the log is never skipped over.
 */
export function resumePosition(known: PositionsKnown): ResumeAt {
  const { topic, partition, group, log } = known;
  const row = known.row === 0n ? null : known.row;
  if (row !== null && row < log.start) return stop(known, row, 'position-below-log-start');
  if (row !== null && row > log.end) return stop(known, row, 'position-above-log-end');
  if (row === null || group === null) return { kind: 'resume', position: log.start };
  const position = row < group ? row : group;
  if (position >= log.start) return { kind: 'resume', position };
  return {
    kind: 'resume',
    position: log.start,
    warning:
      `${topic}/${partition}: records ${position} to ${log.start - 1n} were applied, but are gone from the log before ` +
      'their events were certainly sent; an operator can send them again from the ledger.',
  };
}

function stop(known: PositionsKnown, row: bigint, reason: StoppedPartition['reason']): ResumeAt {
  const { topic, partition, log } = known;
  const where = `${topic}/${partition}`;
  const what =
    reason === 'position-below-log-start'
      ? `${where} is stopped: the progress row says that record ${row} is next, but the log begins at ${log.start}. ` +
        `Records ${row} to ${log.start - 1n} were removed by retention before they were applied.`
      : `${where} is stopped: the progress row says that record ${row} is next, but the log ends at ${log.end}. ` +
        'The topic was made anew or truncated, or this database belongs to another cluster.';
  const message = `${what} "creditbus progress accept ${partition} start" goes on at the log's start.`;
  return {
    kind: 'stop',
    stopped: {
      topic,
      partition,
      reason,
      position: row,
      logStart: log.start,
      logEnd: log.end,
      message,
    },
  };
}
