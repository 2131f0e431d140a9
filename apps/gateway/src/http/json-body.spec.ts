import { NumberText } from '@app/contracts';

import { jsonBody } from './json-body.js';

const json = (text: string | Buffer): unknown => jsonBody(Buffer.from(text), 'application/json');

describe('a JSON body', () => {
  it('loses no digit: plain integers are numbers, all others keep their source text', () => {
    const body = json('{"a":-3,"b":9007199254740993,"c":1.0,"d":0.99999999999999999,"e":1e2}') as Record<
      string,
      unknown
    >;
    expect(body.a).toBe(-3);
    for (const name of ['b', 'c', 'd', 'e']) expect(body[name]).toBeInstanceOf(NumberText);
    expect(String(body.b)).toBe('9007199254740993');
  });

  it.each(['{', '', '[]', '"text"', '1', 'null', '{"a":1}}', "{'a':1}"])('%j is refused with 400 NOT_JSON', (text) => {
    expect(() => json(text)).toThrow(expect.objectContaining({ status: 400, code: 'NOT_JSON' }));
  });

  it('must be UTF-8', () => {
    const broken = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    expect(() => json(broken)).toThrow(expect.objectContaining({ status: 400, code: 'NOT_JSON' }));
  });

  it.each(['{"a":"\\u0000"}', '{"a":"\\ud800"}', `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`])(
    'with U+0000, a lone surrogate or deep nesting is refused with 400',
    (text) => {
      expect(() => json(text)).toThrow(expect.objectContaining({ status: 400, code: 'INVALID_FIELD' }));
    },
  );

  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['Application/JSON'],
    ['application/merge-patch+json'],
  ])('is taken as %s', (contentType) => {
    expect(jsonBody(Buffer.from('{"a":1}'), contentType)).toEqual({ a: 1 });
  });

  it.each([['text/plain'], ['application/x-www-form-urlencoded'], ['application/jsonx'], [undefined]])(
    'is refused with 415 as %s',
    (contentType) => {
      expect(() => jsonBody(Buffer.from('{"a":1}'), contentType)).toThrow(expect.objectContaining({ status: 415 }));
    },
  );

  it('an object member named __proto__ is an ordinary field', () => {
    expect(Object.keys(json('{"__proto__":{"delta":5}}') as object)).toEqual(['__proto__']);
  });
});
