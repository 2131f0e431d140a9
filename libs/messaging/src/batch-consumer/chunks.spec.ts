import type { LogRecord } from '../ports.js';
import { chunksOf } from './chunks.js';

const record = (offset: number, bytes = 1): LogRecord => ({
  offset: BigInt(offset),
  timestampMs: 0,
  key: null,
  value: Buffer.alloc(bytes),
  headers: {},
});

function cut(records: readonly LogRecord[], nextOffset: bigint, recordsMax: number, bytesMax = 1_000): string[] {
  return [...chunksOf(records, nextOffset, recordsMax, bytesMax)].map(
    (chunk) => `${chunk.records.map(({ offset }) => offset).join(',')}→${chunk.toOffset}`,
  );
}

describe('chunks of a batch', () => {
  it('have at most so many records and end behind their last one', () => {
    expect(
      cut(
        [0, 1, 2, 3, 4].map((offset) => record(offset)),
        5n,
        2,
      ),
    ).toEqual(['0,1→2', '2,3→4', '4→5']);
  });

  it('end at the batch’s end, past offsets that consumers never see', () => {
    expect(
      cut(
        [0, 1, 7].map((offset) => record(offset)),
        10n,
        2,
      ),
    ).toEqual(['0,1→2', '7→10']);
  });

  it('have at most so many bytes', () => {
    expect(cut([record(0, 600), record(1, 400), record(2, 1)], 3n, 10)).toEqual(['0,1→2', '2→3']);
  });

  it('hold a record alone that is larger than a chunk may be', () => {
    expect(cut([record(0, 1), record(1, 5_000), record(2, 1)], 3n, 10)).toEqual(['0→1', '1→2', '2→3']);
  });
});
