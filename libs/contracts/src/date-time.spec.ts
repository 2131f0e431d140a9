import fc from 'fast-check';
import { dateTimeOf, instantOf, isDate, isDateTime } from './date-time.js';

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

describe('an instant', () => {
  test.each([
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:00.1Z', '2026-11-20T10:00:00.100Z'],
    ['2026-11-20T10:00:00.9999999Z', '2026-11-20T10:00:00.999Z'],
    ['1960-11-20T10:00:00.0009Z', '1960-11-20T10:00:00.000Z'],
    ['2026-11-20t10:00:00z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:00+05:30', '2026-11-20T04:30:00.000Z'],
    ['2026-11-20T10:00:00.5-05:30', '2026-11-20T15:30:00.500Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2016-12-31T23:59:60.25Z', '2017-01-01T00:00:00.250Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['0000-12-31T23:00:00-01:00', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, utc) => expect(new Date(instantOf(text)!).toISOString()).toBe(utc));

  test.each([
    '2026-11-20',
    '2026-02-29T00:00:00Z',
    '0000-12-31T23:59:59Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '9999-12-31T23:59:60Z',
  ])('%s is none', (text) => expect(instantOf(text)).toBeUndefined());

  test('written and read is the same', () => {
    const years1To9999 = { min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(years1To9999), (date) => {
        expect(instantOf(dateTimeOf(date.getTime()))).toBe(date.getTime());
      }),
    );
  });
});

describe('a day', () => {
  test('is a date that exists, from the year 1 on', () => {
    for (const text of ['2026-11-20', '2024-02-29', '0001-01-01', '9999-12-31']) expect(isDate(text)).toBe(true);
    for (const text of ['2026-02-29', '0000-01-01', '2026-11-20\n', '2026-11-2', '2026-11-20T', '']) {
      expect(isDate(text)).toBe(false);
    }
  });
});
