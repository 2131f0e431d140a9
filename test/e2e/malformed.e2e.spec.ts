import { randomUUID } from 'node:crypto';
import type { OutgoingRecord } from '@app/messaging';
import { eventually } from '@app/testing';
import { Deployment } from '../deployment/deployment.js';
import { type TailedRecord, TopicTail } from '../deployment/topic-tail.js';

const delta = (fields: Record<string, unknown>): string =>
  JSON.stringify({
    type: 'credit.delta',
    id: randomUUID(),
    tenantId: 'acme',
    accountId: 'key_1',
    delta: '-1',
    ...fields,
  });
/** A delta whose amount is this JSON source text. */
const amount = (source: string): string => delta({ delta: '@' }).replace('"@"', source);
const nested = (depth: number): string =>
  delta({ metadata: '@' }).replace('"@"', '{"a":'.repeat(depth) + '1' + '}'.repeat(depth));
const manyKeys = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`k${n}`, 'v']));

/** Everything that is no command, the reason it is dead-lettered with, and where the fault is. */
const MALFORMED: readonly (readonly [title: string, value: Buffer | string | null, reason: string, pointer?: string])[] = [
  ['not JSON', '{"type":', 'NOT_JSON'],
  ['a JSON array', '[]', 'NOT_JSON'],
  ['an empty value', '', 'EMPTY_VALUE'],
  ['no value', null, 'EMPTY_VALUE'],
  ['an unknown type', delta({ type: 'credit.multiply' }), 'UNKNOWN_TYPE'],
  ['an unknown schemaVersion', delta({ schemaVersion: 2 }), 'UNSUPPORTED_VERSION'],
  ['no tenant', delta({ tenantId: undefined }), 'MISSING_TENANT'],
  ['an unknown tenant', delta({ tenantId: 'nobody' }), 'UNKNOWN_TENANT'],
  ['over 64 KiB', delta({ extra: 'x'.repeat(65_536) }), 'TOO_LARGE'],
  ['2 MB', delta({ extra: 'x'.repeat(2_000_000) }), 'TOO_LARGE'],
  ['the number 1e400', amount('1e400'), 'INVALID_FIELD', '/delta'],
  ['the number 1e2', amount('1e2'), 'INVALID_FIELD', '/delta'],
  ['the number 1.0', amount('1.0'), 'INVALID_FIELD', '/delta'],
  ['the number -0', amount('-0'), 'INVALID_FIELD', '/delta'],
  ['the number 0.99999999999999999', amount('0.99999999999999999'), 'INVALID_FIELD', '/delta'],
  ['an integer beyond 2^53 as a number', amount('9007199254740993'), 'INVALID_FIELD', '/delta'],
  ['100 metadata keys', delta({ metadata: manyKeys }), 'INVALID_FIELD', '/metadata'],
  ['metadata nested 3,000 deep', nested(3_000), 'INVALID_FIELD'],
  ['wrong UTF-8', Buffer.concat([Buffer.from('{"type":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]), 'NOT_JSON'],
  ['an id reserved for the scheduler', delta({ id: '~x' }), 'INVALID_FIELD', '/id'],
  ['U+0000 in an id', delta({ id: 'a\u0000b' }), 'INVALID_FIELD', '/id'],
]; // prettier-ignore

describe('P7: one bad message never stops the others', () => {
  let deployment: Deployment;
  let tail: TopicTail;
  beforeAll(async () => {
    deployment = await Deployment.start({ partitions: 1 });
    tail = await TopicTail.start(deployment.brokers, [deployment.topics.deadLetter]);
    await deployment.startWorker();
    await deployment.publish([{ type: 'account.open', initial: '1000' }]);
    const records = MALFORMED.flatMap(([, value], index): OutgoingRecord[] => [
      { key: 'acme:key_1', value, headers: { test: String(index) } },
      { key: 'acme:key_1', value: delta({ id: `behind-${index}` }) },
    ]);
    // One by one: together they are larger than a batch may be.
    for (const record of records) await deployment.send([record]);
    await deployment.settled(10_000);
  });
  afterAll(async () => {
    await tail.stop();
    await deployment.stop();
  });

  const letterOf = (test: number | string): Promise<TailedRecord> =>
    eventually(() => {
      const letter = tail.records.find(({ headers }) => String(headers.test) === String(test));
      if (letter === undefined) throw new Error('no dead letter yet');
      return letter;
    });

  it.each(MALFORMED.map(([title, value, reason, pointer], index) => ({ title, value, reason, pointer, index })))(
    '$title is dead-lettered as $reason with its original key, value, headers and position',
    async ({ value, reason, pointer, index }) => {
      const letter = await letterOf(index);
      expect(String(letter.headers['x-dlq-reason'])).toBe(reason);
      if (pointer !== undefined) expect(String(letter.headers['x-dlq-pointer'])).toBe(pointer);
      expect(letter.key?.toString()).toBe('acme:key_1');
      expect(letter.value?.equals(Buffer.from(value ?? '')) ?? value === null).toBe(true);
      expect(String(letter.headers['x-dlq-original-offset'])).toBe(String(1 + 2 * index));
    },
  );

  it('headers without a value, or with names that every object has, come with the dead letter', async () => {
    const odd = Object.fromEntries([['none', null], ['constructor', 'c'], ['__proto__', 'p'], ['toString', 't']]); // prettier-ignore
    await deployment.send([{ key: 'acme:key_1', value: 'not JSON', headers: { test: 'odd', ...odd } }]);
    await deployment.settled(10_000);
    const { headers } = await letterOf('odd');
    expect(Object.entries(headers).filter(([name]) => Object.hasOwn(odd, name))).toEqual([
      ['none', null],
      ['constructor', Buffer.from('c')],
      ['__proto__', Buffer.from('p')],
      ['toString', Buffer.from('t')],
    ]);
  });

  // kafkajs alone copies them all for each, which takes longer than a session lasts.
  it('thousands of headers come with the dead letter, and hold nothing up', async () => {
    const many = Object.fromEntries(Array.from({ length: 15_000 }, (_, index) => [`h${index}`, 'v']));
    await deployment.send([{ key: 'acme:key_1', value: 'not JSON', headers: { test: 'many', ...many } }]);
    await deployment.settled(10_000);
    const { headers } = await letterOf('many');
    expect(Object.keys(headers).filter((name) => Object.hasOwn(many, name))).toHaveLength(15_000);
  });

  it('every command behind a malformed one on the same partition is applied', async () => {
    const rows = await deployment.ledger();
    const behind = rows.filter(({ command_id, code }) => command_id.startsWith('behind-') && code === 'APPLIED');
    expect(behind).toHaveLength(MALFORMED.length);
    expect((await deployment.balances()).get('key_1')).toBe(String(1000 - MALFORMED.length));
  });

  it('a fraction beyond the scale and an overflow are rejected, not dead-lettered', async () => {
    await deployment.publish([
      { type: 'credit.delta', id: 'fraction', delta: '0.5' },
      { type: 'credit.delta', id: 'overflow', delta: '9223372036854775807' },
      { type: 'credit.delta', id: 'far-too-large', delta: '99999999999999999999999999' },
    ]);
    await deployment.settled();
    const codes = new Map((await deployment.ledger()).map(({ command_id, code }) => [command_id, code]));
    expect([codes.get('fraction'), codes.get('overflow'), codes.get('far-too-large')]).toEqual([
      'AMOUNT_PRECISION', 'BALANCE_OVERFLOW', 'BALANCE_OVERFLOW',
    ]); // prettier-ignore
  });
});
