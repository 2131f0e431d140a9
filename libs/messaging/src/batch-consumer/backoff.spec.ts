import { backoffMs, waitMs } from './backoff.js';

describe('back-off', () => {
  it('doubles from attempt to attempt up to the limit', () => {
    expect([1, 2, 3, 4, 99].map((attempt) => backoffMs(attempt, 100, 1_000, () => 1))).toEqual([
      100, 200, 400, 800, 1_000,
    ]);
  });

  it('is spread over the upper half of that', () => {
    expect(backoffMs(3, 100, 1_000, () => 0)).toBe(200);
  });

  it('ends at once when aborted', async () => {
    const abort = new AbortController();
    const waited = waitMs(60_000, abort.signal);
    abort.abort();
    expect(await waited).toBe(false);
    expect(await waitMs(60_000, abort.signal)).toBe(false);
    expect(await waitMs(1, new AbortController().signal)).toBe(true);
  });
});
