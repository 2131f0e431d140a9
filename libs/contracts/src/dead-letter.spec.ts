import {
  DEAD_LETTER_HEADERS,
  deadLetterRecord,
  type FailedRecord,
  redriveCountOf,
  redrivenRecord,
} from './dead-letter.js';
import type { IncomingRecord } from './headers.js';

const failed: FailedRecord = {
  record: {
    key: Buffer.from('acme:key_1'),
    value: Buffer.from('{"delta":1e2}'),
    headers: { traceparent: 't', repeated: ['a', Buffer.from('b')] },
    offset: 42n,
    timestampMs: 1_795_168_800_000,
  },
  topic: 'credits.commands.v1',
  partition: 3,
  group: 'creditbus-worker',
  failedAt: Date.UTC(2026, 10, 20, 10),
  reason: 'INVALID_FIELD',
  message: 'delta is 100',
  pointer: '/delta',
};

const MIB = 1024 * 1024;

describe('a dead letter', () => {
  test('is the original record with the reason in its headers', () => {
    expect(deadLetterRecord(failed, MIB)).toEqual({
      key: failed.record.key,
      value: failed.record.value,
      headers: {
        traceparent: 't',
        repeated: ['a', Buffer.from('b')],
        'x-dlq-reason': 'INVALID_FIELD',
        'x-dlq-message': 'delta is 100',
        'x-dlq-pointer': '/delta',
        'x-dlq-original-topic': 'credits.commands.v1',
        'x-dlq-original-partition': '3',
        'x-dlq-original-offset': '42',
        'x-dlq-original-timestamp': '1795168800000',
        'x-dlq-group': 'creditbus-worker',
        'x-dlq-failed-at': '2026-11-20T10:00:00.000Z',
        'x-dlq-redrive-count': '0',
      },
    });
  });

  test('keeps a value of null and a key of null', () => {
    const letter = deadLetterRecord({ ...failed, record: { ...failed.record, key: null, value: null } }, MIB);
    expect(letter).toMatchObject({ key: null, value: null });
  });

  test('keeps headers without a value, and headers whose names every object has, as its redrive does', () => {
    const pairs = [['none', null], ['many', [null, 'a']], ['constructor', 'c'], ['__proto__', Buffer.from('p')]] as const; // prettier-ignore
    const headers = Object.fromEntries(pairs);
    const letter = deadLetterRecord({ ...failed, record: { ...failed.record, headers } }, MIB);
    expect(Object.entries(letter.headers!).slice(0, pairs.length)).toEqual(pairs);
    const again = redrivenRecord({ key: null, value: null, headers: letter.headers! });
    expect(Object.entries(again.headers!).slice(0, pairs.length)).toEqual(pairs);
  });

  test('fits where even key and headers are too large for its topic, and is not redriven then', () => {
    const large = Buffer.alloc(2 * MIB, 'x');
    const records = [
      { ...failed.record, headers: { large } },
      { ...failed.record, key: large },
      { ...failed.record, value: null, headers: { many: [large, large] } },
    ];
    for (const record of records) {
      const { key, value, headers } = deadLetterRecord({ ...failed, record }, MIB);
      expect(key).toEqual(record.key?.subarray(0, 64 * 1024));
      expect(value).toEqual(record.value);
      expect(headers).toMatchObject({ 'x-dlq-reason': 'INVALID_FIELD', 'x-dlq-original-offset': '42' });
      expect(headers).toHaveProperty('x-dlq-truncated', String(record.value?.length ?? 0));
      expect(Object.keys(headers!).filter((name) => !name.startsWith('x-dlq-'))).toEqual([]);
      expect(() => redrivenRecord({ key: null, value: null, headers: headers! })).toThrow('was cut');
    }
  });

  test('of a record that was redriven keeps the count and replaces the other headers', () => {
    const headers = { 'x-dlq-redrive-count': Buffer.from('2'), 'x-dlq-reason': 'NOT_JSON', 'x-dlq-truncated': '9' };
    const letter = deadLetterRecord({ ...failed, pointer: undefined, record: { ...failed.record, headers } }, MIB);
    expect(letter.headers).toMatchObject({ 'x-dlq-redrive-count': '2', 'x-dlq-reason': 'INVALID_FIELD' });
    expect(letter.headers).not.toHaveProperty('x-dlq-truncated');
    expect(letter.headers).not.toHaveProperty('x-dlq-pointer');
  });

  test('is cut to 64 KiB when it is too large for the topic, and says how large it was', () => {
    const record = { ...failed.record, value: Buffer.alloc(2_000_000, 'x') };
    const letter = deadLetterRecord({ ...failed, record }, MIB);
    expect(letter.value).toHaveLength(65536);
    expect(letter.headers).toMatchObject({ 'x-dlq-truncated': '2000000' });
  });

  test('is left whole as long as it fits, key and headers included', () => {
    const record = { ...failed.record, value: Buffer.alloc(MIB - 600, 'x') };
    expect(deadLetterRecord({ ...failed, record }, MIB).value).toHaveLength(MIB - 600);
    const wide = { ...record, headers: { h: 'x'.repeat(1000) } };
    expect(deadLetterRecord({ ...failed, record: wide }, MIB).value).toHaveLength(65536);
  });

  test('has a bounded message that is valid text', () => {
    const letter = deadLetterRecord({ ...failed, message: `${'x'.repeat(999)}😀${'y'.repeat(9000)}\ud800` }, MIB);
    const message = String(letter.headers?.[DEAD_LETTER_HEADERS.message]);
    expect(message.length).toBeLessThanOrEqual(1001);
    expect(message.isWellFormed()).toBe(true);
  });
});

describe('the redrive count', () => {
  test.each([
    [undefined, 0],
    ['3', 3],
    [Buffer.from('12'), 12],
    ['-1', 0],
    ['x', 0],
    ['', 0],
  ])('of header %p is %p', (value, count) => {
    expect(redriveCountOf({ 'x-dlq-redrive-count': value })).toBe(count);
  });
});

describe('a redriven record', () => {
  const letterOf = (value: Buffer | null): IncomingRecord => {
    const { headers = {} } = deadLetterRecord({ ...failed, record: { ...failed.record, value } }, MIB);
    return { key: failed.record.key, value, headers };
  };

  test('is the original one, with the count of redrives raised by one', () => {
    const once = redrivenRecord(letterOf(failed.record.value));
    const headers = { ...failed.record.headers, 'x-dlq-redrive-count': '1' };
    expect(once).toEqual({ key: failed.record.key, value: failed.record.value, headers });
    const again = deadLetterRecord({ ...failed, record: { ...failed.record, headers } }, MIB);
    expect(redrivenRecord({ key: null, value: null, headers: again.headers ?? {} })).toEqual({
      key: null,
      value: null,
      headers: { ...failed.record.headers, 'x-dlq-redrive-count': '2' },
    });
  });

  test('is not made of a value that was cut', () => {
    const { headers, ...letter } = letterOf(Buffer.from('{'));
    expect(() => redrivenRecord({ ...letter, headers: { ...headers, 'x-dlq-truncated': '9' } })).toThrow('was cut');
  });
});
