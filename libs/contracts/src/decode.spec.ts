import { DEAD_LETTER_CODES } from '@app/domain';
import { decodeCommand, type Decoded, type DecodeResult, type Undecodable } from './decode.js';
import type { RecordHeaders } from './headers.js';
import { LIMITS } from './limits.js';

const delta = { type: 'credit.delta', id: 'c1', tenantId: 'acme', accountId: 'key_1', delta: '-3' };

function decodeText(text: string | Buffer | null, headers: RecordHeaders = {}): DecodeResult {
  return decodeCommand({ key: null, value: typeof text === 'string' ? Buffer.from(text) : text, headers });
}

function decode(fields: object, headers?: RecordHeaders): DecodeResult {
  return decodeText(JSON.stringify(fields), headers);
}

function accepted(result: DecodeResult): Decoded {
  if (!result.ok) throw new Error(`refused: ${result.code} ${result.message}`);
  return result;
}

function refused(result: DecodeResult): Undecodable {
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(result.command)}`);
  return result;
}

/** The command with this text in place of the JSON of its delta. */
function deltaText(amount: string): string {
  return `{"type":"credit.delta","id":"c1","tenantId":"acme","accountId":"key_1","delta":${amount}}`;
}

describe('a command on the log', () => {
  test('is read from a plain JSON value without key and headers', () => {
    const result = accepted(decode(delta));
    expect(result.command).toEqual({ ...delta, creditType: 'credits' });
    expect(result.fingerprint).toHaveLength(32);
  });

  test('may have all common fields', () => {
    const common = {
      creditType: 'tokens.v2_a-b',
      actor: { type: 'user', id: 'u1', name: 'Ada' },
      reason: 'usage',
      description: '3 images',
      metadata: { region: 'eu' },
      occurredAt: '2026-11-20T10:00:00.123456+01:00',
      source: 'image-service',
    };
    const { command } = accepted(decode({ ...delta, ...common, schemaVersion: 1, expectedVersion: 17 }));
    expect(command).toEqual({ ...delta, ...common, expectedVersion: 17n });
  });

  test('may have unknown fields, which the worker ignores, at the top and within objects', () => {
    const actor = { type: 'user', id: 'u1', extra: 1 };
    const { command } = accepted(decode({ ...delta, surprise: { a: [1, null, true] }, actor }));
    expect(command).toEqual({ ...delta, creditType: 'credits', actor: { type: 'user', id: 'u1' } });
  });

  test('may have keys of the prototype, which are ordinary unknown fields', () => {
    const extra = '"__proto__":{"tenantId":"evil","delta":"9"},"constructor":1,"toString":null,"hasOwnProperty":2';
    const { command } = accepted(decodeText(`{${extra},${deltaText('"-3"').slice(1)}`));
    expect(command).toEqual({ ...delta, creditType: 'credits' });
    expect(Object.getPrototypeOf(command)).toBe(Object.prototype);
    expect(refused(decodeText('{"__proto__":{"type":"credit.delta","tenantId":"evil"}}')).code).toBe('UNKNOWN_TYPE');
    expect(({} as Record<string, unknown>).tenantId).toBeUndefined();
  });

  test('keeps metadata under keys of the prototype', () => {
    const { command } = accepted(
      decodeText(`{"metadata":{"__proto__":"a","constructor":"b"},${deltaText('1').slice(1)}`),
    );
    expect(Object.entries(command.metadata ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  test('with a repeated field means the last one', () => {
    const { command } = accepted(decodeText(`{"delta":1e2,${deltaText('7').slice(1)}`));
    expect(command).toMatchObject({ delta: '7' });
  });
});

describe('the first check that fails names the reason', () => {
  const invalidFieldOnly = { ...delta, delta: 'x' };
  const cases: [string, Buffer | string | null][] = [
    ['EMPTY_VALUE', null],
    ['TOO_LARGE', Buffer.alloc(LIMITS.valueBytesMax + 1, 0xff)],
    ['NOT_JSON', '{"schemaVersion":2'],
    ['UNKNOWN_TYPE', JSON.stringify({ ...invalidFieldOnly, type: 'x', schemaVersion: 2, tenantId: '' })],
    ['UNSUPPORTED_VERSION', JSON.stringify({ ...invalidFieldOnly, schemaVersion: 2, tenantId: '' })],
    ['MISSING_TENANT', JSON.stringify({ ...invalidFieldOnly, tenantId: '' })],
    ['INVALID_FIELD', JSON.stringify(invalidFieldOnly)],
  ];

  test.each(cases)('%s', (code, value) => {
    expect(refused(decodeText(value)).code).toBe(code);
  });

  test('in the order of the list of dead letters', () => {
    expect(cases.map(([code]) => code)).toEqual(DEAD_LETTER_CODES.slice(0, cases.length));
  });
});

describe('EMPTY_VALUE and TOO_LARGE', () => {
  test('an empty value is EMPTY_VALUE', () => {
    expect(refused(decodeText('')).code).toBe('EMPTY_VALUE');
  });

  test('64 KiB are allowed, one byte more is TOO_LARGE', () => {
    const padded = (bytes: number): string => deltaText('1') + ' '.repeat(bytes - deltaText('1').length);
    expect(decodeText(padded(65536)).ok).toBe(true);
    expect(refused(decodeText(padded(65537)))).toMatchObject({
      code: 'TOO_LARGE',
      message: expect.stringMatching(/65537/),
    });
    expect(refused(decodeText(Buffer.alloc(2_000_000, 32))).code).toBe('TOO_LARGE');
  });
});

describe('NOT_JSON', () => {
  test.each([
    ['text', 'hello'],
    ['an array', '[1]'],
    ['a string', '"x"'],
    ['a number', '7'],
    ['null', 'null'],
    ['a truncated object', deltaText('1').slice(0, -1)],
    ['two objects', '{}{}'],
    ['a byte order mark', `\ufeff${deltaText('1')}`],
    ['a raw U+0000 in a string', deltaText('1').replace('c1', 'c\u00001')],
    ['NaN', deltaText('NaN')],
    ['Infinity', deltaText('Infinity')],
    ['a leading +', deltaText('+1')],
    ['a leading zero', deltaText('01')],
  ])('%s', (_name, text) => {
    expect(refused(decodeText(text)).code).toBe('NOT_JSON');
  });

  test('wrong UTF-8', () => {
    const value = Buffer.from(deltaText('1'));
    value[value.indexOf('key_1')] = 0xff;
    expect(refused(decodeText(value)).code).toBe('NOT_JSON');
  });
});

describe('UNKNOWN_TYPE and UNSUPPORTED_VERSION', () => {
  test.each([undefined, null, '', 'credit.unknown', 'CREDIT.DELTA', 7, ['credit.delta'], '__proto__', 'constructor'])(
    'type %p is UNKNOWN_TYPE',
    (type) => {
      expect(refused(decode({ ...delta, type })).code).toBe('UNKNOWN_TYPE');
    },
  );

  test.each([0, 2, '1', null, true, 1.5, [1], {}])('schemaVersion %p is UNSUPPORTED_VERSION', (schemaVersion) => {
    expect(refused(decode({ ...delta, schemaVersion })).code).toBe('UNSUPPORTED_VERSION');
  });

  test('schemaVersion 1e400 is UNSUPPORTED_VERSION', () => {
    expect(refused(decodeText(`{"schemaVersion":1e400,${deltaText('1').slice(1)}`)).code).toBe('UNSUPPORTED_VERSION');
  });
});

describe('tenant', () => {
  test.each([undefined, null, ''])('%p is MISSING_TENANT', (tenantId) => {
    expect(refused(decode({ ...delta, tenantId })).code).toBe('MISSING_TENANT');
  });

  test.each([7, {}, 'a b', 'ä', 'a/b', 'a:b', 'acme\n', 'x'.repeat(65)])('%p is INVALID_FIELD', (tenantId) => {
    expect(refused(decode({ ...delta, tenantId }))).toMatchObject({ code: 'INVALID_FIELD', pointer: '/tenantId' });
  });
});

describe('amounts', () => {
  test.each([
    ['0', '0'],
    ['-3', '-3'],
    ['9007199254740991', '9007199254740991'],
    ['-9007199254740991', '-9007199254740991'],
    [' 5 ', '5'],
    ['\t5\n', '5'],
  ])('the number %j is exact', (text, amount) => {
    expect(accepted(decodeText(deltaText(text))).command).toMatchObject({ delta: amount });
  });

  test.each([
    '1e400',
    '-1e400',
    '1e2',
    '1E2',
    '1e0',
    '100e-2',
    '1.0',
    '1.5',
    '0.0',
    '-0',
    '-0.0',
    '0e0',
    '0.99999999999999999',
    '9007199254740991.4',
    '9007199254740992',
    '9007199254740993',
    '-9007199254740992',
    '100000000000000000000',
    'true',
    'null',
    '[]',
    '[1]',
    '{}',
  ])('%s without quotes is INVALID_FIELD', (text) => {
    expect(refused(decodeText(deltaText(text)))).toMatchObject({ code: 'INVALID_FIELD', pointer: '/delta' });
    expect(decodeText(deltaText(` ${text} `)).ok).toBe(false);
  });

  test.each([
    ['1.50', '1.5'],
    ['1.00', '1'],
    ['100', '100'],
    ['0.0', '0'],
    ['0.10', '0.1'],
    ['-10.500', '-10.5'],
    ['9007199254740993', '9007199254740993'],
    ['99999999999999999999999999', '99999999999999999999999999'],
    [`0.${'1'.repeat(62)}`, `0.${'1'.repeat(62)}`],
  ])('the string "%s" is %s', (text, amount) => {
    expect(accepted(decode({ ...delta, delta: text })).command).toMatchObject({ delta: amount });
  });

  test.each([
    '',
    ' ',
    '+1',
    '-',
    '.',
    '.5',
    '5.',
    '01',
    '-01',
    '1e2',
    '1E2',
    '-0',
    '-0.0',
    '-0.00',
    'NaN',
    'Infinity',
    '-Infinity',
    ' 1',
    '1 ',
    '1\n',
    '1,5',
    '1_000',
    '0x10',
    '١',
    '1n',
    `0.${'1'.repeat(63)}`,
  ])('the string %j is INVALID_FIELD', (text) => {
    expect(refused(decode({ ...delta, delta: text }))).toMatchObject({ code: 'INVALID_FIELD', pointer: '/delta' });
  });

  test('are found under an escaped key', () => {
    const text = deltaText('1').replace('"delta":1', '"d\\u0065lta":');
    expect(accepted(decodeText(text.replace('}', '5}'))).command).toMatchObject({ delta: '5' });
    expect(refused(decodeText(text.replace('}', '1e2}'))).pointer).toBe('/delta');
  });

  test('are not confused with fields of the same name elsewhere', () => {
    const with100 = (before: string, amount: string): DecodeResult =>
      decodeText(`{${before},${deltaText(amount).slice(1)}`);
    for (const before of [
      '"metadata":{"delta":"x"}',
      '"other":{"delta":100}',
      '"reason":"delta"',
      '"description":"\\"delta\\":100,"',
      '"delta":100',
      '"x":["delta",100]',
    ]) {
      expect(accepted(with100(before, '100')).command).toMatchObject({ delta: '100' });
      expect(refused(with100(before, '1e2')).pointer).toBe('/delta');
    }
    expect(refused(decodeText(`${deltaText('1e2').slice(0, -1)},"other":{"delta":100}}`)).pointer).toBe('/delta');
  });

  test('within objects are exact too', () => {
    const open = (amount: string): DecodeResult =>
      decodeText(
        `{"type":"account.open","id":"o","tenantId":"acme","accountId":"a","floor":-5,"onInsufficient":{"downTo":-100},` +
          `"refill":{"interval":"daily","amount":${amount}}}`,
      );
    expect(accepted(open('100')).command).toMatchObject({
      floor: '-5',
      onInsufficient: { downTo: '-100' },
      refill: { interval: 'daily', amount: '100' },
    });
    for (const amount of ['1e2', '1.0', '0', '-1', '"0"', '"0.0"', '"-1"']) {
      expect(refused(open(amount)).pointer).toBe('/refill/amount');
    }
    const policy = { ...delta, onInsufficient: { downTo: '-0' } };
    expect(refused(decode(policy)).pointer).toBe('/onInsufficient/downTo');
  });
});

describe('text', () => {
  test.each([
    ['a lone high surrogate', '"\\ud800"', '/reason'],
    ['a lone low surrogate', '"\\uDC00x"', '/reason'],
    ['U+0000', '"a\\u0000b"', '/reason'],
  ])('%s is INVALID_FIELD', (_name, json, pointer) => {
    const text = `{"reason":${json},${deltaText('1').slice(1)}`;
    expect(refused(decodeText(text))).toMatchObject({ code: 'INVALID_FIELD', pointer });
  });

  test('is checked in ids, in unknown fields and in keys too', () => {
    expect(refused(decode({ ...delta, id: 'a\0b' })).pointer).toBe('/id');
    expect(refused(decode({ ...delta, accountId: '\0' })).pointer).toBe('/accountId');
    expect(refused(decodeText(`{"x":{"y":["\\ud83d"]},${deltaText('1').slice(1)}`)).pointer).toBe('/x/y/0');
    expect(refused(decodeText(`{"x":{"a/\\u0000":1},${deltaText('1').slice(1)}`)).pointer).toBe('/x/a~1\0');
  });

  test('may have any other character, escaped or not', () => {
    for (const id of ['ключ', '😀', '\u0001', '"\\/\b', '\u2028', '\uffff', 'é\u0301']) {
      expect(accepted(decode({ ...delta, id })).command.id).toBe(id);
    }
    expect(accepted(decodeText(deltaText('1').replace('c1', '\\ud83d\\ude00'))).command.id).toBe('😀');
  });
});

describe('nesting', () => {
  const nested = (levels: number, open: string, close: string): string =>
    `{"x":${open.repeat(levels)}1${close.repeat(levels)},${deltaText('1').slice(1)}`;

  test('32 levels are allowed, the command being the first; 33 are INVALID_FIELD', () => {
    expect(decodeText(nested(31, '[', ']')).ok).toBe(true);
    expect(decodeText(nested(31, '{"a":', '}')).ok).toBe(true);
    expect(refused(decodeText(nested(32, '[', ']')))).toMatchObject({
      code: 'INVALID_FIELD',
      message: expect.stringMatching(/32 levels/),
    });
    expect(refused(decodeText(nested(32, '{"a":', '}'))).code).toBe('INVALID_FIELD');
  });

  test('many objects side by side are not deep', () => {
    expect(decode({ ...delta, x: Array.from({ length: 500 }, () => ({ a: [] })) }).ok).toBe(true);
    expect(decode({ ...delta, description: '{['.repeat(300) }).ok).toBe(true);
  });

  test('30,000 levels are found without exhausting the stack', () => {
    expect(refused(decodeText(nested(30_000, '[', ']'))).code).toBe('INVALID_FIELD');
    const metadata = `{"metadata":${'{"a":'.repeat(3000)}1${'}'.repeat(3000)},${deltaText('1').slice(1)}`;
    expect(refused(decodeText(metadata))).toMatchObject({
      code: 'INVALID_FIELD',
      pointer: expect.stringMatching(/^\/metadata\/a/),
    });
  });

  test('the pointer to a fault is cut to an ancestor when it is long', () => {
    const { pointer } = refused(decode({ ...delta, ['k'.repeat(300)]: { a: '\0' } }));
    expect(pointer?.length).toBeLessThanOrEqual(255);
  });
});

describe('fields', () => {
  const invalid = (fields: object, pointer: string): void => {
    expect(refused(decode({ ...delta, ...fields }))).toMatchObject({ code: 'INVALID_FIELD', pointer });
  };

  test.each(['id', 'accountId', 'delta'])('%s is required', (name) => {
    invalid({ [name]: undefined }, `/${name}`);
    invalid({ [name]: null }, `/${name}`);
  });

  test.each(['creditType', 'expectedVersion', 'actor', 'reason', 'description', 'metadata', 'occurredAt', 'source'])(
    '%s may be absent but not null',
    (name) => invalid({ [name]: null }, `/${name}`),
  );

  test('lengths are counted in code points', () => {
    for (const [name, max] of [
      ['id', 255],
      ['accountId', 255],
      ['reason', 64],
      ['description', 1024],
      ['source', 255],
    ] as const) {
      expect(decode({ ...delta, [name]: 'x'.repeat(max) }).ok).toBe(true);
      expect(decode({ ...delta, [name]: '😀'.repeat(max) }).ok).toBe(true);
      invalid({ [name]: 'x'.repeat(max + 1) }, `/${name}`);
      invalid({ [name]: '😀'.repeat(max + 1) }, `/${name}`);
      invalid({ [name]: 7 }, `/${name}`);
    }
    invalid({ id: '' }, '/id');
    invalid({ accountId: '' }, '/accountId');
    expect(decode({ ...delta, reason: '', description: '', source: '' }).ok).toBe(true);
  });

  test('ids beginning with ~ are reserved for the scheduler', () => {
    invalid({ id: '~refill' }, '/id');
    expect(decode({ ...delta, id: 'a~b' }).ok).toBe(true);
  });

  test('credit types are 1-64 of A-Z a-z 0-9 _ . -', () => {
    for (const creditType of ['', 'a b', 'ä', 'x'.repeat(65), 7]) invalid({ creditType }, '/creditType');
    expect(decode({ ...delta, creditType: 'AZaz09_.-' }).ok).toBe(true);
  });

  test('metadata has at most 50 strings with keys of 40 and values of 500 characters', () => {
    const pairs = (count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
    expect(decode({ ...delta, metadata: pairs(50) }).ok).toBe(true);
    expect(decode({ ...delta, metadata: { ['k'.repeat(40)]: 'v'.repeat(500), '': '' } }).ok).toBe(true);
    invalid({ metadata: pairs(51) }, '/metadata');
    invalid({ metadata: pairs(100) }, '/metadata');
    invalid({ metadata: { ['k'.repeat(41)]: 'v' } }, '/metadata');
    invalid({ metadata: { a: 'v'.repeat(501) } }, '/metadata/a');
    invalid({ metadata: { 'a/b~': 1 } }, '/metadata/a~1b~0');
    for (const metadata of [[], 'x', 7]) invalid({ metadata }, '/metadata');
  });

  test('expectedVersion is an integer or a string of digits within 64 bits', () => {
    for (const [sent, read] of [
      [0, 0n],
      ['17', 17n],
      ['007', 7n],
      ['9223372036854775807', 9223372036854775807n],
    ] as const) {
      expect(accepted(decode({ ...delta, expectedVersion: sent })).command.expectedVersion).toBe(read);
    }
    for (const sent of [-1, 1.5, '-1', '', '1.0', ' 1', '9223372036854775808', '1'.repeat(20), 2 ** 53, true]) {
      invalid({ expectedVersion: sent }, '/expectedVersion');
    }
    for (const text of ['1e2', '1.0', '9007199254740993', '0.99999999999999999']) {
      const result = decodeText(`{"expectedVersion":${text},${deltaText('1').slice(1)}`);
      expect(refused(result).pointer).toBe('/expectedVersion');
    }
  });

  test('actor has type, id and an optional name', () => {
    invalid({ actor: {} }, '/actor/id');
    invalid({ actor: { id: 'u' } }, '/actor/type');
    invalid({ actor: { id: 'u', type: 'user', name: 7 } }, '/actor/name');
    for (const actor of ['u', [], 7]) invalid({ actor }, '/actor');
  });

  test('onInsufficient is a policy or a bound', () => {
    for (const onInsufficient of ['reject', 'clamp', 'allow', { downTo: '-100' }, { downTo: 0 }]) {
      expect(accepted(decode({ ...delta, onInsufficient })).command).toHaveProperty('onInsufficient');
    }
    for (const onInsufficient of ['REJECT', '', null, 7, []]) invalid({ onInsufficient }, '/onInsufficient');
    invalid({ onInsufficient: {} }, '/onInsufficient/downTo');
  });

  test('fields that a type does not have are unknown fields of it', () => {
    expect(accepted(decode({ ...delta, value: '5', status: 'x', refill: 7 })).command).not.toHaveProperty('refill');
  });

  test('messages name the field, the bad value and what is allowed, and stay short', () => {
    expect(refused(decode({ ...delta, delta: '1e2' })).message).toMatch(/^delta is "1e2": allowed is a decimal/);
    const { message } = refused(decode({ ...delta, reason: 'x'.repeat(60_000) }));
    expect(message.length).toBeLessThan(200);
  });

  test.each(['1e2', '1.0', '-0', '1e400', '9007199254740991.4'])(
    'messages about the number %s show it as it was written',
    (text) => {
      expect(refused(decodeText(deltaText(text))).message).toContain(`delta is ${text}: allowed is`);
      const fenced = deltaText(`1,"expectedVersion":${text}`);
      expect(refused(decodeText(fenced)).message).toContain(`expectedVersion is ${text}: allowed is`);
    },
  );

  test('messages about a number of many digits stay short', () => {
    expect(refused(decodeText(deltaText('1'.repeat(60_000)))).message.length).toBeLessThan(300);
  });
});

describe('account.open', () => {
  const open = { type: 'account.open', id: 'o1', tenantId: 'acme', accountId: 'key_1' };

  test('needs nothing but the account', () => {
    expect(accepted(decode(open)).command).toEqual({ ...open, creditType: 'credits' });
  });

  test('takes all settings', () => {
    const settings = {
      initial: null,
      refill: { interval: 'monthly', amount: '1000', refillDay: 31 },
      floor: '-10',
      onInsufficient: 'clamp',
      burnOrder: 'first_in_first_out',
      externalId: 'ext',
      group: 'api_1',
      metadata: { plan: 'pro' },
    };
    expect(accepted(decode({ ...open, ...settings })).command).toMatchObject(settings);
  });

  test.each(['floor', 'onInsufficient', 'burnOrder', 'externalId', 'group', 'metadata'])('%s is not null', (name) => {
    expect(refused(decode({ ...open, [name]: null })).pointer).toBe(`/${name}`);
  });

  test('a refill needs its day when monthly and has none when daily', () => {
    const pointerOf = (refill: unknown): string | undefined => refused(decode({ ...open, refill })).pointer;
    expect(decode({ ...open, refill: null }).ok).toBe(true);
    expect(pointerOf({ interval: 'monthly', amount: '1' })).toBe('/refill/refillDay');
    expect(pointerOf({ interval: 'daily', amount: '1', refillDay: 1 })).toBe('/refill/refillDay');
    expect(pointerOf({ interval: 'monthly', amount: '1', refillDay: 0 })).toBe('/refill/refillDay');
    expect(pointerOf({ interval: 'monthly', amount: '1', refillDay: 32 })).toBe('/refill/refillDay');
    expect(pointerOf({ interval: 'monthly', amount: '1', refillDay: '1' })).toBe('/refill/refillDay');
    expect(pointerOf({ interval: 'monthly', amount: '1', refillDay: null })).toBe('/refill/refillDay');
    expect(pointerOf({ interval: 'weekly', amount: '1' })).toBe('/refill/interval');
    expect(pointerOf({ interval: 'daily' })).toBe('/refill/amount');
    expect(pointerOf([])).toBe('/refill');
  });
});

describe('account.configure', () => {
  const configure = { type: 'account.configure', id: 'o1', tenantId: 'acme', accountId: 'key_1' };

  test('tells absent (keep) from null (clear)', () => {
    const cleared = {
      refill: null,
      floor: null,
      onInsufficient: null,
      burnOrder: null,
      externalId: null,
      group: null,
      metadata: null,
    };
    expect(accepted(decode(configure)).command).toEqual({ ...configure, creditType: 'credits' });
    expect(accepted(decode({ ...configure, ...cleared })).command).toMatchObject(cleared);
  });

  test('status is active, frozen or closed and never null', () => {
    for (const status of ['active', 'frozen', 'closed']) expect(decode({ ...configure, status }).ok).toBe(true);
    for (const status of ['open', null, 1]) expect(refused(decode({ ...configure, status })).pointer).toBe('/status');
  });

  test.each([
    ['burnOrder', 'random'],
    ['externalId', ''],
    ['group', 'x'.repeat(256)],
    ['metadata', { a: 1 }],
    ['floor', '1e2'],
  ])('%s is checked', (name, value) => {
    expect(refused(decode({ ...configure, [name]: value })).pointer).toMatch(`/${name}`);
  });
});

describe('credit.set', () => {
  const set = { type: 'credit.set', id: 's1', tenantId: 'acme', accountId: 'key_1' };

  test('value is an amount, or null for unlimited, and must be present', () => {
    expect(accepted(decode({ ...set, value: '10.50' })).command).toMatchObject({ value: '10.5' });
    expect(accepted(decode({ ...set, value: null })).command).toMatchObject({ value: null });
    expect(refused(decode(set)).pointer).toBe('/value');
    expect(refused(decode({ ...set, value: '' })).pointer).toBe('/value');
  });
});

describe('what a dead letter still knows', () => {
  test('is the command id and tenant when they are text', () => {
    expect(refused(decode({ ...delta, delta: 'x' }))).toMatchObject({ commandId: 'c1', tenantId: 'acme' });
    expect(refused(decode({ ...delta, type: 'x', id: 7, tenantId: {} }))).toMatchObject({
      commandId: undefined,
      tenantId: undefined,
    });
    expect(refused(decode({ ...delta, id: 'a\0' })).commandId).toBeUndefined();
  });

  test('is where to reply', () => {
    const headers = { kafka_correlationId: Buffer.from('x'), kafka_replyTopic: Buffer.from('t.reply') };
    expect(refused(decodeText('[]', headers)).reply).toEqual({ topic: 't.reply', correlationId: Buffer.from('x') });
  });
});

describe('headers', () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  test('carry a reply address, the correlation id byte for byte', () => {
    const correlationId = Buffer.from([0, 0xff, 1]);
    const headers = { kafka_correlationId: correlationId, kafka_replyTopic: 'a.reply', kafka_replyPartition: '3' };
    expect(accepted(decode(delta, headers)).reply).toEqual({ topic: 'a.reply', correlationId, partition: 3 });
  });

  test('without correlation id, or with a partition that is no number, ask for no reply', () => {
    expect(accepted(decode(delta, { kafka_replyTopic: 'a.reply' })).reply).toBeUndefined();
    const headers = { kafka_correlationId: 'x', kafka_replyTopic: 'a.reply', kafka_replyPartition: '-1' };
    expect(accepted(decode(delta, headers)).reply).toBeUndefined();
  });

  test('carry the trace context, an ill-formed one is ignored', () => {
    expect(accepted(decode(delta, { traceparent })).traceparent).toBe(traceparent);
    expect(accepted(decode(delta, { ce_traceparent: Buffer.from(traceparent) })).traceparent).toBe(traceparent);
    expect(accepted(decode(delta, { traceparent: 'x' })).traceparent).toBeUndefined();
  });

  test('sent more than once count with their last value', () => {
    const headers = { kafka_correlationId: ['a', Buffer.from('b')], kafka_replyTopic: ['x', 'y.reply'] };
    expect(accepted(decode(delta, headers)).reply).toEqual({ topic: 'y.reply', correlationId: Buffer.from('b') });
  });
});
