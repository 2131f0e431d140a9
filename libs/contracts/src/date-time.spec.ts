import fc from 'fast-check';
import { dateTimeOf, isDateTime } from './date-time.js';

describe('an RFC 3339 time', () => {
  test.each([
    '2026-11-20T10:00:00Z',
    '2026-11-20t10:00:00z',
    '2026-11-20T10:00:00.123456789Z',
    '2026-11-20T10:00:00+14:00',
    '2026-11-20T10:00:00-00:00',
    '2024-02-29T00:00:00Z',
    '2000-02-29T00:00:00Z',
    '0000-02-29T00:00:00Z',
    '2026-12-31T23:59:60Z',
  ])('%s is one', (text) => expect(isDateTime(text)).toBe(true));

  test.each([
    '',
    '2026-11-20',
    '2026-11-20T10:00Z',
    '2026-11-20T10:00:00',
    '2026-11-20 10:00:00Z',
    '2026-11-20T10:00:00.Z',
    '2026-11-20T10:00:00+0100',
    '2026-11-20T10:00:00+24:00',
    '2026-11-20T10:00:00+10:60',
    '2026-11-20T24:00:00Z',
    '2026-11-20T10:60:00Z',
    '2026-11-20T10:00:61Z',
    '2026-00-20T10:00:00Z',
    '2026-13-20T10:00:00Z',
    '2026-11-00T10:00:00Z',
    '2026-11-31T10:00:00Z',
    '2026-02-29T10:00:00Z',
    '1900-02-29T10:00:00Z',
    '+002026-11-20T10:00:00Z',
    '2026-11-20T10:00:00Z\n',
    `2026-11-20T10:00:00.${'1'.repeat(60)}Z`,
  ])('%j is none', (text) => expect(isDateTime(text)).toBe(false));

  test('is written in UTC with milliseconds, and read back', () => {
    const years1To9999 = { min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(years1To9999), (date) => {
        expect(dateTimeOf(date.getTime())).toBe(date.toISOString());
        expect(isDateTime(dateTimeOf(date.getTime()))).toBe(true);
      }),
    );
  });
});
