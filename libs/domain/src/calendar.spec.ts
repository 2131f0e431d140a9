import fc from 'fast-check';

import { addToInstant, dateIn, daysInMonth, isTimeZone, LAST_INSTANT, startOfDate } from './calendar.js';

const at = (text: string): number => Date.parse(text);
const after = (text: string, unit: 'days' | 'months', count: number, zone = 'UTC'): string | undefined => {
  const instant = addToInstant(at(text), unit, count, zone);
  return instant === undefined ? undefined : new Date(instant).toISOString().replace('.000', '');
};

describe('the calendar', () => {
  it.each([
    ['2026-01-31T00:00:00Z', 1, '2026-02-28T00:00:00Z'],
    ['2026-01-31T00:00:00Z', 2, '2026-03-31T00:00:00Z'],
    ['2024-01-31T00:00:00Z', 1, '2024-02-29T00:00:00Z'],
    ['2024-02-29T10:00:00Z', 12, '2025-02-28T10:00:00Z'],
    ['2026-01-31T00:00:00Z', -2, '2025-11-30T00:00:00Z'],
    ['2026-12-15T00:00:00Z', 1, '2027-01-15T00:00:00Z'],
  ])('moves %s by %s months to %s: a missing day is the last of its month', (from, count, to) => {
    expect(after(from, 'months', count)).toBe(to);
  });

  it('keeps the time of day through a change of daylight saving time', () => {
    // Berlin: 2026-03-29 and 2026-10-25.
    expect(after('2026-03-28T08:00:00Z', 'days', 1, 'Europe/Berlin')).toBe('2026-03-29T07:00:00Z');
    expect(after('2026-10-24T07:00:00Z', 'days', 1, 'Europe/Berlin')).toBe('2026-10-25T08:00:00Z');
    expect(after('2026-01-15T08:00:00Z', 'months', 6, 'Europe/Berlin')).toBe('2026-07-15T07:00:00Z');
  });

  it('moves a time of day that is skipped on by what is skipped, and takes the first of one that comes twice', () => {
    // 02:30 in Berlin does not exist on 2026-03-29, and exists twice on 2026-10-25.
    expect(after('2026-03-28T01:30:00Z', 'days', 1, 'Europe/Berlin')).toBe('2026-03-29T01:30:00Z');
    expect(after('2026-10-24T00:30:00Z', 'days', 1, 'Europe/Berlin')).toBe('2026-10-25T00:30:00Z');
  });

  it('moves by nothing to the very instant, also in an hour that comes twice', () => {
    expect(after('2026-10-25T01:30:00Z', 'days', 0, 'Europe/Berlin')).toBe('2026-10-25T01:30:00Z');
    expect(after('2026-10-25T01:30:00Z', 'months', 0, 'Europe/Berlin')).toBe('2026-10-25T01:30:00Z');
  });

  it('knows zones of half and quarter hours, and days that a zone skipped', () => {
    expect(after('2026-01-31T00:00:00Z', 'months', 1, 'Asia/Kathmandu')).toBe('2026-02-28T00:00:00Z');
    expect(after('2026-09-30T18:30:00Z', 'days', 5, 'Australia/Lord_Howe')).toBe('2026-10-05T18:00:00Z');
    // Samoa had no 30 December 2011.
    expect(after('2011-12-29T20:00:00Z', 'days', 1, 'Pacific/Apia')).toBe('2011-12-30T20:00:00Z');
  });

  it('uses the local date, which may be another than that in UTC', () => {
    // 31 January in Auckland, 30 January in UTC.
    expect(after('2026-01-30T12:00:00Z', 'months', 1, 'Pacific/Auckland')).toBe('2026-02-27T12:00:00Z');
  });

  it('ends with the year 9999 instead of failing', () => {
    expect(addToInstant(LAST_INSTANT, 'days', 1, 'UTC')).toBeUndefined();
    expect(addToInstant(0, 'months', Number.MAX_SAFE_INTEGER, 'UTC')).toBeUndefined();
    expect(addToInstant(0, 'days', -1e12, 'Europe/Berlin')).toBeUndefined();
  });

  it('tells zones that exist from others', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('UTC')).toBe(true);
    expect(isTimeZone('Europe/Berlyn')).toBe(false);
    expect(isTimeZone('')).toBe(false);
  });

  it('knows leap years', () => {
    expect([2024, 2025, 2000, 2100].map((year) => daysInMonth(year, 2))).toEqual([29, 28, 29, 28]);
  });
});

describe('the first instant of a date', () => {
  const MINUTE = 60_000;

  it.each([
    ['UTC', '2026-11-20', '2026-11-20T00:00:00Z'],
    ['Asia/Tokyo', '2026-11-20', '2026-11-19T15:00:00Z'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
    ['America/Toronto', '1919-03-31', '1919-03-31T04:30:00Z'],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
  ])('in %s of %s is %s', (zone, date, instant) => {
    expect(startOfDate(zone, date)).toBe(at(instant));
  });

  it('is the first minute that shows it, in every zone and year', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const day = fc
      .integer({ min: 0, max: 60 * 366 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(zone, day, (timeZone, date) => {
        const start = startOfDate(timeZone, date);
        expect(dateIn(timeZone, start) >= date).toBe(true);
        for (let minutes = 1; minutes <= 180; minutes += 1) {
          expect(dateIn(timeZone, start - minutes * MINUTE) < date).toBe(true);
        }
        expect(dateIn(timeZone, start - 1) < date).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
