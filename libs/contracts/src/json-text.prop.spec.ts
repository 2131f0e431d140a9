import fc from 'fast-check';
import { NumberText, parseJsonLossless } from './json-text.js';

/** Number tokens of every form, with the cases where doubles go wrong. */
const numberToken = fc.oneof(
  fc.maxSafeInteger().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.bigInt().map(String),
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?$/),
);

function withoutNumberTexts(value: unknown): unknown {
  if (value instanceof NumberText) return value.toNumber();
  if (Array.isArray(value)) return value.map(withoutNumberTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutNumberTexts(item)]));
}

describe('parseJsonLossless', () => {
  test('differs from JSON.parse in numbers only', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
        expect(withoutNumberTexts(parseJsonLossless(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('keeps the text of every number that is no plain safe integer, wherever it stands', () => {
    fc.assert(
      fc.property(numberToken, fc.string({ unit: 'binary' }), (token, around) => {
        const key = JSON.stringify(around);
        const parsed = parseJsonLossless(`{${key}:[${token},{"a":${token}}],"text":${key}}`);
        const plain = /^(0|-?[1-9]\d*)$/.test(token) && Number.isSafeInteger(Number(token));
        const number = plain ? Number(token) : new NumberText(token);
        const expected = around === 'text' ? { text: around } : { [around]: [number, { a: number }], text: around };
        if (around !== '__proto__') expect(parsed).toStrictEqual(expected);
      }),
    );
  });

  test('takes the last of repeated keys, and __proto__ as an ordinary key', () => {
    expect(parseJsonLossless('{"a":1,"a":1e2}')).toEqual({ a: new NumberText('1e2') });
    const parsed = parseJsonLossless('{"__proto__":{"x":1.5}}') as object;
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(Object.entries(parsed)).toEqual([['__proto__', { x: new NumberText('1.5') }]]);
  });

  test('reads half a million levels without exhausting the stack', () => {
    const levels = 500_000;
    expect(() => parseJsonLossless('['.repeat(levels) + '1.5' + ']'.repeat(levels))).not.toThrow();
  });

  test('throws SyntaxError for what is no JSON', () => {
    for (const text of ['', '01', '{', '1.', '+1', 'NaN']) expect(() => parseJsonLossless(text)).toThrow(SyntaxError);
  });
});
