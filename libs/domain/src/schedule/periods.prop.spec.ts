import fc from 'fast-check';
import { SCHEDULE_PERIODS } from '../command.js';
import { type Calendar, firstPeriod, periodAfter, periodStart } from './periods.js';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Africa/Casablanca',
];
const MONTHS = { monthly: 1, quarterly: 3, half_yearly: 6, yearly: 12 } as const;

const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) });
/** Within the hour that comes twice, or next to it, in Berlin and New York. */
const repeatedHour = fc
  .constantFrom('2026-10-25T01:00:00Z', '2026-11-01T06:00:00Z')
  .chain((text) => fc.integer({ min: -7_200_000, max: 7_200_000 }).map((ms) => Date.parse(text) + ms));
const calendar: fc.Arbitrary<Calendar> = fc.record({
  cadence: fc.constant('recurring' as const),
  period: fc.constantFrom(...SCHEDULE_PERIODS),
  periodCount: fc.integer({ min: 1, max: 5 }),
  anchor: fc.oneof({ weight: 4, arbitrary: instant }, { weight: 1, arbitrary: repeatedHour }),
  start: instant,
  timeZone: fc.constantFrom(...ZONES),
});

interface Local {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly time: string;
}

/** What clocks of the zone show, read independently of the calendar under test. */
function local(at: number, timeZone: string): Local {
  const text = new Date(at).toLocaleString('sv-SE', { timeZone });
  const [date = '', time = ''] = text.split(' ');
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return { year, month, day, time };
}

function some(schedule: Calendar, count: number): { readonly index: number; readonly start: number }[] {
  const periods = [];
  let period = firstPeriod(schedule);
  while (period !== undefined && periods.length < count) {
    periods.push(period);
    period = periodAfter(schedule, period);
  }
  return periods;
}

describe('periods, for any anchor, period and zone', () => {
  it('start at the anchor plus k periods by the wall clock, a missing day being the last of its month', () => {
    fc.assert(
      fc.property(calendar, (schedule) => {
        const anchor = local(schedule.anchor, schedule.timeZone);
        expect(periodStart(schedule, 0)).toBe(schedule.anchor);
        for (const { index, start } of some(schedule, 14)) {
          const shown = local(start, schedule.timeZone);
          const { period, periodCount } = schedule;
          if (period === null) throw new Error('recurring');
          if (period === 'daily' || period === 'weekly') {
            const days = index * periodCount * (period === 'daily' ? 1 : 7);
            const date = new Date(Date.UTC(anchor.year, anchor.month - 1, anchor.day + days));
            expect([shown.year, shown.month, shown.day]).toEqual([
              date.getUTCFullYear(),
              date.getUTCMonth() + 1,
              date.getUTCDate(),
            ]);
          } else {
            const months = anchor.month - 1 + index * periodCount * MONTHS[period];
            const last = new Date(Date.UTC(anchor.year, months + 1, 0));
            expect([shown.year, shown.month]).toEqual([last.getUTCFullYear(), last.getUTCMonth() + 1]);
            expect(shown.day).toBe(Math.min(anchor.day, last.getUTCDate()));
          }
          // The time of day stays, but where daylight saving time skips it (by an hour at most).
          if (shown.time !== anchor.time) {
            const skipped = Date.parse(`1970-01-01T${shown.time}Z`) - Date.parse(`1970-01-01T${anchor.time}Z`);
            expect([30 * 60_000, 60 * 60_000]).toContain(skipped);
            expect(local(start - skipped, schedule.timeZone).time).not.toBe(anchor.time);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are none missed and none doubled: consecutive numbers, growing instants, the first not before the start', () => {
    fc.assert(
      fc.property(calendar, (schedule) => {
        const periods = some(schedule, 30);
        expect(periods.length).toBe(30);
        for (const [position, { index, start }] of periods.entries()) {
          const before = periods[position - 1];
          expect(start).toBe(periodStart(schedule, index));
          if (before === undefined) {
            expect(start).toBeGreaterThanOrEqual(schedule.start);
            expect(periodStart(schedule, index - 1)).toBeLessThan(schedule.start);
          } else {
            expect(index).toBe(before.index + 1);
            expect(start).toBeGreaterThan(before.start);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
