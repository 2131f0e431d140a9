import { uuidV7 } from './uuid-v7.js';

describe('made command ids', () => {
  it('are UUIDs of version 7, ordered by time and never the same', () => {
    const ids = Array.from({ length: 1_000 }, () => uuidV7(Date.UTC(2026, 10, 20)));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(ids.length);
    expect(uuidV7(1) < uuidV7(2)).toBe(true);
    expect(uuidV7(Date.UTC(2026, 0, 1)) < uuidV7(Date.UTC(2026, 0, 2))).toBe(true);
  });
});
