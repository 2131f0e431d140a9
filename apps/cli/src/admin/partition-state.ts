import type { LogRange } from '@app/messaging';

/** What a progress row means, compared with its log and the group's offset. */
export type PartitionJudgement =
  | 'ok'
  /** Nothing was applied yet. */
  | 'new'
  /** The group's offset is ahead of the row: normal for moments after a restore, when the worker goes back. */
  | 'behind-group'
  /** The row is below the log's start: records were deleted before they were applied. */
  | 'below-log'
  /** The row is above the log's end: the topic was made anew, or is another one. */
  | 'above-log'
  /** The topic has no such partition. */
  | 'no-partition';

/** A partition as an operator sees it. Offsets are null where nothing is known. */
export interface PartitionState {
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: bigint | null;
  readonly logStart: bigint | null;
  readonly logEnd: bigint | null;
  readonly groupOffset: bigint | null;
  /** Records that are not applied yet. */
  readonly lag: bigint | null;
  readonly judgement: PartitionJudgement | null;
  readonly updatedAt: number | null;
}

/** A progress row, as far as it is judged. */
export interface Progress {
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: bigint | null;
  readonly updatedAt?: number;
}

/** Puts rows, log and group side by side, partition by partition. Without a log nothing is judged. */
export function partitionStates(
  topic: string,
  rows: readonly Progress[],
  log?: { readonly ranges: ReadonlyMap<number, LogRange>; readonly groupOffsets: ReadonlyMap<number, bigint | null> },
): readonly PartitionState[] {
  const ofTopic = new Map(rows.filter((row) => row.topic === topic).map((row) => [row.partition, row]));
  const partitions = new Set([...ofTopic.keys(), ...(log?.ranges.keys() ?? [])]);
  return [...partitions]
    .sort((a, b) => a - b)
    .map((partition) => {
      const row = ofTopic.get(partition);
      const nextOffset = row?.nextOffset ?? null;
      const range = log?.ranges.get(partition);
      const groupOffset = log?.groupOffsets.get(partition) ?? null;
      return {
        topic,
        partition,
        nextOffset,
        logStart: range?.start ?? null,
        logEnd: range?.end ?? null,
        groupOffset,
        lag: range === undefined ? null : lagOf(nextOffset, range),
        judgement: log === undefined ? null : judge(nextOffset, range, groupOffset),
        updatedAt: row?.updatedAt ?? null,
      };
    });
}

function judge(nextOffset: bigint | null, range: LogRange | undefined, groupOffset: bigint | null): PartitionJudgement {
  if (range === undefined) return 'no-partition';
  // Without a row the log is read from offset 0 on: a start above it means that something was deleted unread.
  if (nextOffset === null) return 'new';
  if (nextOffset < range.start) return 'below-log';
  if (nextOffset > range.end) return 'above-log';
  return groupOffset !== null && groupOffset > nextOffset ? 'behind-group' : 'ok';
}

function lagOf(nextOffset: bigint | null, { start, end }: LogRange): bigint {
  const from = nextOffset === null || nextOffset < start ? start : nextOffset;
  return from > end ? 0n : end - from;
}
