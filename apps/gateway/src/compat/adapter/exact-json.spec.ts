import { NumberText, parseJsonLossless } from '@app/contracts';

import { exactJson } from './exact-json.js';

describe('exact JSON', () => {
  it('writes every number as it was read', () => {
    const text = '{"a":9007199254740993,"b":[1.10,1e2,-0,0.99999999999999999],"c":{"d":7}}';
    expect(exactJson(parseJsonLossless(text))).toBe(text);
  });

  it('writes a bigint and a decimal as numbers', () => {
    expect(exactJson({ n: 2n ** 63n - 1n, d: new NumberText('0.10') })).toBe('{"n":9223372036854775807,"d":0.10}');
  });

  it('is JSON.stringify for everything else', () => {
    const value = { text: 'a"\\\n\u2028é', yes: true, none: null, absent: undefined, list: [null, undefined], sub: {} };
    expect(exactJson(value)).toBe(JSON.stringify(value));
  });
});
