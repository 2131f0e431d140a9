import { latency } from './latency.js';
import { median, percentile } from './statistics.js';
import { measuredWindow } from './window.js';

describe('bench figures', () => {
  test('the window begins after the warm-up share and ends with the last event', () => {
    // 100 events, one every 10 ms: the first 20 are the warm-up.
    const times = Array.from({ length: 100 }, (_, index) => index * 10);
    expect(measuredWindow(times, 1)).toEqual({ seconds: 0.79, records: 79, recordsPerSecond: 100 });
  });

  test('repeats, which have no event, count as records', () => {
    const times = Array.from({ length: 100 }, (_, index) => index * 10);
    expect(measuredWindow(times, 2).recordsPerSecond).toBe(200);
  });

  test('percentiles are values that were measured (nearest rank)', () => {
    const values = [5, 1, 4, 2, 3];
    expect([median(values), percentile(values, 0.99), percentile(values, 0)]).toEqual([3, 5, 1]);
  });

  test('an invalidation with a later version counts for the command before it', () => {
    const events = {
      balanceAtMs: new Map([['c1', 110]]),
      balanceOf: new Map([['c1', { accountId: 'a', version: 2 }]]),
      balanceEvents: 1,
      invalidationEvents: 2,
      invalidations: new Map([
        [
          'a',
          [
            { version: 1, atMs: 105 },
            { version: 3, atMs: 130 },
          ],
        ],
      ]),
    };
    const { toBalanceEvent, toInvalidation } = latency(new Map([['c1', 100]]), events);
    expect([toBalanceEvent.p50, toInvalidation.p50]).toEqual([10, 30]);
  });

  test('a command without an event fails the run instead of missing in the figures', () => {
    const none = {
      balanceAtMs: new Map<string, number>(),
      balanceOf: new Map<string, never>(),
      balanceEvents: 0,
      invalidationEvents: 0,
      invalidations: new Map<string, never>(),
    };
    expect(() => latency(new Map([['c1', 100]]), none)).toThrow('command c1 has no balance event');
  });
});
