import type { CommandType } from '@app/domain';
import { COMMAND_SPECS, COMMAND_TYPES } from './command-table.js';
import { type Decoded, decodeCommand, type DecodeResult } from './decode.js';
import { COMMAND_EXAMPLES } from './examples.js';

/*
 * Commands about grants, schedules, holds, reversals, resets, refills and credit types: what each field may be.
 */

function decode(fields: object): DecodeResult {
  return decodeCommand({ key: null, value: Buffer.from(JSON.stringify(fields)), headers: {} });
}

function accepted(fields: object): Decoded {
  const result = decode(fields);
  if (!result.ok) throw new Error(`refused: ${result.code} ${result.message}`);
  return result;
}

/** Where the command is wrong; undefined when it isn't. */
function faultIn(fields: object): string | undefined {
  const result = decode(fields);
  if (result.ok) return undefined;
  expect(result.code).toBe('INVALID_FIELD');
  return result.pointer;
}

const about = { id: 'c1', tenantId: 'acme', accountId: 'key_1' };
const grant = { type: 'grant.create', ...about, amount: '1' };
const reset = { type: 'account.reset', ...about, period: '2026-12' };
const schedule = { type: 'schedule.create', ...about, amount: '1', cadence: 'recurring', period: 'monthly' };
const hold = { type: 'hold.create', ...about, amount: '1' };
const put = { type: 'credit-type.put', id: 'c1', tenantId: 'acme', creditType: 'tokens', scale: 2 };
const refill = { type: 'account.refill', tenantId: 'acme', accountId: 'key_1', date: '2026-11-20' };

const noon = '2026-11-20T12:00:00Z';
const noonMs = Date.UTC(2026, 10, 20, 12);

describe('every type of command', () => {
  test.each(COMMAND_TYPES)('%s has a required field for each that its examples need', (type) => {
    for (const example of COMMAND_EXAMPLES[type]) {
      const { table } = COMMAND_SPECS.get(type)!;
      accepted(example);
      for (const { name, required } of table.fields) {
        if (!required || name === 'type' || name === 'tenantId') continue;
        expect([name, faultIn({ ...example, [name]: undefined })]).toEqual([name, `/${name}`]);
        expect([name, faultIn({ ...example, [name]: [] })]).toEqual([name, `/${name}`]);
      }
    }
  });

  test.each(COMMAND_TYPES)('%s takes null only where null has a meaning', (type) => {
    const nullable = NULLABLE[type] ?? [];
    const [example] = COMMAND_EXAMPLES[type];
    const { table } = COMMAND_SPECS.get(type)!;
    for (const { name } of table.fields) {
      if (['type', 'tenantId', 'schemaVersion'].includes(name)) continue;
      expect([name, faultIn({ ...example, [name]: null })]).toEqual([
        name,
        nullable.includes(name) ? undefined : `/${name}`,
      ]);
    }
  });
});

const NULLABLE: Partial<Record<CommandType, readonly string[]>> = {
  'account.open': ['initial', 'refill'],
  'account.configure': ['refill', 'floor', 'onInsufficient', 'burnOrder', 'externalId', 'group', 'metadata'],
  'credit.set': ['value'],
  'account.reset': ['rollover'],
  'grant.create': ['name', 'priority', 'expiresAt', 'costBasis'],
  'grant.update': ['name', 'priority', 'expiresAt', 'metadata'],
  'schedule.create': ['name', 'end', 'priority', 'rollover'],
  'schedule.update': ['name', 'end', 'metadata'],
  'credit-type.put': [
    'name',
    'singularName',
    'pluralName',
    'icon',
    'burnOrder',
    'defaultExpiry',
    'defaultRollover',
    'prices',
    'metadata',
  ],
};

describe('amounts that a command gives, holds, captures or carries', () => {
  test.each([
    ['a grant', '/amount', (amount: unknown) => ({ ...grant, amount })],
    ['a schedule', '/amount', (amount: unknown) => ({ ...schedule, amount })],
    ['a hold', '/amount', (amount: unknown) => ({ ...hold, amount })],
    ['a capture', '/amount', (amount: unknown) => ({ type: 'hold.capture', ...about, holdId: 'h', amount })],
    ['an extension', '/amount', (amount: unknown) => ({ type: 'hold.extend', ...about, holdId: 'h', amount })],
    ['a reversal', '/amount', (amount: unknown) => ({ type: 'credit.reverse', ...about, reverses: 'c0', amount })],
    [
      'a grant of a reset',
      '/grants/1/amount',
      (amount: unknown) => ({ ...reset, grants: [{ amount: 1 }, { amount }] }),
    ],
  ])('of %s are above 0', (_name, pointer, withAmount) => {
    for (const amount of ['0', 0, '0.00', '-1', -1, '-0', '1e2', '', null, 1.5, 2 ** 53]) {
      expect([amount, faultIn(withAmount(amount))]).toEqual([amount, pointer]);
    }
    for (const amount of ['1', 1, '0.5', '0.000000001', 2 ** 53 - 1]) {
      expect([amount, faultIn(withAmount(amount))]).toEqual([amount, undefined]);
    }
  });

  test.each([
    ['a cap', '/rollover/cap', (amount: unknown) => ({ ...schedule, rollover: { percent: 1, cap: amount } })],
    ['a cost', '/costBasis/amount', (amount: unknown) => ({ ...grant, costBasis: { currency: 'EUR', amount } })],
    [
      'a price',
      '/prices/0/pricePerUnit',
      (amount: unknown) => ({ ...put, prices: [{ currency: 'EUR', pricePerUnit: amount }] }),
    ],
  ])('that %s names are 0 or above', (_name, pointer, withAmount) => {
    for (const amount of ['-1', -1, '-0', '-0.5', '1e2', true]) {
      expect([amount, faultIn(withAmount(amount))]).toEqual([amount, pointer]);
    }
    for (const amount of ['0', 0, '0.5', 1]) expect([amount, faultIn(withAmount(amount))]).toEqual([amount, undefined]);
  });

  test('within a list are exact as their text is written', () => {
    const text = (amount: string, prefix = ''): string =>
      `{"type":"account.reset","id":"c1","tenantId":"acme","accountId":"key_1","period":"p",${prefix}` +
      `"grants":[{"amount":7},{"amount":${amount}}]}`;
    const send = (value: string): DecodeResult => decodeCommand({ key: null, value: Buffer.from(value), headers: {} });
    expect(send(text('5'))).toMatchObject({ command: { grants: [{ amount: '7' }, { amount: '5' }] } });
    expect(send(text(' 5 ', '"reason":"\\n",'))).toMatchObject({ ok: true });
    for (const amount of ['5.0', '5e0', '0.99999999999999999999', '9007199254740993']) {
      expect(send(text(amount))).toMatchObject({ pointer: '/grants/1/amount' });
      expect(send(text(amount, '"amount":7,'))).toMatchObject({ pointer: '/grants/1/amount' });
    }
  });

  test('within a list of a structured CloudEvent are exact too', () => {
    const event = (amount: string): DecodeResult =>
      decodeCommand({
        key: null,
        value: Buffer.from(
          `{"specversion":"1.0","id":"c1","type":"account.reset","source":"s","data":` +
            `{"tenantId":"acme","accountId":"key_1","period":"p","grants":[{"amount":7},{"amount":${amount}}]}}`,
        ),
        headers: { 'content-type': 'application/cloudevents+json' },
      });
    expect(event('5')).toMatchObject({ command: { grants: [{ amount: '7' }, { amount: '5' }] } });
    expect(event('5.0')).toMatchObject({ pointer: '/data/grants/1/amount' });
  });
});

describe('instants', () => {
  test('are read as milliseconds, whatever their offset', () => {
    for (const text of [noon, '2026-11-20t12:00:00z', '2026-11-20T12:00:00.0009Z', '2026-11-20T17:30:00+05:30']) {
      expect(accepted({ ...grant, expiresAt: text }).command).toMatchObject({ expiresAt: noonMs });
    }
    expect(accepted({ ...schedule, anchor: noon, start: noon, end: noon }).command).toMatchObject({
      anchor: noonMs,
      start: noonMs,
      end: noonMs,
    });
  });

  test.each([
    '2026-11-20',
    '2026-11-20T12:00:00',
    'now',
    '',
    1_795_176_000_000,
    '2026-02-29T00:00:00Z',
    '0000-12-31T23:59:59Z',
  ])('%j is INVALID_FIELD', (expiresAt) => {
    expect(faultIn({ ...grant, expiresAt })).toBe('/expiresAt');
    expect(faultIn({ ...hold, expiresAt })).toBe('/expiresAt');
  });
});

describe('credit.reverse', () => {
  const reverse = { type: 'credit.reverse', ...about, reverses: 'c0' };

  test('names any command id', () => {
    for (const reverses of ['~0123', 'x'.repeat(255), '😀']) expect(faultIn({ ...reverse, reverses })).toBeUndefined();
    for (const reverses of ['', 'x'.repeat(256), 7]) expect(faultIn({ ...reverse, reverses })).toBe('/reverses');
  });

  test('adjusts or forfeits', () => {
    expect(accepted({ ...reverse, onExpiredGrant: 'forfeit', onInsufficient: 'allow' }).command).toMatchObject({
      onExpiredGrant: 'forfeit',
      onInsufficient: 'allow',
    });
    expect(faultIn({ ...reverse, onExpiredGrant: 'keep' })).toBe('/onExpiredGrant');
  });
});

describe('account.reset', () => {
  test('has either a value or grants', () => {
    expect(accepted({ ...reset, value: 0 }).command).toMatchObject({ value: '0' });
    expect(accepted({ ...reset, grants: [] }).command).toMatchObject({ grants: [] });
    expect(decode(reset)).toMatchObject({ code: 'INVALID_FIELD', message: 'value or grants is missing' });
    expect(faultIn({ ...reset, value: '1', grants: [] })).toBe('/value');
    expect(faultIn({ ...reset, value: null })).toBe('/value');
  });

  test('has grants with all fields of a grant, and up to 1,000 of them', () => {
    const fields = {
      grantId: 'g1',
      name: null,
      amount: '1',
      priority: -5,
      effectiveAt: noon,
      expiresAt: null,
      kind: 'free',
      costBasis: { currency: 'USD', amount: '0.1' },
      metadata: { a: 'b' },
    };
    expect(accepted({ ...reset, grants: [fields] }).command).toMatchObject({
      grants: [{ ...fields, effectiveAt: noonMs }],
    });
    const many = (count: number): object => ({ ...reset, grants: Array(count).fill({ amount: 1 }) });
    expect(faultIn(many(1_000))).toBeUndefined();
    expect(faultIn(many(1_001))).toBe('/grants');
    for (const grants of [{}, 'x', [null], [1], [[]]]) {
      expect(faultIn({ ...reset, grants })).toBe(Array.isArray(grants) ? '/grants/0' : '/grants');
    }
  });

  test('carries 0 to 100 percent', () => {
    for (const percent of [0, 25, 100]) expect(faultIn({ ...reset, value: 1, rollover: { percent } })).toBeUndefined();
    for (const percent of [-1, 101, 0.5, '25', null]) {
      expect(faultIn({ ...reset, value: 1, rollover: { percent } })).toBe('/rollover/percent');
    }
    expect(faultIn({ ...reset, value: 1, rollover: {} })).toBe('/rollover/percent');
  });
});

describe('grants', () => {
  test('have integers of 32 bits as priority', () => {
    for (const priority of [0, -(2 ** 31), 2 ** 31 - 1]) expect(faultIn({ ...grant, priority })).toBeUndefined();
    for (const priority of [0.5, '1', 2 ** 31, -(2 ** 31) - 1])
      expect(faultIn({ ...grant, priority })).toBe('/priority');
  });

  test('have an integer by value, so that -0 is 0', () => {
    const text = JSON.stringify({ ...grant, priority: 7 });
    for (const [number, priority] of [
      ['-0', 0],
      ['1.0', 1],
      ['1e1', 10],
    ] as const) {
      const value = Buffer.from(text.replace(':7', `:${number}`));
      const result = decodeCommand({ key: null, value, headers: {} });
      expect(result).toMatchObject({ command: { priority } });
    }
  });

  test('have a kind of the list and an id of 1 to 255 characters', () => {
    expect(faultIn({ ...grant, kind: 'gift' })).toBe('/kind');
    expect(faultIn({ ...grant, grantId: '' })).toBe('/grantId');
    expect(faultIn({ ...grant, grantId: 'x'.repeat(256) })).toBe('/grantId');
  });

  test('keep null and absent apart when they are updated', () => {
    const update = { type: 'grant.update', ...about, grantId: 'g1' };
    expect(accepted(update).command).toEqual({ ...update, creditType: 'credits' });
    const cleared = { name: null, priority: null, expiresAt: null, metadata: null };
    expect(accepted({ ...update, ...cleared }).command).toMatchObject(cleared);
  });
});

describe('schedules', () => {
  test('that recur need a period, one-time ones may have one', () => {
    expect(faultIn({ ...schedule, period: undefined })).toBe('/period');
    expect(faultIn({ ...schedule, cadence: 'one_time', period: undefined })).toBeUndefined();
    expect(faultIn({ ...schedule, cadence: 'one_time' })).toBeUndefined();
    expect(faultIn({ ...schedule, period: 'hourly' })).toBe('/period');
    expect(faultIn({ ...schedule, cadence: 'often' })).toBe('/cadence');
  });

  test('have an account, templates have none', () => {
    expect(faultIn({ ...schedule, accountId: undefined })).toBe('/accountId');
    expect(faultIn({ ...schedule, scope: 'account', accountId: undefined })).toBe('/accountId');
    for (const scope of ['plan', 'addon']) {
      expect(faultIn({ ...schedule, scope })).toBe('/accountId');
      expect(accepted({ ...schedule, scope, accountId: undefined }).command).toMatchObject({ accountId: '' });
    }
    expect(faultIn({ ...schedule, scope: 'tenant' })).toBe('/scope');
  });

  test('are updated and ended with or without an account', () => {
    for (const type of ['schedule.update', 'schedule.end']) {
      const command = { type, id: 'c1', tenantId: 'acme', scheduleId: 's1' };
      expect(accepted(command).command.accountId).toBe('');
      expect(accepted({ ...command, accountId: 'key_1' }).command.accountId).toBe('key_1');
      expect(faultIn({ ...command, accountId: '' })).toBe('/accountId');
    }
  });

  test('count periods from 1 to 10,000', () => {
    for (const periodCount of [1, 10_000]) expect(faultIn({ ...schedule, periodCount })).toBeUndefined();
    for (const periodCount of [0, 10_001, 1.5, -1, '1']) {
      expect(faultIn({ ...schedule, periodCount })).toBe('/periodCount');
    }
  });

  test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Pacific/Apia'])(
    '%s is a time zone',
    (timeZone) => {
      expect(accepted({ ...schedule, timeZone }).command).toMatchObject({ timeZone });
    },
  );

  test.each(['', 'Mars/Olympus', '+01:00', '-0100', 'Europe', 'Europe/Berlin ', 'x'.repeat(65), 7])(
    '%j is no time zone',
    (timeZone) => expect(faultIn({ ...schedule, timeZone })).toBe('/timeZone'),
  );

  test('have grants that never expire, at the end of their period, or after a duration', () => {
    for (const expiry of [
      { type: 'never' },
      { type: 'period_end' },
      { type: 'duration', count: 1, unit: 'days' },
      { type: 'duration', count: 10_000, unit: 'years' },
    ]) {
      expect(accepted({ ...schedule, expiry }).command).toMatchObject({ expiry });
    }
  });

  test.each([
    [{}, '/expiry/type'],
    [{ type: 'later' }, '/expiry/type'],
    [{ type: 'duration' }, '/expiry/count'],
    [{ type: 'duration', count: 1 }, '/expiry/unit'],
    [{ type: 'duration', count: 0, unit: 'days' }, '/expiry/count'],
    [{ type: 'duration', count: 10_001, unit: 'days' }, '/expiry/count'],
    [{ type: 'duration', count: 1, unit: 'hours' }, '/expiry/unit'],
    [{ type: 'never', count: 1 }, '/expiry/count'],
    [{ type: 'period_end', unit: 'days' }, '/expiry/unit'],
  ])('the expiry %j is INVALID_FIELD', (expiry, pointer) => {
    expect(faultIn({ ...schedule, expiry })).toBe(pointer);
    expect(faultIn({ ...put, defaultExpiry: expiry })).toBe(pointer.replace('expiry', 'defaultExpiry'));
  });
});

describe('holds', () => {
  test('are extended by amount, by time or by both', () => {
    const extend = { type: 'hold.extend', ...about, holdId: 'h1' };
    expect(faultIn(extend)).toBe('/amount');
    for (const fields of [{ amount: 1 }, { expiresAt: noon }, { amount: 1, expiresAt: noon, partial: true }]) {
      expect(faultIn({ ...extend, ...fields })).toBeUndefined();
    }
  });

  test('have true and false, not what looks like them', () => {
    const capture = { type: 'hold.capture', ...about, holdId: 'h1', amount: 1 };
    expect(accepted({ ...hold, partial: true }).command).toMatchObject({ partial: true });
    for (const value of ['true', 1, 0, null, []]) {
      expect(faultIn({ ...hold, partial: value })).toBe('/partial');
      expect(faultIn({ ...capture, final: value })).toBe('/final');
    }
    expect(faultIn({ ...capture, overage: 'charge' })).toBeUndefined();
    expect(faultIn({ ...capture, overage: 'reject' })).toBe('/overage');
  });
});

describe('credit types', () => {
  test('are named by creditType, which has no default here, and have no account', () => {
    expect(accepted(put).command).toEqual({ ...put, accountId: '' });
    for (const type of ['credit-type.put', 'credit-type.delete']) {
      expect(faultIn({ ...put, type, creditType: undefined })).toBe('/creditType');
      expect(faultIn({ ...put, type, creditType: 'a b' })).toBe('/creditType');
    }
    expect(accepted({ ...put, accountId: 'key_1' }).command.accountId).toBe('');
  });

  test('have 0 to 9 decimal places', () => {
    for (const scale of [0, 9]) expect(faultIn({ ...put, scale })).toBeUndefined();
    for (const scale of [-1, 10, 1.5, '2']) expect(faultIn({ ...put, scale })).toBe('/scale');
  });

  test('have a name of up to 255 characters, and up to 512 for one and several of them', () => {
    for (const [field, max] of [
      ['name', 255],
      ['singularName', 512],
      ['pluralName', 512],
    ] as const) {
      expect(faultIn({ ...put, [field]: '🦊'.repeat(max) })).toBeUndefined();
      expect(faultIn({ ...put, [field]: 'x'.repeat(max + 1) })).toBe(`/${field}`);
      expect(faultIn({ ...put, [field]: '' })).toBe(`/${field}`);
    }
  });

  test('have up to 50 prices', () => {
    const prices = (count: number): object => ({
      ...put,
      prices: Array(count).fill({ currency: 'EUR', pricePerUnit: 1 }),
    });
    expect(faultIn(prices(50))).toBeUndefined();
    expect(faultIn(prices(51))).toBe('/prices');
    expect(faultIn({ ...put, prices: [{ currency: '', pricePerUnit: 1 }] })).toBe('/prices/0/currency');
  });
});

describe('commands of the scheduler', () => {
  const dueTypes = ['account.refill', 'grant.activate', 'grant.expire', 'schedule.apply', 'hold.expire'] as const;
  const due = dueTypes.map((type) => COMMAND_EXAMPLES[type][0]!);

  test.each(due)('get their derived id when they have none: %j', (command) => {
    const { id } = accepted(command).command;
    expect(id).toMatch(/^~[0-9a-f]{32}$/);
    expect(accepted({ ...command, id }).command).toEqual(accepted(command).command);
  });

  test.each(due)('have no other id: %j', (command) => {
    for (const id of ['c1', '~', `~${'0'.repeat(32)}`, '', null]) expect(faultIn({ ...command, id })).toBe('/id');
  });

  test('have the same id and fingerprint whoever sends them, with or without id', () => {
    for (const command of due) {
      const bare = accepted(command);
      const given = accepted({ ...command, id: bare.command.id, actor: { type: 'user', id: 'u' }, source: 'cli' });
      expect(given.command.id).toBe(bare.command.id);
      expect(given.fingerprint).toEqual(bare.fingerprint);
    }
  });

  test('have another id for another object and another instant, not for another account where the object is unique', () => {
    const idOf = (command: object): string => accepted(command).command.id;
    const expire = { type: 'grant.expire', tenantId: 'acme', accountId: 'key_1', grantId: 'g1', expiresAt: noon };
    const others = [
      { ...expire, grantId: 'g2' },
      { ...expire, expiresAt: '2026-11-20T12:00:00.001Z' },
      { ...expire, type: 'grant.activate', expiresAt: undefined, effectiveAt: noon },
      { ...expire, type: 'hold.expire', grantId: undefined, holdId: 'g1' },
      { ...expire, type: 'schedule.apply', grantId: undefined, scheduleId: 'g1', periodStart: noon },
      refill,
      { ...refill, date: '2026-11-21' },
      { ...refill, accountId: 'key_2' },
      { ...refill, creditType: 'tokens' },
    ];
    expect(new Set([expire, ...others].map(idOf)).size).toBe(others.length + 1);
    expect(idOf({ ...expire, expiresAt: '2026-11-20T13:00:00+01:00' })).toBe(idOf(expire));
    expect(idOf({ ...expire, accountId: 'key_2' })).toBe(idOf(expire));
  });

  test('are about the default credit type when they name none', () => {
    expect(accepted({ ...refill, creditType: 'credits' }).command).toEqual(accepted(refill).command);
  });

  test.each(['2026-11-20T00:00:00Z', '2026-02-29', '20261120', '0000-01-01', 20261120, ''])('%j is no date', (date) => {
    expect(faultIn({ ...refill, date })).toBe('/date');
  });

  test('are accepted as CloudEvents without an id of their own only under the derived one', () => {
    const value = Buffer.from(JSON.stringify(refill));
    const { id } = accepted(refill).command;
    const send = (ce_id: string): DecodeResult =>
      decodeCommand({ key: null, value, headers: { ce_specversion: '1.0', ce_type: refill.type, ce_id } });
    expect(send(id)).toMatchObject({ ok: true, fingerprint: accepted(refill).fingerprint });
    expect(send('event-1')).toMatchObject({ code: 'INVALID_FIELD', pointer: '/id' });
  });

  test('alone may have ids that begin with "~"', () => {
    for (const type of COMMAND_TYPES) {
      if (COMMAND_SPECS.get(type)!.isDue) continue;
      expect([type, faultIn({ ...COMMAND_EXAMPLES[type][0], id: '~c1' })]).toEqual([type, '/id']);
    }
  });
});
