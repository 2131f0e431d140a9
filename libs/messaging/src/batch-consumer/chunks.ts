import type { LogRecord } from '../ports.js';

/** Records to be applied together, and the position after them. */
export interface ChunkSlice {
  readonly records: readonly LogRecord[];
  readonly toOffset: bigint;
}

/**
 * Cuts a batch into chunks of at most `recordsMax` records and `bytesMax` key and value bytes, in order. A record
 * larger than `bytesMax` makes a chunk of its own. The last one ends at the batch's `nextOffset`.
 */
export function* chunksOf(
  records: readonly LogRecord[],
  nextOffset: bigint,
  recordsMax: number,
  bytesMax: number,
): Generator<ChunkSlice> {
  let from = 0;
  while (from < records.length) {
    let to = from;
    let bytes = 0;
    let toOffset = nextOffset;
    for (const record of records.slice(from, from + recordsMax)) {
      bytes += bytesOf(record);
      if (bytes > bytesMax && to > from) break;
      toOffset = (record.undecodable?.lastOffset ?? record.offset) + 1n;
      to++;
    }
    if (to === records.length) toOffset = nextOffset;
    yield {
      records: from === 0 && to === records.length ? records : records.slice(from, to),
      toOffset,
    };
    from = to;
  }
}

function bytesOf(record: LogRecord): number {
  return (record.key?.length ?? 0) + (record.value?.length ?? 0);
}
