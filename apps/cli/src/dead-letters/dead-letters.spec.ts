import { deadLetterRecord } from '@app/contracts';
import type { LogRecord, TopicRecords } from '@app/messaging';

import { deadLetterJson, deadLetterOf, type DeadLetter } from './dead-letter.js';
import { planRedrive, redrive } from './redrive.js';
import { chosenRanges } from './selection.js';

const FAILED_AT = Date.UTC(2026, 10, 20, 10);

/** A dead letter at an offset of the dead-letter topic, of the record at another of the commands topic. */
function letterAt(offset: bigint, original = offset, value: Buffer | null = Buffer.from('{"id":"c1"}')): DeadLetter {
  const record = { key: Buffer.from('k'), value, headers: { h: 'x' }, offset: original, timestampMs: 1 };
  const about = { topic: 'commands', partition: 3, group: 'g', failedAt: FAILED_AT, reason: 'NOT_JSON' } as const;
  const { headers = {} } = deadLetterRecord({ record, ...about, message: 'no' }, 1_000_000);
  return deadLetterOf(0, { ...record, headers, offset, timestampMs: 2 });
}

describe('a dead letter', () => {
  it('says why, from where and when, and what the command calls itself', () => {
    const value = Buffer.from('{"id":"c1","type":"credit.delta","tenantId":"acme","accountId":"key_1","delta":"1e2"}');
    expect(letterAt(7n, 42n, value)).toMatchObject({
      partition: 0,
      offset: 7n,
      failedAtMs: FAILED_AT,
      reason: 'NOT_JSON',
      message: 'no',
      original: 'commands/3/42',
      redrives: 0,
      isCut: false,
      commandId: 'c1',
      commandType: 'credit.delta',
      tenantId: 'acme',
      accountId: 'key_1',
    });
  });

  it('is read whatever it holds, and its value is printed without loss', () => {
    const bare: LogRecord = { key: null, value: Buffer.from([0xff, 0x00]), headers: {}, offset: 1n, timestampMs: 5 };
    expect(deadLetterOf(2, bare)).toMatchObject({ reason: 'unknown', failedAtMs: 5, original: 'unknown/2/1' });
    expect(deadLetterJson(deadLetterOf(2, bare))).toMatchObject({ key: null, valueBase64: '/wA=' });
    for (const value of [null, Buffer.from('null'), Buffer.from('[1]'), Buffer.from('{"id":5}')]) {
      expect(deadLetterOf(0, { ...bare, value }).commandId).toBeUndefined();
    }
  });
});

describe('a redrive', () => {
  it('keeps the order of each partition', () => {
    const [a, b, c] = [letterAt(1n), letterAt(2n), { ...letterAt(0n), partition: 1, original: 'other' }];
    expect(planRedrive([c, b, a]).letters).toEqual([a, b, c]);
  });

  it('sends repeats of a dead letter once, and what was cut not at all', () => {
    const cut = { ...letterAt(9n), isCut: true };
    const plan = planRedrive([letterAt(1n, 5n), letterAt(2n, 6n), letterAt(3n, 5n), cut]);
    expect(plan.letters.map(({ offset }) => offset)).toEqual([2n, 3n]);
    expect(plan).toMatchObject({ repeats: 1, cut: [cut] });
  });

  it('sends the original key, value and headers with a raised count', async () => {
    const sent: TopicRecords[] = [];
    const producer = {
      connect: () => Promise.resolve(),
      disconnect: () => Promise.resolve(),
      send: (batch: readonly TopicRecords[]) => Promise.resolve(void sent.push(...batch)),
    };
    await redrive(
      producer,
      'commands',
      Array.from({ length: 501 }, (_, index) => letterAt(BigInt(index))),
    );
    expect(sent.map(({ topic, records }) => [topic, records.length])).toEqual([
      ['commands', 500],
      ['commands', 1],
    ]);
    expect(sent[0]?.records[0]).toEqual({
      key: Buffer.from('k'),
      value: Buffer.from('{"id":"c1"}'),
      headers: { h: 'x', 'x-dlq-redrive-count': '1' },
    });
  });
});

describe('the part of the log that is read', () => {
  const ranges = new Map([
    [0, { start: 5n, end: 9n }],
    [1, { start: 0n, end: 3n }],
  ]);

  it('is everything unless something is chosen', () => {
    expect(chosenRanges(ranges, {})).toEqual(ranges);
  });

  it('is the offsets of one partition, as far as they are there, and nothing of the others', () => {
    const nothing = [1, { start: 3n, end: 3n }] as const;
    const read = (fromOffset?: bigint, toOffset?: bigint) =>
      chosenRanges(ranges, { partition: 0, fromOffset, toOffset });
    expect(read()).toEqual(new Map([[0, { start: 5n, end: 9n }], nothing]));
    expect(read(6n, 8n)).toEqual(new Map([[0, { start: 6n, end: 8n }], nothing]));
    expect(read(0n, 99n)).toEqual(new Map([[0, { start: 5n, end: 9n }], nothing]));
    expect(read(9n)).toEqual(new Map([[0, { start: 9n, end: 9n }], nothing]));
    expect(read(8n, 6n)).toEqual(new Map([[0, { start: 9n, end: 9n }], nothing]));
  });

  it('needs a partition that there is, and a partition for offsets', () => {
    expect(() => chosenRanges(ranges, { partition: 2 })).toThrow('no partition 2');
    expect(() => chosenRanges(ranges, { fromOffset: 1n })).toThrow('offsets are those of one partition');
  });
});
