import { jest } from '@jest/globals';
import fc from 'fast-check';
import { CacheWorld, type Happening } from '../testing/cache-world.js';

const number = fc.nat({ max: 1_000_000 });

/** Frequent things more often, so that reads overlap with commits and deliveries. */
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('commit' as const), account: number }) },
  { weight: 6, arbitrary: fc.record({ what: fc.constant('ask' as const), account: number }) },
  { weight: 8, arbitrary: fc.record({ what: fc.constant('deliver' as const), which: number }) },
  { weight: 6, arbitrary: fc.record({ what: fc.constant('answer' as const), which: number, when: number }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('fail' as const), which: number }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('unreadable' as const), account: number }) },
  { weight: 1, arbitrary: fc.constantFrom<Happening>({ what: 'unreadableWithoutKey' }, { what: 'offline' }) },
  { weight: 2, arbitrary: fc.constant<Happening>({ what: 'online' }) },
);

const happenings = fc.array(happening, { maxLength: 60, size: 'max' });

// A failure prints seed and path; PROPERTY_SEED (and PROPERTY_RUNS) run the same programs again.
const seed = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);
const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 400), seed };

describe(`a balance cache, whatever comes in whatever order (PROPERTY_SEED=${seed})`, () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('never holds or returns a balance older than the newest invalidation it saw, however little it remembers', async () => {
    const sizes = fc.record({
      accounts: fc.integer({ min: 1, max: 4 }),
      maxEntries: fc.integer({ min: 0, max: 3 }),
      maxRemembered: fc.integer({ min: 0, max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, happenings, async (size, program) => {
        const world = new CacheWorld({ ...size, isReaderHonest: true });
        for (const step of program) await world.happen(step);
        await world.settle();
        expect(world.cache.size).toBeLessThanOrEqual(size.maxEntries);
      }),
      RUNS,
    );
  }, 180_000);

  it('does not even with a reader that lags behind, as long as it remembers every account', async () => {
    const sizes = fc.record({ accounts: fc.integer({ min: 1, max: 3 }), maxEntries: fc.integer({ min: 0, max: 3 }) });
    await fc.assert(
      fc.asyncProperty(sizes, happenings, async (size, program) => {
        const world = new CacheWorld({ ...size, maxRemembered: size.accounts, isReaderHonest: false });
        for (const step of program) await world.happen(step);
        await world.settle();
      }),
      RUNS,
    );
  }, 180_000);
});
