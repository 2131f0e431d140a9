import fc from 'fast-check';
import { COMMAND_SPECS } from './command-table.js';
import { decodeCommand, type DecodeResult } from './decode.js';
import { COMMAND_EXAMPLES } from './examples.js';
import { Fault } from './fault.js';
import { type JsonObject, JsonSource } from './json-text.js';

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

  test('never throws for a command of any type with any value in any field', () => {
    const command = fc.constantFrom(...COMMAND_SPECS.values()).chain(({ type, table }) => {
      const name = fc.constantFrom(...table.fields.map((field) => field.name));
      return fc
        .tuple(fc.constantFrom(...COMMAND_EXAMPLES[type]), fc.dictionary(name, fc.jsonValue(), { maxKeys: 4 }))
        .map(([example, fields]) => ({ ...example, ...fields, type }));
    });
    fc.assert(
      fc.property(command, (fields) => {
        decode(JSON.stringify(fields));
      }),
      { numRuns: 500 },
    );
  });

  test('makes the same fingerprint of numbers read one by one and of the whole text', () => {
    const example = fc.constantFrom(...Object.values(COMMAND_EXAMPLES).flat());
    fc.assert(
      fc.property(example, (sent) => {
        const text = JSON.stringify(sent);
        const source = new JsonSource(text, '');
        const { table } = COMMAND_SPECS.get((sent as { type: string }).type)!;
        const read = table.read(JSON.parse(text) as JsonObject, source, '');
        if (read instanceof Fault) throw new Error(read.message);
        expect(table.canonical(source.marked() as JsonObject)).toBe(read.canonical);
      }),
    );
  });
});
