import { isAmountText, NumberText, parseJsonLossless } from '@app/contracts';
import fc from 'fast-check';

import { exactDecimal, isJsonNumber } from './exact-number.js';

const decimalOf = (json: string): string | undefined => {
  const value = parseJsonLossless(json);
  if (!isJsonNumber(value)) throw new Error(`${json} is no number`);
  return exactDecimal(value);
};

describe('a number of a JSON body', () => {
  it.each([
    ['3', '3'],
    ['-3', '-3'],
    ['0', '0'],
    ['-0', '0'],
    ['0.000', '0'],
    ['0e999999999999', '0'],
    ['1.50', '1.5'],
    ['-0.05', '-0.05'],
    ['1e2', '100'],
    ['1E+2', '100'],
    ['15e-1', '1.5'],
    ['1.25e1', '12.5'],
    ['-1e-9', '-0.000000001'],
    ['120e-2', '1.2'],
    ['0.00120e3', '1.2'],
    ['9007199254740993', '9007199254740993'],
    ['0.99999999999999999', '0.99999999999999999'],
  ])('%s means exactly %s', (json, decimal) => {
    expect(decimalOf(json)).toBe(decimal);
  });

  it.each(['1e64', '1e-70', '1e400', '-1e999999999999', '1e-999999999999', '9'.repeat(65)])(
    '%s is longer than an amount may be',
    (json) => expect(decimalOf(json)).toBeUndefined(),
  );

  it('is a number however it is written, and a string is none', () => {
    expect([1, new NumberText('1e2')].map(isJsonNumber)).toEqual([true, true]);
    expect(['1', null, undefined, true, {}, []].map(isJsonNumber)).not.toContain(true);
  });

  it('keeps its value through any exponent, as an amount', () => {
    const digits = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
    fc.assert(
      fc.property(digits, fc.integer({ min: -9, max: 9 }), (number, exponent) => {
        const decimal = decimalOf(`${number}e${exponent}`) ?? '';
        expect(isAmountText(decimal)).toBe(true);
        const [whole = '', fraction = ''] = decimal.split('.');
        expect(BigInt(whole + fraction.padEnd(9, '0'))).toBe(number * 10n ** BigInt(9 + exponent));
      }),
    );
  });
});
