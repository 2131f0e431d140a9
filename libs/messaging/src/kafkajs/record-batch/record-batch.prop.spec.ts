import fc from 'fast-check';
import type { OutgoingRecord } from '../../ports.js';
import { crc32c } from './crc32c.js';
import { murmur2 } from './murmur2.js';
import { encodeRecordBatch, recordSizeBound } from './record-batch.js';

// kafkajs reads and computes the same things in its own way, so it is the model here.
const Decoder = jest.requireActual('kafkajs/src/protocol/decoder');
const decodeBatch = jest.requireActual('kafkajs/src/protocol/recordBatch/v0/decoder');
const kafkajsCrc32c = jest.requireActual('kafkajs/src/protocol/recordBatch/crc32C');
const kafkajsMurmur2 = jest.requireActual('kafkajs/src/producer/partitioners/default/murmur2');

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const text = fc.string({ unit: 'binary', maxLength: 200 }).map((value) => value.toWellFormed());
const field = fc.oneof(bytes, text, fc.constant(null));
const headers = fc.dictionary(
  fc.string({ maxLength: 20 }).map((name) => `h-${name}`), // kafkajs trips over names such as valueOf
  fc.oneof(bytes, text, fc.array(text, { minLength: 1, maxLength: 3 })),
  { maxKeys: 4, noNullPrototype: true },
);
const record: fc.Arbitrary<OutgoingRecord> = fc.record(
  { key: field, value: field, headers },
  { requiredKeys: ['key', 'value'] },
);

function asBuffer(value: Buffer | string | null | undefined): Buffer | null {
  return value === null || value === undefined ? null : Buffer.from(value as string);
}

describe('record batch', () => {
  it('is read back by kafkajs as what was written, with a valid checksum', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 20 }), async (records) => {
        const batch = encodeRecordBatch(records, 1_700_000_000_123);
        const read = await decodeBatch(new Decoder(batch));
        expect(batch.readUInt32BE(17)).toBe(kafkajsCrc32c(batch.subarray(21)));
        expect(read.records).toHaveLength(records.length);
        records.forEach((expected, index) => {
          const actual = read.records[index];
          expect(actual.offset).toBe(String(index));
          expect(actual.timestamp).toBe('1700000000123');
          expect(actual.key).toEqual(asBuffer(expected.key));
          expect(actual.value).toEqual(asBuffer(expected.value));
          for (const [name, value] of Object.entries(expected.headers ?? {})) {
            const values = (Array.isArray(value) ? value : [value]).map(asBuffer);
            expect([actual.headers[name]].flat()).toEqual(values);
          }
        });
      }),
    );
  });

  it('is never larger than the bound by which batches are split', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), (records) => {
        const bound = records.reduce((sum, each) => sum + recordSizeBound(each), 61);
        expect(encodeRecordBatch(records, 0).length).toBeLessThanOrEqual(bound);
      }),
    );
  });
});

describe('hashes of the Kafka protocol', () => {
  it('crc32c equals the reference value of RFC 3720 and kafkajs for any bytes', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    fc.assert(fc.property(bytes, (value) => crc32c(value) === kafkajsCrc32c(value)));
  });

  it('murmur2 puts every key into the partition that kafkajs and Java clients choose', () => {
    fc.assert(fc.property(bytes, (key) => murmur2(key) === kafkajsMurmur2(key)));
  });
});
