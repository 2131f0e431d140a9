import { waitSecondsOf } from './prefer.js';

describe('Prefer: wait', () => {
  it.each([
    ['wait=5', 5],
    ['wait=0', 0],
    ['wait="7"', 7],
    ['WAIT = 3', 3],
    ['respond-async, wait=10; x=1', 10],
    ['wait=2, wait=9', 2],
    ['wait=31', 30],
    ['wait=999999999', 30],
  ])('%s waits %d s, at most 30', (prefer, seconds) => {
    expect(waitSecondsOf(prefer, 30)).toBe(seconds);
  });

  it.each(['', 'wait', 'wait=', 'wait=-1', 'wait=1.5', 'wait=1e1', 'wait=soon', 'waiting=5', 'return=minimal'])(
    '%j is ignored, since a preference never refuses a request',
    (prefer) => {
      expect(waitSecondsOf(prefer, 30)).toBeUndefined();
    },
  );

  it('is absent without the header, and read from repeated headers', () => {
    expect(waitSecondsOf(undefined, 30)).toBeUndefined();
    expect(waitSecondsOf(['respond-async', 'wait=4'], 30)).toBe(4);
  });
});
