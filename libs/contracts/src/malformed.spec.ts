import type { DeadLetterCode } from '@app/domain';
import { decodeCommand } from './decode.js';

const delta = { type: 'credit.delta', id: 'c1', tenantId: 'acme', accountId: 'key_1', delta: '-3' };

/** A delta with this field written so. */
function written(name: string, json: string): string {
  const { [name as keyof typeof delta]: _replaced, ...others } = delta;
  return `{${JSON.stringify(name)}:${json},${JSON.stringify(others).slice(1)}`;
}

const metadataPairs = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, 'v']));

/** The list of records that must never stop the others. An unknown tenant is found by the ledger, not here. */
const MALFORMED: readonly [string, DeadLetterCode, string | Buffer | null, string?][] = [
  ['not JSON', 'NOT_JSON', 'credit me'],
  ['a JSON array', 'NOT_JSON', `[${JSON.stringify(delta)}]`],
  ['no value', 'EMPTY_VALUE', null],
  ['an empty value', 'EMPTY_VALUE', ''],
  ['an unknown type', 'UNKNOWN_TYPE', written('type', '"credit.double"')],
  ['an unknown schemaVersion', 'UNSUPPORTED_VERSION', written('schemaVersion', '2')],
  ['a missing tenant', 'MISSING_TENANT', JSON.stringify({ ...delta, tenantId: undefined })],
  ['over 64 KiB', 'TOO_LARGE', written('description', JSON.stringify('x'.repeat(65_536)))],
  ['2 MB', 'TOO_LARGE', Buffer.alloc(2_000_000, '{')],
  ['the number 1e400', 'INVALID_FIELD', written('delta', '1e400'), '/delta'],
  ['the number 1e2', 'INVALID_FIELD', written('delta', '1e2'), '/delta'],
  ['the number 1.0', 'INVALID_FIELD', written('delta', '1.0'), '/delta'],
  ['the number -0', 'INVALID_FIELD', written('delta', '-0'), '/delta'],
  ['the number 0.99999999999999999', 'INVALID_FIELD', written('delta', '0.99999999999999999'), '/delta'],
  ['an integer beyond 2^53 as a number', 'INVALID_FIELD', written('delta', '9007199254740993'), '/delta'],
  ['100 metadata keys', 'INVALID_FIELD', written('metadata', JSON.stringify(metadataPairs)), '/metadata'],
  ['metadata nested 3,000 deep', 'INVALID_FIELD', written('metadata', '{"a":'.repeat(3000) + '1' + '}'.repeat(3000))],
  ['wrong UTF-8', 'NOT_JSON', Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])],
  [
    'an overlong UTF-8 form',
    'NOT_JSON',
    Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xc0, 0x80]), Buffer.from('"}')]),
  ],
  [
    'a surrogate in UTF-8',
    'NOT_JSON',
    Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
  ],
  ['U+0000 in an id', 'INVALID_FIELD', written('id', '"c\\u0000"'), '/id'],
];

describe('a malformed record is a dead letter with its reason', () => {
  test.each(MALFORMED.map(([name, code, value, pointer]) => ({ name, code, value, pointer })))(
    '$name: $code',
    (malformed) => {
      const { code, value, pointer } = malformed;
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      const result = decodeCommand({ key: null, value: bytes, headers: {} });
      expect(result).toMatchObject({ ok: false, code });
      if (pointer !== undefined) expect(result).toMatchObject({ pointer });
      expect(!result.ok && result.message.length).toBeLessThan(1000);
    },
  );
});
