import { parseJsonLossless } from '@app/contracts';
import fc from 'fast-check';

import { exactJson } from './exact-json.js';

describe('JSON that is printed again', () => {
  it('is laid out as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value, null, 2);
        expect(exactJson(parseJsonLossless(text))).toBe(text);
      }),
    );
  });

  it('keeps every digit of every number', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(exactJson(parseJsonLossless(`{"a":[${value}]}`))).toBe(`{\n  "a": [\n    ${value}\n  ]\n}`);
      }),
    );
    for (const text of ['1.0', '1e2', '-0', '0.10', '123456789.123456789123456789']) {
      expect(exactJson(parseJsonLossless(text))).toBe(text);
    }
  });
});
