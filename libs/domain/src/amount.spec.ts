import { MINOR_MAX, MINOR_MIN } from './account.js';
import { fitsMinor, formatMinor, parseMinor } from './amount.js';

describe('amounts', () => {
  it.each([
    [0n, 0, '0'],
    [0n, 9, '0'],
    [1n, 9, '0.000000001'],
    [-1n, 2, '-0.01'],
    [-1050n, 2, '-10.5'],
    [1000n, 2, '10'],
    [1000n, 0, '1000'],
    [MINOR_MAX, 0, '9223372036854775807'],
    [MINOR_MIN, 6, '-9223372036854.775808'],
  ])('%s minor units at scale %s are written "%s", and read back', (minor, scale, text) => {
    expect(formatMinor(minor, scale)).toBe(text);
    expect(parseMinor(text, scale)).toBe(minor);
  });

  it('are refused, not rounded, when they have more decimals than the scale', () => {
    expect(parseMinor('0.1', 0)).toBe('precision');
    expect(parseMinor('-1.234', 2)).toBe('precision');
    expect(parseMinor(`${'9'.repeat(40)}.123`, 2)).toBe('precision');
  });

  it('are refused outside the signed 64-bit range, however long they are', () => {
    expect(parseMinor('9223372036854775808', 0)).toBe('overflow');
    expect(parseMinor('-9223372036854775809', 0)).toBe('overflow');
    expect(parseMinor('9223372036854775807', 1)).toBe('overflow');
    expect(parseMinor('9'.repeat(60_000), 0)).toBe('overflow');
    expect(fitsMinor(MINOR_MAX + 1n)).toBe(false);
    expect(fitsMinor(MINOR_MIN - 1n)).toBe(false);
  });

  it('keep every digit of an integer that no binary float can hold', () => {
    expect(parseMinor('9007199254740993', 0)).toBe(9007199254740993n);
    expect(formatMinor(9007199254740993n, 0)).toBe('9007199254740993');
  });
});
