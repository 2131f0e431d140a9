import fc from 'fast-check';
import { decodeCommand, parseJsonLossless } from '@app/contracts';
import { commandFromBody } from './command-from-body.js';

/*
 * One rule, two implementations: the gateway's DTOs and the worker's decoder accept and refuse the same commands.
 * The documented differences (unknown fields; what the request says elsewhere) have their tests in
 * command-from-body.spec.ts; here no field is unknown.
 */

/** A JSON text of a value that one of the kinds of fields takes, or nearly takes. */
const json = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  arbitrary.map((value) => JSON.stringify(value));

const character = fc.constantFrom(
  'a',
  'Z',
  '7',
  '_',
  '-',
  '.',
  '~',
  ' ',
  ':',
  'é',
  '😀',
  '\0',
  '\ud800',
  '\n',
  '\u0301',
);
const textOf = (max: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: character, maxLength: 5 }),
    fc.integer({ min: max - 1, max: max + 1 }).map((length) => 'x'.repeat(length)),
    fc.integer({ min: max - 1, max: max + 1 }).map((length) => '😀'.repeat(length)),
  );

const numberText = fc.oneof(
  fc.constantFrom('0', '-0', '1', '1.0', '1e2', '1e400', '0.99999999999999999', '9007199254740991', '9007199254740992'),
  fc.maxSafeInteger().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const amountText = fc.oneof(
  fc.constantFrom('"0"', '"-0"', '"-0.0"', '"1.50"', '".5"', '"5."', '"01"', '"+1"', '"1e2"', '""', '" 1"', '"-1"'),
  json(fc.stringMatching(/^-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,12})?$/)),
  json(fc.integer({ min: 60, max: 66 }).map((length) => '1'.repeat(length))),
  numberText,
);

const refillText = fc
  .record(
    {
      interval: json(fc.constantFrom('daily', 'monthly', 'weekly', null)),
      amount: amountText,
      refillDay: fc.oneof(fc.constantFrom('1', '31', '0', '32', '3.0', '1.5', '"1"', 'null'), numberText),
    },
    { requiredKeys: [] },
  )
  .map(objectText);

const actorText = fc
  .record({ type: json(textOf(64)), id: json(textOf(255)), name: json(textOf(255)) }, { requiredKeys: [] })
  .map(objectText);

const metadataText = json(
  fc.oneof(
    fc.dictionary(textOf(40), fc.oneof(textOf(500), fc.integer()), { maxKeys: 4 }),
    fc
      .integer({ min: 49, max: 51 })
      .map((count) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}`, '']))),
  ),
);

const dateTimeText = json(
  fc.oneof(
    fc.constantFrom(
      '2026-02-28T10:00:00Z',
      '2026-02-29T10:00:00Z',
      '2024-02-29t10:00:00.5z',
      '2026-11-20T24:00:00Z',
      '2026-11-20T23:59:60Z',
      '2026-11-20 10:00:00Z',
      '2026-11-20T10:00:00',
      '2026-11-20T10:00:00+24:00',
      '2026-11-20',
      '0000-01-01T00:00:00-00:00',
    ),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  ),
);

/** What any field may be sent as by mistake. */
const anyText = fc.constantFrom(
  'null',
  'true',
  '7',
  '"x"',
  '""',
  '[]',
  '{}',
  '[{}]',
  '1e2',
  '{"downTo":"1"}',
  '"active"',
);

const idText = json(textOf(255));
const fields = {
  type: json(fc.constantFrom('account.open', 'account.configure', 'credit.delta', 'credit.set')),
  id: idText,
  tenantId: json(textOf(64)),
  accountId: idText,
  creditType: json(fc.oneof(textOf(64), fc.constant('credits'))),
  schemaVersion: fc.constantFrom('1', '1.0', '2', '"1"', '1e0'),
  expectedVersion: fc.oneof(
    fc.constantFrom('"9223372036854775807"', '"9223372036854775808"', '"007"', '"-1"', '"1.0"', '""', '1.0', '-1'),
    json(fc.maxSafeNat()),
    json(fc.bigInt({ min: 0n, max: 2n ** 64n }).map(String)),
  ),
  actor: actorText,
  reason: json(textOf(64)),
  description: json(textOf(1024)),
  metadata: metadataText,
  occurredAt: dateTimeText,
  source: json(textOf(255)),
  delta: amountText,
  value: fc.oneof(amountText, fc.constant('null')),
  initial: fc.oneof(amountText, fc.constant('null')),
  refill: fc.oneof(refillText, fc.constant('null')),
  floor: fc.oneof(amountText, fc.constant('null')),
  onInsufficient: fc.oneof(
    json(fc.constantFrom('reject', 'clamp', 'allow', 'Reject', null)),
    amountText.map((amount) => `{"downTo":${amount}}`),
  ),
  burnOrder: json(fc.constantFrom('priority', 'last_in_first_out', 'random', null)),
  externalId: fc.oneof(idText, fc.constant('null')),
  group: fc.oneof(idText, fc.constant('null')),
  status: json(fc.constantFrom('active', 'frozen', 'closed', 'open', null)),
};

const common = [
  'id',
  'tenantId',
  'accountId',
  'creditType',
  'schemaVersion',
  'expectedVersion',
  'actor',
  'reason',
  'description',
  'metadata',
  'occurredAt',
  'source',
] as const;
const own = {
  'account.open': ['initial', 'refill', 'floor', 'onInsufficient', 'burnOrder', 'externalId', 'group'],
  'account.configure': ['status', 'refill', 'floor', 'onInsufficient', 'burnOrder', 'externalId', 'group'],
  'credit.delta': ['delta', 'onInsufficient'],
  'credit.set': ['value'],
} as const;
const valid = { id: '"c1"', tenantId: '"acme"', accountId: '"key_1"', delta: '"1"', value: '1' };

type Type = keyof typeof own;

/** The text of a valid command in which a few fields are of any form, or gone. */
const commandText = fc.constantFrom(...(Object.keys(own) as Type[])).chain((type) => {
  const names = [...common, ...own[type]];
  const change = fc
    .constantFrom(...names)
    .chain((name) =>
      fc.tuple(
        fc.constant(name),
        fc.oneof(
          { weight: 8, arbitrary: fields[name] },
          { weight: 1, arbitrary: anyText },
          { weight: 1, arbitrary: fc.constant(undefined) },
        ),
      ),
    );
  return fc.array(change, { maxLength: 4 }).map((changes) => {
    const needed = Object.entries(valid).filter(([name]) => names.some((known) => known === name));
    return objectText(Object.fromEntries([['type', JSON.stringify(type)], ...needed, ...changes]));
  });
});

describe('the DTOs and the decoder', () => {
  test('accept and refuse the same commands, and read the same from them', () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(commandText, (text) => {
        const decoded = decodeCommand({ key: null, value: Buffer.from(text), headers: {} });
        const made = commandFromBody(parseJsonLossless(text) as Record<string, unknown>);
        expect([made.ok, made.ok || made.code]).toEqual([decoded.ok, decoded.ok || decoded.code]);
        if (!made.ok || !decoded.ok) {
          refused += 1;
          return;
        }
        accepted += 1;
        const published = decodeCommand({ key: null, value: Buffer.from(made.value), headers: {} });
        expect(published).toEqual(decoded);
      }),
      { numRuns: 2000 },
    );
    // Neither side of the property may be empty.
    expect(Math.min(accepted, refused)).toBeGreaterThan(200);
  });

  test('name the same field when one is wrong', () => {
    const base = { type: 'credit.delta', id: 'c1', tenantId: 'acme', accountId: 'key_1', delta: '1' };
    const wrong = {
      id: '~a',
      tenantId: 'ä',
      accountId: '',
      creditType: ' ',
      delta: '1e2',
      reason: 7,
      metadata: [],
      actor: [],
    };
    for (const [name, value] of Object.entries(wrong)) {
      const text = JSON.stringify({ ...base, [name]: value });
      const decoded = decodeCommand({ key: null, value: Buffer.from(text), headers: {} });
      const made = commandFromBody(parseJsonLossless(text) as Record<string, unknown>);
      expect(!decoded.ok && decoded.pointer).toBe(`/${name}`);
      expect(!made.ok && made.errors.map(({ pointer }) => pointer)).toEqual([`/${name}`]);
    }
  });
});

function objectText(members: Readonly<Record<string, string | undefined>>): string {
  const texts = Object.entries(members).filter(([, value]) => value !== undefined);
  return `{${texts.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}
