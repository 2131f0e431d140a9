import { CloudEvent } from 'cloudevents';
import type { IncomingRecord } from './headers.js';
import { parseEvent } from './event-in.js';
import {
  balanceChangedEvent,
  cacheInvalidationEvent,
  cacheInvalidationOf,
  catalogChangedEvent,
  commandRejectedEvent,
  EVENT_TYPES,
} from './events.js';
import * as examples from './examples.js';
import type { EncodedRecord } from './headers.js';
import { outcomeOf } from './outcome.js';

const { APPLIED_ENTRY, CONFLICT_ENTRY, REJECTED_ENTRY, TRACEPARENT_EXAMPLE, UNLIMITED_ENTRY } = examples;
const { CATALOG_CHANGE, CATALOG_ENTRY, TEMPLATE_CHANGE, TEMPLATE_ENTRY } = examples;

/** The record as a consumer gets it. */
function delivered({ key, value, headers = {} }: EncodedRecord): IncomingRecord {
  return { key: Buffer.from(String(key)), value: Buffer.from(String(value)), headers };
}

const idOf = (record: EncodedRecord): string => parseEvent(delivered(record)).id;

describe('an event', () => {
  test('is a CloudEvent in structured mode with one header', () => {
    const record = balanceChangedEvent(APPLIED_ENTRY);
    expect(record.headers).toEqual({ 'content-type': 'application/cloudevents+json; charset=UTF-8' });
    const event = new CloudEvent(JSON.parse(String(record.value)) as object);
    expect(event.validate()).toBe(true);
  });

  test('says where it comes from, what it is about and when it was recorded', () => {
    expect(parseEvent(delivered(balanceChangedEvent(APPLIED_ENTRY)))).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      type: 'credits.balance-changed.v1',
      source: '/creditbus/acme',
      subject: 'key_1',
      time: '2026-11-20T10:00:00.250Z',
      dataschema: 'urn:creditbus:schema:outcome:v1',
      partitionkey: 'acme:key_1',
      data: outcomeOf(APPLIED_ENTRY),
    });
  });

  test('is the same byte for byte when it is made again', () => {
    expect(balanceChangedEvent({ ...APPLIED_ENTRY })).toEqual(balanceChangedEvent(APPLIED_ENTRY));
    expect(commandRejectedEvent({ ...CONFLICT_ENTRY })).toEqual(commandRejectedEvent(CONFLICT_ENTRY));
  });

  test('carries the trace context of the command as attribute and header', () => {
    const record = balanceChangedEvent(APPLIED_ENTRY, TRACEPARENT_EXAMPLE);
    expect(record.headers).toMatchObject({ traceparent: TRACEPARENT_EXAMPLE });
    expect(JSON.parse(String(record.value))).toMatchObject({ traceparent: TRACEPARENT_EXAMPLE });
  });

  test('has the key of its account', () => {
    expect(balanceChangedEvent(APPLIED_ENTRY).key).toBe('acme:key_1');
    expect(commandRejectedEvent(REJECTED_ENTRY).key).toBe('acme:key_1');
    expect(cacheInvalidationOf(APPLIED_ENTRY).key).toBe('acme:key_1:credits');
  });
});

describe('the id of an event', () => {
  const id = idOf(balanceChangedEvent(APPLIED_ENTRY));

  test('comes from tenant, command id and type', () => {
    expect(idOf(balanceChangedEvent({ ...APPLIED_ENTRY, accountId: 'other', recordedAt: 0 }))).toBe(id);
    const others = [
      balanceChangedEvent({ ...APPLIED_ENTRY, tenantId: 'other' }),
      balanceChangedEvent({ ...APPLIED_ENTRY, commandId: 'other' }),
      commandRejectedEvent(APPLIED_ENTRY),
      cacheInvalidationOf(APPLIED_ENTRY),
    ];
    expect(new Set([id, ...others.map(idOf)]).size).toBe(5);
  });

  test('of a conflict includes its fingerprint, since the command id belongs to another', () => {
    const one = idOf(commandRejectedEvent(CONFLICT_ENTRY));
    expect(idOf(commandRejectedEvent({ ...CONFLICT_ENTRY, fingerprint: Buffer.alloc(32, 3) }))).not.toBe(one);
    expect(idOf(commandRejectedEvent(REJECTED_ENTRY))).not.toBe(one);
    expect(idOf(commandRejectedEvent({ ...REJECTED_ENTRY, fingerprint: Buffer.alloc(32, 3) }))).toBe(
      idOf(commandRejectedEvent(REJECTED_ENTRY)),
    );
  });

  test('of an invalidation comes from the account and its version', () => {
    const one = idOf(cacheInvalidationOf(APPLIED_ENTRY));
    expect(idOf(cacheInvalidationOf({ ...APPLIED_ENTRY, commandId: 'other', recordedAt: 0 }))).toBe(one);
    for (const other of [{ version: 5n }, { accountId: 'x' }, { creditType: 'x' }, { tenantId: 'x' }]) {
      expect(idOf(cacheInvalidationOf({ ...APPLIED_ENTRY, ...other }))).not.toBe(one);
    }
  });
});

describe('a cache invalidation', () => {
  test('has what a cache needs to refresh', () => {
    expect(parseEvent(delivered(cacheInvalidationOf(UNLIMITED_ENTRY)))).toMatchObject({
      type: EVENT_TYPES.cacheInvalidation,
      time: '2026-11-20T10:00:00.250Z',
      data: {
        tenantId: 'acme',
        accountId: 'user_7',
        creditType: 'tokens',
        version: '1',
        balance: null,
        held: '1.5',
        available: null,
        unlimited: true,
      },
    });
  });

  test('made of an account is the one made of its last entry', () => {
    const { tenantId, accountId, creditType, recordedAt } = APPLIED_ENTRY;
    const balances = { balance: 7n, held: 0n, available: 7n, unlimited: false };
    const made = cacheInvalidationEvent(tenantId, accountId, creditType, 0, 4n, balances, recordedAt);
    expect(made).toEqual(cacheInvalidationOf(APPLIED_ENTRY));
  });

  test('is not made of a rejection', () => {
    expect(() => cacheInvalidationOf(REJECTED_ENTRY)).toThrow('rejected: no version');
  });
});

describe('a change of the catalogue', () => {
  test('says what changed, and what it is from now on', () => {
    expect(parseEvent(delivered(catalogChangedEvent(CATALOG_ENTRY, CATALOG_CHANGE)))).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      type: 'credits.catalog-changed.v1',
      source: '/creditbus/acme',
      subject: 'tokens',
      time: '2026-11-20T10:00:00.250Z',
      dataschema: 'urn:creditbus:schema:catalog-change:v1',
      partitionkey: 'acme:tokens',
      data: {
        tenantId: 'acme',
        kind: 'credit-type',
        id: 'tokens',
        version: '1',
        commandId: 'put-tokens-2',
        commandType: 'credit-type.put',
        definition: expect.objectContaining({
          creditTypeId: 'tokens',
          scale: 2,
          defaultRollover: { percent: 25, cap: '100' },
          deletedAt: null,
          version: '1',
        }) as object,
      },
    });
  });

  test('of a template has the schedule, its amounts at the scale of its credit type, and no account', () => {
    const scale2 = { ...TEMPLATE_ENTRY, scale: 2 };
    const event = parseEvent(delivered(catalogChangedEvent(scale2, TEMPLATE_CHANGE)));
    expect(event.partitionkey).toBe('acme:pro-monthly');
    expect(event.data).toMatchObject({
      kind: 'schedule',
      definition: { amount: '10', accountId: null, scope: 'plan' },
    });
  });

  test('shows a deleted credit type with the time of its deletion', () => {
    if (CATALOG_CHANGE.kind !== 'credit-type') throw new Error('no credit type');
    const creditType = { ...CATALOG_CHANGE.creditType, deletedAt: CATALOG_ENTRY.recordedAt, version: 2n };
    const event = parseEvent(delivered(catalogChangedEvent(CATALOG_ENTRY, { kind: 'credit-type', creditType })));
    expect(event.data).toMatchObject({ version: '2', definition: { deletedAt: '2026-11-20T10:00:00.250Z' } });
  });

  test('has an id of its command, and is the same byte for byte when it is made again', () => {
    const one = catalogChangedEvent(CATALOG_ENTRY, CATALOG_CHANGE);
    expect(catalogChangedEvent({ ...CATALOG_ENTRY }, { ...CATALOG_CHANGE })).toEqual(one);
    expect(idOf(catalogChangedEvent({ ...CATALOG_ENTRY, commandId: 'other' }, CATALOG_CHANGE))).not.toBe(idOf(one));
    if (CATALOG_CHANGE.kind !== 'credit-type') throw new Error('no credit type');
    const expiry = { unit: 'years', count: 1, type: 'duration' } as const;
    const reordered = { ...CATALOG_CHANGE.creditType, defaultExpiry: expiry };
    expect(catalogChangedEvent(CATALOG_ENTRY, { kind: 'credit-type', creditType: reordered })).toEqual(one);
  });

  test('that was rejected is about the credit type, or the template', () => {
    const rejected = { ...REJECTED_ENTRY, accountId: '', creditType: 'tokens', commandType: 'credit-type.put' };
    expect(parseEvent(delivered(commandRejectedEvent(rejected)))).toMatchObject({
      subject: 'tokens',
      partitionkey: 'acme:tokens',
    });
  });
});

describe('parseEvent', () => {
  test('reads binary mode too', () => {
    const headers = {
      ce_specversion: '1.0',
      ce_id: Buffer.from('e1'),
      ce_type: 't',
      ce_source: '/s',
      ce_subject: 'a',
      ce_traceparent: TRACEPARENT_EXAMPLE,
      'content-type': 'application/json',
    };
    expect(parseEvent({ key: null, value: Buffer.from('{"a":1}'), headers })).toEqual({
      id: 'e1',
      type: 't',
      source: '/s',
      subject: 'a',
      traceparent: TRACEPARENT_EXAMPLE,
      data: { a: 1 },
    });
  });

  test.each([
    ['no value', null, {}],
    ['no attributes', '{}', {}],
    ['an array', '[]', { 'content-type': 'application/cloudevents+json' }],
    ['no id', '{"type":"t","source":"s"}', { 'content-type': 'application/cloudevents+json' }],
    ['no JSON', 'x', {}],
  ])('throws for %s', (_name, value, headers) => {
    expect(() => parseEvent({ key: null, value: value === null ? null : Buffer.from(value), headers })).toThrow();
  });
});
