import { amount, amountOrUnlimited, floorPolicy } from './amount.js';
import { newCommandId } from './command-id.js';
import { NULL, nullable, sent } from './null-value.js';
import { integerBetween, version } from './numbers.js';
import { refill, refillIn } from './refill.js';
import { tenantId } from './tenant-id.js';
import { durationMs, instant, instantOrDuration } from './time.js';
import { collectPairs, listOf, oneOf } from './words.js';

describe('amounts on the command line', () => {
  it.each(['0', '5', '-3', '0.25', '-0.5', '9007199254740993', '1.0'])('%s stays the text that it is', (text) => {
    expect(amount(text)).toBe(text);
  });

  it.each(['', '1e2', '+5', '-0', '-0.00', '01', '1.', '.5', 'NaN', 'Infinity', '1,5', ' 1', '0x10'])(
    '%j is refused with what is allowed',
    (text) => {
      expect(() => amount(text)).toThrow('is no amount: allowed are decimals');
    },
  );

  it('unlimited is null, and 0 is not unlimited', () => {
    expect(amountOrUnlimited('unlimited')).toBeNull();
    expect(amountOrUnlimited('0')).toBe('0');
  });

  it('a floor policy is a word or a bound', () => {
    expect(floorPolicy('clamp')).toBe('clamp');
    expect(floorPolicy('downTo:-100.5')).toEqual({ downTo: '-100.5' });
    expect(() => floorPolicy('never')).toThrow('allowed are reject, clamp, allow and downTo:<amount>');
    expect(() => floorPolicy('downTo:x')).toThrow('is no amount');
  });
});

describe('other values on the command line', () => {
  it('a refill is daily with an amount, or monthly with an amount and a day', () => {
    expect(refill('daily:5')).toEqual({ interval: 'daily', amount: '5' });
    expect(refill('monthly:1000:31')).toEqual({ interval: 'monthly', amount: '1000', refillDay: 31 });
    for (const text of [
      'daily',
      'daily:5:1',
      'monthly:5',
      'monthly:5:0',
      'monthly:5:32',
      'weekly:5',
      'monthly:5:1:1',
    ]) {
      expect(() => refill(text)).toThrow(/is no (refill|amount)/);
    }
  });

  it('a time zone belongs to a refill that is given', () => {
    const asked = refill('daily:5');
    expect(refillIn('Asia/Tokyo', asked)).toEqual({ interval: 'daily', amount: '5', timeZone: 'Asia/Tokyo' });
    expect(refillIn(undefined, asked)).toBe(asked);
    expect(refillIn(undefined, NULL)).toBeNull();
    for (const none of [undefined, NULL] as const)
      expect(() => refillIn('Asia/Tokyo', none)).toThrow('--refill-time-zone');
  });

  it('one word of an option is null, what is not given stays absent', () => {
    const parse = nullable('none', amount);
    expect(sent(parse('none'))).toBeNull();
    expect(parse('none')).toBe(NULL);
    expect(sent(parse('0'))).toBe('0');
    expect(sent(undefined)).toBeUndefined();
  });

  it('durations are in milliseconds', () => {
    expect(durationMs('90d')).toBe(90 * 86_400_000);
    expect(durationMs('15m')).toBe(900_000);
    expect(() => durationMs('1y')).toThrow('is no duration');
  });

  it('a time is RFC 3339 and exists', () => {
    expect(instant('2026-12-01')).toBe(Date.UTC(2026, 11, 1));
    expect(instant('2026-12-01T08:00:00+01:00')).toBe(Date.UTC(2026, 11, 1, 7));
    for (const text of ['2026-02-30', 'yesterday', '2026-12-01 08:00', '2026-13-01', '1764000000']) {
      expect(() => instant(text)).toThrow('is no time');
    }
  });

  it('a duration where a time is asked for counts from now', () => {
    expect(instantOrDuration(1, () => 1_000)('1s')).toBe(2_000);
    expect(instantOrDuration(-1, () => 5_000)('2s')).toBe(3_000);
    expect(() => instantOrDuration(1)('tomorrow')).toThrow('is no time: give RFC 3339');
    expect(() => instantOrDuration(1)('tomorrow')).toThrow('or a duration from now such as 90d');
  });

  it('a duration that leads out of the calendar is refused', () => {
    for (const direction of [1, -1] as const) {
      expect(() => instantOrDuration(direction)('999999999w')).toThrow('"999999999w" is too long');
    }
    expect(new Date(instantOrDuration(1)('400000w')).getUTCFullYear()).toBeLessThan(9999);
  });

  it('numbers have bounds that the message names', () => {
    expect(integerBetween(1, 30)('30')).toBe(30);
    for (const text of ['0', '31', '-1', '1.5', '', 'x', '1e1']) {
      expect(() => integerBetween(1, 30)(text)).toThrow('whole number from 1 to 30');
    }
    expect(version('9223372036854775807')).toBe('9223372036854775807');
    expect(() => version('-1')).toThrow('is no version');
  });

  it('lists and words name what is allowed', () => {
    expect(listOf(['a', 'b'])('b, a,b')).toEqual(['b', 'a']);
    expect(() => oneOf(['a', 'b'])('c')).toThrow('give one of a, b');
  });

  it('pairs are collected, and a key is given once', () => {
    const pairs = collectPairs('b=x=y', collectPairs('__proto__=1', undefined));
    expect(JSON.stringify(pairs)).toBe('{"__proto__":"1","b":"x=y"}');
    expect(() => collectPairs('novalue', undefined)).toThrow('give key=value');
    expect(() => collectPairs('a=2', { a: '1' })).toThrow('given twice');
  });

  it('a tenant id is 1 to 64 of its characters', () => {
    expect(tenantId('acme-1_X')).toBe('acme-1_X');
    for (const text of ['', 'a.b', 'a'.repeat(65), 'ä']) expect(() => tenantId(text)).toThrow('is no tenant id');
  });

  it('a new command id is a UUIDv7 of its moment', () => {
    const id = newCommandId(0x0123456789ab);
    expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newCommandId()).not.toBe(newCommandId());
  });
});
