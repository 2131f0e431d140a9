import { DEFAULT_RETRY, pauseAfter, retryAfterMs } from './retry.js';

describe('the pause before the next attempt', () => {
  it('is anything up to a bound that doubles, but never above the longest', () => {
    for (const [attempt, bound] of [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000].entries()) {
      const pauses = Array.from({ length: 200 }, () => pauseAfter(attempt + 1, DEFAULT_RETRY, undefined));
      expect(Math.max(...pauses)).toBeLessThanOrEqual(bound);
      expect(Math.max(...pauses)).toBeGreaterThan(bound * 0.8);
      expect(Math.min(...pauses)).toBeLessThan(bound * 0.2);
    }
  });

  it('begins where Retry-After ends', () => {
    expect(pauseAfter(1, DEFAULT_RETRY, 7_000)).toBeGreaterThanOrEqual(7_000);
    expect(pauseAfter(1, DEFAULT_RETRY, 7_000)).toBeLessThanOrEqual(7_100);
  });
});

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    [' 120 ', 120_000],
    ['Fri, 20 Nov 2026 10:00:30 GMT', 30_000],
    ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
    ['1.5', undefined],
    ['-1', undefined],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j is understood as seconds or as a date', (header, expected) => {
    expect(retryAfterMs(header, Date.parse('2026-11-20T10:00:00Z'))).toBe(expected);
  });
});
