import type { ProgressRow } from '@app/store';

import { partitionStates } from './partition-state.js';

const row = (partition: number, nextOffset: bigint | null, topic = 't'): ProgressRow => ({
  topic,
  partition,
  nextOffset,
  owner: 'o',
  updatedAt: 5,
});

function judged(nextOffset: bigint | null, start: bigint, end: bigint, groupOffset: bigint | null = null) {
  const [state] = partitionStates('t', nextOffset === null ? [] : [row(0, nextOffset)], {
    ranges: new Map([[0, { start, end }]]),
    groupOffsets: new Map([[0, groupOffset]]),
  });
  return state;
}

describe('position of a partition', () => {
  it('within its log is in order, and lacks what lies behind it', () => {
    expect(judged(7n, 2n, 10n, 7n)).toMatchObject({ judgement: 'ok', lag: 3n });
    expect(judged(10n, 2n, 10n)).toMatchObject({ judgement: 'ok', lag: 0n });
  });

  it('below the start of its log has lost records', () => {
    expect(judged(1n, 2n, 10n)).toMatchObject({ judgement: 'below-log', lag: 8n });
  });

  it('above the end of its log belongs to another topic', () => {
    expect(judged(11n, 2n, 10n)).toMatchObject({ judgement: 'above-log', lag: 0n });
  });

  it('below the offset of the group will be gone back to', () => {
    expect(judged(7n, 2n, 10n, 9n)).toMatchObject({ judgement: 'behind-group' });
  });

  it('without a row nothing was applied yet', () => {
    expect(judged(null, 0n, 10n)).toMatchObject({ judgement: 'new', lag: 10n });
  });

  it('of a partition that the topic does not have is said to be so', () => {
    const states = partitionStates('t', [row(5, 1n), row(0, 1n, 'other')], {
      ranges: new Map(),
      groupOffsets: new Map(),
    });
    expect(states).toEqual([expect.objectContaining({ partition: 5, judgement: 'no-partition', lag: null })]);
  });

  it('is shown without judgement when the log is not known', () => {
    expect(partitionStates('t', [row(1, 4n), row(0, 3n)])).toEqual([
      expect.objectContaining({ partition: 0, nextOffset: 3n, judgement: null, lag: null }),
      expect.objectContaining({ partition: 1, nextOffset: 4n, judgement: null, lag: null }),
    ]);
  });
});
