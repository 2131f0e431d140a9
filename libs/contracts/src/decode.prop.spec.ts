import fc from 'fast-check';
import { decodeCommand, type DecodeResult } from './decode.js';

const PLAIN = /^(0|-?[1-9]\d*)$/;

function decode(text: string): DecodeResult {
  return decodeCommand({ key: null, value: Buffer.from(text), headers: {} });
}

describe('the decoder', () => {
  test('takes a number for an amount exactly when its source text is an integer within ±(2^53−1)', () => {
    const token = fc.oneof(
      fc.maxSafeInteger().map(String),
      fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }).map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.stringMatching(/^-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?$/),
    );
    const blank = fc.constantFrom('', ' ', '\n', '\t\r\n', '  ');
    const decoy = fc.constantFrom(
      '',
      '"delta":7,',
      '"x":{"delta":7},',
      '"reason":"delta",',
      '"description":"\\u0041",',
    );
    fc.assert(
      fc.property(token, blank, blank, decoy, (number, before, after, extra) => {
        const text = `{"type":"credit.delta","id":"c","tenantId":"t","accountId":"a",${extra}"delta"${before}:${before}${number}${after}}`;
        const result = decode(text);
        const exact = PLAIN.test(number) && Number.isSafeInteger(Number(number));
        expect(result.ok).toBe(exact);
        if (result.ok) expect(result.command).toMatchObject({ delta: number });
      }),
    );
  });

  test('never throws, whatever bytes a record holds', () => {
    const headers = fc.dictionary(
      fc.constantFrom('ce_id', 'ce_type', 'ce_specversion', 'content-type', 'kafka_replyTopic', 'kafka_correlationId'),
      fc.oneof(
        fc.uint8Array().map(Buffer.from),
        fc.constant('application/cloudevents+json'),
        fc.constant('credit.delta'),
      ),
    );
    const value = fc.oneof(fc.uint8Array(), fc.json().map(Buffer.from), fc.constant(null));
    fc.assert(
      fc.property(value, headers, (bytes, sent) => {
        decodeCommand({ key: null, value: bytes && Buffer.from(bytes), headers: sent });
      }),
    );
  });

  test('never throws for a command with any value in any field', () => {
    const name = fc.constantFrom(
      'id',
      'tenantId',
      'accountId',
      'delta',
      'metadata',
      'actor',
      'refill',
      'onInsufficient',
    );
    const base = { type: 'credit.delta', id: 'c', tenantId: 't', accountId: 'a', delta: '1' };
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.jsonValue()),
        fc.constantFrom('credit.delta', 'account.open'),
        (fields, type) => {
          decode(JSON.stringify({ ...base, ...fields, type }));
        },
      ),
    );
  });
});
