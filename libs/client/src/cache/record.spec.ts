import { cacheInvalidationEvent } from '@app/contracts';
import { recordOf } from '../testing/cache-world.js';
import { decodeRecord, type InvalidationRecord } from './record.js';

const data = {
  tenantId: 'acme',
  accountId: 'key:1/ä',
  creditType: 'tokens',
  version: '9007199254740993',
  balance: '12.5',
  held: '2.5',
  available: '10',
  unlimited: false,
};

describe('a record of credits.cache-invalidation.v1', () => {
  it('is read as Creditbus publishes it', () => {
    const balances = { balance: 1_250n, held: 250n, available: 1_000n, unlimited: false };
    const { tenantId, accountId, creditType } = data;
    const sent = cacheInvalidationEvent(tenantId, accountId, creditType, 2, BigInt(data.version), balances, 0);
    const record = sent as InvalidationRecord;
    expect(decodeRecord(record)).toEqual({ kind: 'invalidation', invalidation: data });
    const bytes = {
      key: Buffer.from(String(sent.key)),
      value: Buffer.from(String(sent.value)),
      headers: record.headers,
    };
    expect(decodeRecord(bytes)).toEqual({ kind: 'invalidation', invalidation: data });
    expect(decodeRecord({ value: bytes.value })).toEqual({ kind: 'invalidation', invalidation: data });
  });

  it('is read in binary mode too, with headers as text, bytes or lists', () => {
    const value = JSON.stringify(data);
    const type = 'credits.cache-invalidation.v1';
    for (const ceType of [type, Buffer.from(type), [Buffer.from(type)]]) {
      const record: InvalidationRecord = { value, headers: { ce_type: ceType, 'content-type': 'application/json' } };
      expect(decodeRecord(record)).toEqual({ kind: 'invalidation', invalidation: data });
    }
  });

  it('of an unlimited account has null for balance and available', () => {
    const unlimited = { ...data, balance: null, available: null, unlimited: true };
    const record = { value: JSON.stringify(unlimited), headers: { ce_type: 'credits.cache-invalidation.v1' } };
    expect(decodeRecord(record)).toEqual({ kind: 'invalidation', invalidation: unlimited });
  });

  it('that is another kind of event is told apart, in both modes', () => {
    const type = 'credits.balance-changed.v1';
    expect(decodeRecord({ value: 'x', headers: { ce_type: type } })).toEqual({ kind: 'other' });
    const value = JSON.stringify({ specversion: '1.0', type, data: {} });
    expect(decodeRecord({ value })).toEqual({ kind: 'other' });
    const headers = { 'content-type': 'application/cloudevents+json' };
    expect(decodeRecord({ value: JSON.stringify({ type }), headers })).toEqual({ kind: 'other' });
  });

  it.each([
    ['no value', null],
    ['no JSON', 'oops'],
    ['no object', '[]'],
    ['wrong UTF-8', Buffer.from([0xff, 0xfe])],
    ['no CloudEvent', '{}'],
    ['no type', '{"specversion":"1.0"}'],
    ['no data', '{"specversion":"1.0","type":"credits.cache-invalidation.v1"}'],
    ['a version that is a number', changed({ version: 7 })],
    ['a version that is no number', changed({ version: '-7' })],
    ['a balance that is a number', changed({ balance: 7 })],
    ['no account', changed({ accountId: undefined })],
  ])('that has %s is unreadable, never an exception', (_case, value) => {
    expect(decodeRecord({ key: 'acme:key_1:credits', value })).toMatchObject({
      kind: 'unreadable',
      key: 'acme:key_1:credits',
    });
  });
});

function changed(fields: object): string {
  const event = JSON.parse(String(recordOf('key_1', 1).value)) as { data: object };
  return JSON.stringify({ ...event, data: { ...event.data, ...fields } });
}
