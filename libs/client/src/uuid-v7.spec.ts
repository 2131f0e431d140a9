import { uuidV7 } from './uuid-v7.js';

describe('uuidV7', () => {
  it('is a UUID of version 7, in time order, with the time in front', () => {
    expect(uuidV7(0x0192_f0c1_7d0a)).toMatch(/^0192f0c1-7d0a-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidV7(1_000) < uuidV7(1_001)).toBe(true);
  });

  it('is never the same', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => uuidV7(1))).size).toBe(10_000);
  });
});
