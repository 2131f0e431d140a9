import { CloudEvent, Kafka } from 'cloudevents';
import { decodeCommand, type DecodeResult } from './decode.js';
import type { RecordHeaders } from './headers.js';

const body = { tenantId: 'acme', accountId: 'key_1', delta: '-3' };
const delta = { type: 'credit.delta', id: 'c1', ...body };
const structured = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };

function decode(value: unknown, headers: RecordHeaders): DecodeResult {
  return decodeCommand({ key: null, value: Buffer.from(JSON.stringify(value)), headers });
}

const event = (data: unknown, attributes: object = {}): object => ({
  specversion: '1.0',
  id: 'c1',
  type: 'credit.delta',
  source: '/test',
  data,
  ...attributes,
});

const binary = (attributes: object = {}): RecordHeaders => ({
  ce_specversion: '1.0',
  ce_id: 'c1',
  ce_type: 'credit.delta',
  ce_source: '/test',
  'content-type': 'application/json',
  ...attributes,
});

type Send = (command: unknown, attributes?: object) => DecodeResult;
const sendBinary: Send = (command, attributes) => decode(command, binary(prefixed(attributes ?? {})));
const sendStructured: Send = (command, attributes) => decode(event(command, attributes), structured);

describe.each([
  ['binary', sendBinary, ''],
  ['structured', sendStructured, '/data'],
])('a command as CloudEvent in %s mode', (_mode, send, root) => {
  test('takes id and type from the event', () => {
    expect(send(body)).toMatchObject({ ok: true, command: { ...delta, creditType: 'credits' } });
  });

  test('may repeat them', () => {
    expect(send(delta)).toMatchObject({ ok: true, command: delta });
  });

  test('has the fingerprint of the plain command', () => {
    const plain = decode(delta, {});
    expect(plain.ok && send(body)).toMatchObject({ fingerprint: plain.ok && plain.fingerprint });
    const plainWithMore = decode({ ...delta, x: 1.5 }, {});
    const fingerprint = plainWithMore.ok && plainWithMore.fingerprint;
    expect(send({ ...body, x: 1.5 })).toMatchObject({ fingerprint });
  });

  test('that says otherwise is INVALID_FIELD', () => {
    expect(send({ ...delta, id: 'c2' })).toMatchObject({ code: 'INVALID_FIELD', pointer: `${root}/id` });
    expect(send({ ...delta, id: null })).toMatchObject({ code: 'INVALID_FIELD', pointer: `${root}/id` });
    const other = { ...delta, type: 'credit.set', value: '1' };
    expect(send(other)).toMatchObject({ code: 'INVALID_FIELD', pointer: `${root}/type` });
  });

  test('has its own type judged before the agreement', () => {
    expect(send({ ...delta, type: 'nonsense' })).toMatchObject({ code: 'UNKNOWN_TYPE' });
    expect(send({ ...delta, type: 'nonsense' }, { type: 'nonsense' })).toMatchObject({ code: 'UNKNOWN_TYPE' });
    expect(send(body, { type: 'nonsense' })).toMatchObject({ code: 'UNKNOWN_TYPE' });
    expect(send(delta, { type: 'nonsense' })).toMatchObject({ code: 'INVALID_FIELD', pointer: `${root}/type` });
  });

  test('obeys the rules of ids', () => {
    expect(send(body, { id: '~x' })).toMatchObject({ code: 'INVALID_FIELD', pointer: `${root}/id` });
    expect(send(body, { id: '' })).toMatchObject({ code: 'INVALID_FIELD', pointer: `${root}/id` });
    expect(send(body, { id: 'x'.repeat(256) })).toMatchObject({ code: 'INVALID_FIELD', pointer: `${root}/id` });
  });

  test('of another specversion is INVALID_FIELD', () => {
    expect(send(delta, { specversion: '0.3' })).toMatchObject({ code: 'INVALID_FIELD' });
  });
});

describe('binary mode', () => {
  test('without an id needs one in the command', () => {
    expect(decode(body, { ce_type: 'credit.delta' })).toMatchObject({ code: 'INVALID_FIELD', pointer: '/id' });
    expect(decode({ ...body, id: 'c9' }, { ce_type: 'credit.delta' })).toMatchObject({ command: { id: 'c9' } });
  });

  test('refuses an id that is not UTF-8 or has U+0000', () => {
    for (const id of [Buffer.from([0x63, 0xff]), 'a\0b']) {
      expect(decode(body, binary({ ce_id: id }))).toMatchObject({ code: 'INVALID_FIELD', pointer: '/id' });
    }
  });

  test('is what the CloudEvents SDK writes', () => {
    const message = Kafka.binary(new CloudEvent({ id: 'c1', type: 'credit.delta', source: '/x', data: body }));
    expect(decode(message.body, message.headers as RecordHeaders)).toMatchObject({ ok: true, command: delta });
  });
});

describe('structured mode', () => {
  test('is what the CloudEvents SDK writes', () => {
    const message = Kafka.structured(new CloudEvent({ id: 'c1', type: 'credit.delta', source: '/x', data: body }));
    const value = Buffer.from(message.body as string);
    const result = decodeCommand({ key: null, value, headers: message.headers });
    expect(result).toMatchObject({ ok: true, command: delta });
  });

  test.each(['application/cloudevents+json', 'Application/CloudEvents+JSON;charset=utf-8'])('is told by %s', (type) => {
    expect(decode(event(body), { 'content-type': Buffer.from(type) }).ok).toBe(true);
  });

  test('is not assumed for other content types', () => {
    expect(decode(event(body), {})).toMatchObject({ ok: false, code: 'MISSING_TENANT' });
  });

  test.each([[undefined], [null], [[]], ['{}'], [7]])('with data %p is NOT_JSON', (data) => {
    expect(decode(event(data), structured)).toMatchObject({ code: 'NOT_JSON' });
  });

  test('points into the record, and knows how amounts were written', () => {
    expect(decode(event({ ...body, delta: 'x' }), structured)).toMatchObject({ pointer: '/data/delta' });
    const text = JSON.stringify(event({ ...body, delta: 100 }));
    const send = (json: string): DecodeResult =>
      decodeCommand({ key: null, value: Buffer.from(json), headers: structured });
    expect(send(text)).toMatchObject({ ok: true, command: { delta: '100' } });
    expect(send(text.replace('"delta":100', '"delta":1e2'))).toMatchObject({ pointer: '/data/delta' });
    expect(send(text.replace('"delta":100', '"delta":1e2').replace('{', '{"delta":100,'))).toMatchObject({
      pointer: '/data/delta',
    });
  });

  test('checks the text of the whole event, and lets the command be as deep as a plain one', () => {
    expect(decode(event(body, { extension: 'a\0' }), structured)).toMatchObject({ pointer: '/extension' });
    const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    expect(decode(event({ ...body, x: nested(31) }), structured).ok).toBe(true);
    expect(decode(event({ ...body, x: nested(32) }), structured)).toMatchObject({ code: 'INVALID_FIELD' });
  });

  test('carries the trace context', () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    expect(decode(event(body, { traceparent }), structured)).toMatchObject({ traceparent });
  });
});

function prefixed(attributes: object): object {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value]));
}
