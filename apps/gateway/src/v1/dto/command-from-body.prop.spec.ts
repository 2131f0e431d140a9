import fc from 'fast-check';
import { COMMAND_EXAMPLES, decodeCommand, type DecodeResult, parseJsonLossless } from '@app/contracts';
import { COMMAND_DTOS, type GatewayCommandType } from './command-dtos.js';
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

/** A time that decides something, or null. */
const instantText = fc.oneof(
  dateTimeText,
  json(
    fc.constantFrom(
      '0001-01-01T00:00:00Z',
      '0001-01-01T00:00:00+00:01',
      '9999-12-31T23:59:59.999999Z',
      '9999-12-31T23:59:59-00:01',
      '2026-11-20T10:00:00.1239+05:30',
      null,
    ),
  ),
);

/** An integer, or nearly, about the bounds of a field. */
const integerText = (...bounds: number[]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...bounds.flatMap((bound) => [bound - 1, bound, bound + 1])).map(String),
    fc.constantFrom('1.0', '1e1', '1.5', '"1"', 'null'),
    numberText,
  );

const orNull = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(arbitrary, fc.constant('null'));
const record = (model: Record<string, fc.Arbitrary<string>>): fc.Arbitrary<string> =>
  fc.record(model, { requiredKeys: [] }).map(objectText);
const listText = (item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(item, { maxLength: 3 }).map((items) => `[${items.join(',')}]`);
const manyText = (item: string, max: number): fc.Arbitrary<string> =>
  fc.integer({ min: max - 1, max: max + 1 }).map((length) => `[${Array(length).fill(item).join(',')}]`);

const rolloverText = orNull(record({ percent: integerText(0, 100), cap: orNull(amountText) }));
const expiryText = orNull(
  record({
    type: json(fc.constantFrom('never', 'duration', 'period_end', 'always')),
    count: integerText(1, 10_000),
    unit: json(fc.constantFrom('days', 'weeks', 'months', 'years', 'hours', null)),
  }),
);
const costBasisText = orNull(record({ currency: json(textOf(16)), amount: amountText }));
const booleanText = fc.constantFrom('true', 'false', 'null', '"true"', '1');
const kindText = json(fc.constantFrom('plan', 'purchased', 'refund', 'gift', null));
const priorityText = integerText(-(2 ** 31), 2 ** 31 - 1, 0);

const idText = json(textOf(255));
const grantItemText = fc
  .record(
    {
      grantId: idText,
      name: orNull(idText),
      amount: fc.oneof(amountText, fc.constant('1')),
      priority: priorityText,
      effectiveAt: instantText,
      expiresAt: instantText,
      kind: kindText,
      costBasis: costBasisText,
      metadata: orNull(metadataText),
    },
    { requiredKeys: ['amount'] },
  )
  .map(objectText);
const fields = {
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
  reverses: fc.oneof(idText, fc.constant('"~abc"')),
  amount: amountText,
  onExpiredGrant: json(fc.constantFrom('adjust', 'forfeit', 'lose', null)),
  period: fc.oneof(idText, json(fc.constantFrom('daily', 'half_yearly', 'hourly', null))),
  grants: fc.oneof(listText(grantItemText), manyText('{"amount":1}', 1_000), fc.constant('[null]')),
  rollover: rolloverText,
  date: json(
    fc.constantFrom('2026-11-20', '2026-02-29', '0000-01-01', '0001-01-01', '2026-1-1', '2026-11-20T00:00:00Z'),
  ),
  grantId: idText,
  name: orNull(idText),
  priority: priorityText,
  effectiveAt: instantText,
  expiresAt: instantText,
  kind: kindText,
  costBasis: costBasisText,
  scheduleId: idText,
  scope: json(fc.constantFrom('account', 'plan', 'addon', 'tenant', null)),
  cadence: json(fc.constantFrom('one_time', 'recurring', 'never', null)),
  periodCount: integerText(1, 10_000),
  anchor: instantText,
  start: instantText,
  end: instantText,
  expiry: expiryText,
  timeZone: json(
    fc.constantFrom('UTC', 'Europe/Berlin', 'europe/berlin', 'Mars/Olympus', '+01:00', '', 'x'.repeat(65), null, 'é'),
  ),
  holdId: idText,
  partial: booleanText,
  final: booleanText,
  overage: json(fc.constantFrom('charge', 'reject', null)),
  scale: integerText(0, 9),
  singularName: orNull(idText),
  pluralName: orNull(idText),
  icon: orNull(json(textOf(1024))),
  defaultExpiry: expiryText,
  defaultRollover: rolloverText,
  prices: orNull(
    fc.oneof(
      listText(record({ currency: json(textOf(16)), pricePerUnit: amountText })),
      manyText('{"currency":"EUR","pricePerUnit":1}', 50),
    ),
  ),
};

const recorded = [
  'tenantId',
  'creditType',
  'schemaVersion',
  'actor',
  'reason',
  'description',
  'metadata',
  'occurredAt',
  'source',
] as const;
const catalog = ['id', 'expectedVersion', ...recorded] as const;
const common = ['accountId', ...catalog] as const;
const grant = ['grantId', 'name', 'amount', 'priority', 'effectiveAt', 'expiresAt', 'kind', 'costBasis'] as const;
const settings = ['refill', 'floor', 'onInsufficient', 'burnOrder', 'externalId', 'group'] as const;
const ofSchedule = ['amount', 'cadence', 'period', 'periodCount', 'anchor', 'start', 'end', 'expiry', 'kind'] as const;
const display = ['name', 'singularName', 'pluralName', 'icon'] as const;

/** Every field of every type. */
const FIELDS: Readonly<Record<GatewayCommandType, readonly (keyof typeof fields)[]>> = {
  'account.open': [...common, 'initial', ...settings],
  'account.configure': [...common, 'status', ...settings],
  'credit.delta': [...common, 'delta', 'onInsufficient'],
  'credit.set': [...common, 'value'],
  'credit.reverse': [...common, 'reverses', 'amount', 'onExpiredGrant', 'onInsufficient'],
  'account.reset': [...common, 'period', 'value', 'grants', 'rollover'],
  'account.refill': ['accountId', ...recorded, 'date'],
  'grant.create': [...common, ...grant],
  'grant.update': [...common, 'grantId', 'name', 'priority', 'expiresAt'],
  'grant.void': [...common, 'grantId'],
  'schedule.create': [...common, 'scheduleId', 'name', 'scope', ...ofSchedule, 'priority', 'timeZone', 'rollover'],
  'schedule.update': [...common, 'scheduleId', 'name', 'end'],
  'schedule.end': [...common, 'scheduleId', 'end'],
  'hold.create': [...common, 'holdId', 'amount', 'expiresAt', 'partial'],
  'hold.capture': [...common, 'holdId', 'amount', 'final', 'overage', 'onInsufficient'],
  'hold.extend': [...common, 'holdId', 'amount', 'expiresAt', 'partial'],
  'hold.release': [...common, 'holdId'],
  'credit-type.put': [...catalog, 'scale', ...display, 'burnOrder', 'defaultExpiry', 'defaultRollover', 'prices'],
  'credit-type.delete': [...catalog],
};

/** The text of a valid command in which a few fields are of any form, or gone. */
const commandText = fc
  .constantFrom(...(Object.keys(FIELDS) as GatewayCommandType[]))
  .chain((type) => fc.tuple(fc.constant(type), fc.constantFrom(...COMMAND_EXAMPLES[type])))
  .chain(([type, example]) => {
    const change = fc
      .constantFrom(...FIELDS[type])
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
    return fc.array(change, { maxLength: 3 }).map((changes) => {
      const sent = Object.entries(example).map(([name, value]) => [name, JSON.stringify(value)] as const);
      return { type, text: objectText(Object.fromEntries([...sent, ...changes])) };
    });
  });

/** With the fingerprint of before instead of what makes it, which can't be compared. */
function withEarlier(decoded: DecodeResult): object {
  return 'earlierFingerprint' in decoded ? { ...decoded, earlierFingerprint: decoded.earlierFingerprint?.() } : decoded;
}

describe('the DTOs and the decoder', () => {
  test('accept and refuse the same commands, and read the same from them', () => {
    const accepted = new Map<string, number>();
    const refused = new Map<string, number>();
    const count = (counts: Map<string, number>, type: string): unknown => counts.set(type, (counts.get(type) ?? 0) + 1);
    fc.assert(
      fc.property(commandText, ({ type, text }) => {
        const decoded = decodeCommand({ key: null, value: Buffer.from(text), headers: {} });
        // The refill has a route of its own, which says the type.
        const given = type === 'account.refill' ? { type } : {};
        const made = commandFromBody(parseJsonLossless(text) as Record<string, unknown>, given);
        expect([made.ok, made.ok || made.code]).toEqual([decoded.ok, decoded.ok || decoded.code]);
        if (!made.ok || !decoded.ok) {
          count(refused, type);
          return;
        }
        count(accepted, type);
        const published = decodeCommand({ key: null, value: Buffer.from(made.value), headers: {} });
        expect(withEarlier(published)).toEqual(withEarlier(decoded));
      }),
      { numRuns: 4000 },
    );
    // Neither side of the property may be empty.
    for (const counts of [accepted, refused])
      expect(Object.keys(FIELDS).filter((type) => !counts.has(type))).toEqual([]);
  });

  test('are of all types of publishers', () => {
    expect(
      Object.keys(FIELDS)
        .filter((type) => type !== 'account.refill')
        .sort(),
    ).toEqual(Object.keys(COMMAND_DTOS).sort());
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
