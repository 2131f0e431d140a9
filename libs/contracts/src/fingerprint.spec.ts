import { createHash } from 'node:crypto';
import type { CommandType } from '@app/domain';
import { COMMAND_EXAMPLES } from './command-examples.js';
import { COMMAND_SPECS } from './command-table.js';
import { decodeCommand, isSameCommand } from './decode.js';
import type { FieldTable } from './field-table.js';

const delta = { type: 'credit.delta', id: 'c1', tenantId: 'acme', accountId: 'key_1', delta: '-3' };
const open = { type: 'account.open', id: 'o1', tenantId: 'acme', accountId: 'key_1' };

function fingerprintOfText(text: string): string {
  const result = decodeCommand({ key: null, value: Buffer.from(text), headers: {} });
  if (!result.ok) throw new Error(`${result.code} ${result.message}`);
  return result.fingerprint.toString('hex');
}

const fingerprint = (fields: object): string => fingerprintOfText(JSON.stringify(fields));
const same = (a: object, b: object): void => expect(fingerprint(a)).toBe(fingerprint(b));
const differ = (a: object, b: object): void => expect(fingerprint(a)).not.toBe(fingerprint(b));

/** An example of a type, no template, without the fields that have a default. */
function withoutDefaults(type: CommandType, table: FieldTable): object {
  const hasDefault = new Set(table.fields.flatMap((field) => (field.canonicalDefault === undefined ? [] : field.name)));
  const examples = COMMAND_EXAMPLES[type];
  const example = examples.find((fields) => 'accountId' in fields) ?? examples[0] ?? {};
  return Object.fromEntries(Object.entries(example).filter(([name]) => !hasDefault.has(name)));
}

describe('the fingerprint', () => {
  test('is SHA-256 of the canonical JSON', () => {
    const canonical = '{"accountId":"key_1","delta":"-3","id":"c1","tenantId":"acme","type":"credit.delta"}';
    expect(fingerprint(delta)).toBe(createHash('sha256').update(canonical).digest('hex'));
  });

  test('ignores the order of fields and blanks', () => {
    const text = JSON.stringify(Object.fromEntries(Object.entries(delta).reverse()), null, 2);
    expect(fingerprintOfText(text)).toBe(fingerprint(delta));
    same({ ...delta, metadata: { a: '1', b: '2' } }, { ...delta, metadata: { b: '2', a: '1' } });
    same({ ...delta, x: { a: [1, 2], b: 'c' } }, { x: { b: 'c', a: [1, 2] }, ...delta });
  });

  test('is one for an amount as number and as string, and for its trailing zeros', () => {
    same({ ...delta, delta: -3 }, delta);
    same({ ...delta, delta: '-3.00' }, delta);
    same({ ...delta, delta: -3, unknown: 1 }, { ...delta, unknown: 1 });
    const refill = { interval: 'daily', amount: '10.0' };
    same({ ...open, refill }, { ...open, refill: { ...refill, amount: 10 } });
    same({ ...delta, onInsufficient: { downTo: '-5.0' } }, { ...delta, onInsufficient: { downTo: -5 } });
    same({ ...delta, expectedVersion: 7 }, { ...delta, expectedVersion: '07' });
  });

  test('counts a field equal to its default as absent', () => {
    same({ ...delta, creditType: 'credits' }, delta);
    same({ ...delta, creditType: 'credits', unknown: 1 }, { ...delta, unknown: 1 });
    same({ ...open, initial: '0', floor: 0, onInsufficient: 'reject', refill: null, schemaVersion: 1 }, open);
    same({ ...open, initial: '0.00', extra: true }, { ...open, extra: true });
  });

  test('counts the defaults of grants, schedules, holds, reversals, resets and credit types as absent', () => {
    const about = { id: 'c1', tenantId: 'acme', accountId: 'key_1' };
    const grant = { type: 'grant.create', ...about, amount: '1' };
    same({ ...grant, name: null, priority: null, kind: 'purchased', costBasis: null }, grant);
    differ({ ...grant, expiresAt: null }, grant);
    const reset = { type: 'account.reset', ...about, period: 'p', grants: [{ amount: 1 }] };
    same({ ...reset, grants: [{ amount: '1.0', kind: 'plan', name: null, metadata: null }] }, reset);
    differ({ ...reset, grants: [{ amount: 1, kind: 'purchased' }] }, reset);
    differ({ ...reset, grants: [{ amount: 1 }, { amount: 1 }] }, reset);
    differ({ ...reset, grants: [{ amount: 1, unknown: 1 }] }, reset);
    differ({ ...reset, rollover: null }, reset);
    same({ ...reset, rollover: { percent: 5, cap: null } }, { ...reset, rollover: { percent: 5.0 } });
    const schedule = { type: 'schedule.create', ...about, amount: 1, cadence: 'one_time' };
    const defaults = { name: null, scope: 'account', periodCount: 1, end: null, kind: 'plan', timeZone: 'UTC' };
    same({ ...schedule, ...defaults, priority: null }, schedule);
    differ({ ...schedule, expiry: { type: 'never' } }, schedule);
    const capture = { type: 'hold.capture', ...about, holdId: 'h', amount: 1 };
    same({ ...capture, final: false }, capture);
    differ({ ...capture, final: true }, capture);
    same({ ...capture, type: 'hold.create', partial: false }, { ...capture, type: 'hold.create' });
    const reverse = { type: 'credit.reverse', ...about, reverses: 'c0' };
    same({ ...reverse, onExpiredGrant: 'adjust' }, reverse);
    const put = { type: 'credit-type.put', id: 'c1', tenantId: 'acme', creditType: 'credits', scale: 0 };
    const cleared = {
      name: null,
      icon: null,
      defaultExpiry: null,
      defaultRollover: null,
      prices: null,
      metadata: null,
    };
    same({ ...put, ...cleared, burnOrder: null }, put);
    same({ ...put, prices: [], burnOrder: 'priority' }, put);
  });

  describe('counts every field equal to its default as absent', () => {
    const defaults = [...COMMAND_SPECS.values()].flatMap(({ type, table }) => {
      const base = withoutDefaults(type, table);
      return table.fields.flatMap(({ name, canonicalDefault, fingerprinted }) =>
        canonicalDefault === undefined || fingerprinted === false
          ? []
          : [[`${type} ${name}`, base, { [name]: JSON.parse(canonicalDefault) as unknown }] as const],
      );
    });

    test.each(defaults)('%s', (_, base, field) => {
      same({ ...base, ...field }, base);
      same({ ...base, ...field, unknown: 1 }, { ...base, unknown: 1 });
    });

    test('there are as many as the contracts name', () => {
      const named = defaults.map(([name]) => name).filter((name) => !/ (creditType|metadata)$/.test(name));
      expect(named).toEqual([
        'account.open floor',
        'account.open initial',
        'account.open onInsufficient',
        'account.open refill',
        'credit.reverse onExpiredGrant',
        'grant.create costBasis',
        'grant.create kind',
        'grant.create name',
        'grant.create priority',
        'schedule.create end',
        'schedule.create kind',
        'schedule.create name',
        'schedule.create periodCount',
        'schedule.create priority',
        'schedule.create scope',
        'schedule.create timeZone',
        'hold.create partial',
        'hold.capture final',
        'hold.extend partial',
        'credit-type.put burnOrder',
        'credit-type.put defaultExpiry',
        'credit-type.put defaultRollover',
        'credit-type.put icon',
        'credit-type.put name',
        'credit-type.put pluralName',
        'credit-type.put prices',
        'credit-type.put singularName',
      ]);
    });

    test('an anchor that is the start', () => {
      const start = '2026-11-20T10:00:00Z';
      const schedule = { ...open, type: 'schedule.create', amount: 1, cadence: 'one_time', start };
      same({ ...schedule, anchor: '2026-11-20T11:00:00.000+01:00' }, schedule);
      same({ ...schedule, anchor: start, unknown: 1 }, { ...schedule, unknown: 1 });
      differ({ ...schedule, anchor: '2026-11-20T10:00:01Z' }, schedule);
      const { start: _start, ...now } = schedule;
      differ({ ...now, anchor: start }, now);
    });

    test('but for what an absent field keeps', () => {
      const configure = { ...open, type: 'account.configure' };
      differ({ ...configure, metadata: {} }, configure);
      const update = { ...open, type: 'grant.update', grantId: 'g' };
      differ({ ...update, name: null }, update);
    });
  });

  test.each([
    [
      'metadata',
      { ...delta, metadata: {} },
      '{"accountId":"key_1","delta":"-3","id":"c1","metadata":{},"tenantId":"acme","type":"credit.delta"}',
    ],
    [
      'metadata beside an unknown field',
      { ...delta, metadata: {}, x: 1.5 },
      '{"accountId":"key_1","delta":"-3","id":"c1","metadata":{},"tenantId":"acme","type":"credit.delta","x":1.5}',
    ],
  ])('of before %s had a default is recognised', (_, sent, canonical) => {
    const decoded = decodeCommand({ key: null, value: Buffer.from(JSON.stringify(sent)), headers: {} });
    if (!decoded.ok) throw new Error(decoded.message);
    const stored = createHash('sha256').update(canonical).digest();
    expect(stored.equals(decoded.fingerprint)).toBe(false);
    expect(isSameCommand(stored, decoded)).toBe(true);
    expect(isSameCommand(decoded.fingerprint, decoded)).toBe(true);
    expect(isSameCommand(createHash('sha256').digest(), decoded)).toBe(false);
  });

  test('is one for an instant, however it is written', () => {
    const grant = { type: 'grant.create', id: 'c1', tenantId: 'acme', accountId: 'key_1', amount: '1' };
    same({ ...grant, expiresAt: '2026-11-20T10:00:00Z' }, { ...grant, expiresAt: '2026-11-20T11:00:00.0000+01:00' });
    differ({ ...grant, expiresAt: '2026-11-20T10:00:00Z' }, { ...grant, expiresAt: '2026-11-20T10:00:00.001Z' });
  });

  test('leaves out occurredAt, actor, source and schemaVersion', () => {
    const recorded = {
      occurredAt: '2026-11-20T10:00:00Z',
      actor: { type: 'user', id: 'u' },
      source: 's',
      schemaVersion: 1,
    };
    same({ ...delta, ...recorded }, delta);
    same({ ...delta, ...recorded, unknown: [] }, { ...delta, unknown: [] });
  });

  test.each([
    ['delta', '-4'],
    ['accountId', 'key_2'],
    ['creditType', 'tokens'],
    ['reason', ''],
    ['description', 'x'],
    ['metadata', { a: '' }],
    ['onInsufficient', 'reject'],
    ['expectedVersion', 1],
    ['unknown', null],
  ])('tells another %s apart', (name, value) => {
    differ({ ...delta, [name]: value }, delta);
  });

  test('tells null, 0 and absent apart where they mean different things', () => {
    const all = [open, { ...open, initial: null }, { ...open, initial: '1' }].map(fingerprint);
    expect(new Set(all).size).toBe(3);
    const configure = { ...open, type: 'account.configure' };
    differ({ ...configure, floor: null }, configure);
    differ({ ...configure, floor: '0' }, { ...configure, floor: null });
  });

  test('includes unknown fields, also those of the prototype and within objects', () => {
    differ({ ...delta, unknown: 1 }, { ...delta, unknown: 2 });
    differ({ ...delta, onInsufficient: { downTo: '1', x: 1 } }, { ...delta, onInsufficient: { downTo: '1' } });
    const withText = (extra: string): string => fingerprintOfText(`{${extra},${JSON.stringify(delta).slice(1)}`);
    expect(withText('"__proto__":1')).not.toBe(fingerprint(delta));
    expect(withText('"__proto__":1')).not.toBe(withText('"__proto__":2'));
    expect(withText('"x":{"__proto__":{"a":1}}')).not.toBe(withText('"x":{"__proto__":{"a":2}}'));
  });

  test('takes numbers of unknown fields as they are written, so that none is rounded into another', () => {
    const withNumber = (text: string): string => fingerprintOfText(`{"x":[${text}],${JSON.stringify(delta).slice(1)}`);
    const texts = [
      '1',
      '1.0',
      '1e0',
      '0.99999999999999999',
      '1e400',
      '9007199254740992',
      '9007199254740993',
      'null',
      '"1"',
    ];
    expect(new Set(texts.map(withNumber)).size).toBe(texts.length);
  });

  test('is not fooled by text that looks like structure', () => {
    differ({ ...delta, reason: 'a","source":"b' }, { ...delta, reason: 'a', source: 'b' });
    differ({ ...delta, id: 'a', accountId: 'bc' }, { ...delta, id: 'ab', accountId: 'c' });
  });
});
