import type { HeaderValue, OutgoingRecord } from '../../ports.js';
import { crc32c } from './crc32c.js';

/**
 * Encodes records as one record batch of message format 2 (KIP-98), uncompressed, into one buffer that is written
 * once. kafkajs builds the same bytes from several small buffers per record, with BigInt arithmetic for each
 * varint, which was more than half of the worker's time (see docs/adr).
 */

/** baseOffset 8, batchLength 4, leaderEpoch 4, magic 1, crc 4, attributes 2, lastOffsetDelta 4, timestamps 16, producer 14, count 4. */
const HEADER_BYTES = 61;
const CRC_AT = 17;
const ATTRIBUTES_AT = 21;
const MAGIC = 2;
/** Attributes, timestamp delta 0, and at most five bytes for each of: record length, offset delta, key length, value length, header count. */
const RECORD_OVERHEAD_BYTES = 27;

/** Upper bound of a record's encoded size in bytes, for splitting batches; exact up to some unused varint bytes. */
export function recordSizeBound(record: OutgoingRecord): number {
  return RECORD_OVERHEAD_BYTES + byteLength(record.key) + byteLength(record.value) + headersSizeBound(record);
}

/**
 * @param records at least one; their `partition` is not looked at.
 * @param timestampMs creation time of all of them, milliseconds since the epoch.
 */
export function encodeRecordBatch(records: readonly OutgoingRecord[], timestampMs: number): Buffer {
  let bound = HEADER_BYTES;
  for (const record of records) bound += recordSizeBound(record);

  const writer = new Writer(Buffer.allocUnsafe(bound), HEADER_BYTES);
  records.forEach((record, index) => {
    writeRecord(writer, record, index);
  });

  const batch = writer.written();
  batch.writeBigInt64BE(0n, 0);
  batch.writeInt32BE(batch.length - 12, 8);
  batch.writeInt32BE(-1, 12);
  batch.writeInt8(MAGIC, 16);
  batch.writeInt16BE(0, ATTRIBUTES_AT);
  batch.writeInt32BE(records.length - 1, 23);
  batch.writeBigInt64BE(BigInt(timestampMs), 27);
  batch.writeBigInt64BE(BigInt(timestampMs), 35);
  batch.writeBigInt64BE(-1n, 43); // no producer id: at least once, consumers deduplicate by event id
  batch.writeInt16BE(-1, 51);
  batch.writeInt32BE(-1, 53);
  batch.writeInt32BE(records.length, 57);
  batch.writeUInt32BE(crc32c(batch, ATTRIBUTES_AT), CRC_AT);
  return batch;
}

function writeRecord(writer: Writer, record: OutgoingRecord, offsetDelta: number): void {
  const keyBytes = lengthOrNull(record.key);
  const valueBytes = lengthOrNull(record.value);
  const headers = headerPairs(record);
  let size = 2 + varintSize(offsetDelta) + fieldSize(keyBytes) + fieldSize(valueBytes) + varintSize(headers.length);
  for (const [name, value] of headers) size += fieldSize(Buffer.byteLength(name)) + fieldSize(lengthOrNull(value));

  writer.varint(size);
  writer.byte(0); // record attributes: none defined
  writer.byte(0); // timestamp delta: all records of a batch share their time
  writer.varint(offsetDelta);
  writer.field(record.key, keyBytes);
  writer.field(record.value, valueBytes);
  writer.varint(headers.length);
  for (const [name, value] of headers) {
    writer.field(name, Buffer.byteLength(name));
    writer.field(value, lengthOrNull(value));
  }
}

type HeaderPair = readonly [name: string, value: HeaderValue | null];
const NO_HEADERS: readonly HeaderPair[] = [];

function headerPairs({ headers }: OutgoingRecord): readonly HeaderPair[] {
  if (headers === undefined) return NO_HEADERS;
  const pairs: HeaderPair[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    if (value === null || typeof value === 'string' || Buffer.isBuffer(value)) pairs.push([name, value]);
    else for (const one of value) pairs.push([name, one]);
  }
  return pairs;
}

function headersSizeBound(record: OutgoingRecord): number {
  let bound = 0;
  for (const [name, value] of headerPairs(record)) bound += 10 + Buffer.byteLength(name) + byteLength(value);
  return bound;
}

function byteLength(value: HeaderValue | null | undefined): number {
  return value === null || value === undefined ? 0 : Buffer.byteLength(value);
}

/** −1 stands for null, as on the wire. */
function lengthOrNull(value: HeaderValue | null | undefined): number {
  return value === null || value === undefined ? -1 : Buffer.byteLength(value);
}

function fieldSize(bytes: number): number {
  return varintSize(bytes) + Math.max(bytes, 0);
}

/** Size of a zigzag varint of a value within ±2^30. */
function varintSize(value: number): number {
  const zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  return zigzag < 0x80 ? 1 : zigzag < 0x4000 ? 2 : zigzag < 0x200000 ? 3 : zigzag < 0x10000000 ? 4 : 5;
}

/** Writes forward into a buffer that is known to be large enough. */
class Writer {
  constructor(
    private readonly buffer: Buffer,
    private at: number,
  ) {}

  written(): Buffer {
    return this.buffer.subarray(0, this.at);
  }

  byte(value: number): void {
    this.buffer[this.at++] = value;
  }

  varint(value: number): void {
    let rest = ((value << 1) ^ (value >> 31)) >>> 0;
    while (rest >= 0x80) {
      this.buffer[this.at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.buffer[this.at++] = rest;
  }

  field(value: HeaderValue | null | undefined, bytes: number): void {
    this.varint(bytes);
    if (bytes <= 0 || value === null || value === undefined) return;
    if (typeof value !== 'string') value.copy(this.buffer, this.at);
    // All bytes are ASCII when there are as many as characters: the one-byte copy is about twice as fast.
    else if (value.length === bytes) this.buffer.write(value, this.at, bytes, 'latin1');
    else this.buffer.write(value, this.at, bytes, 'utf8');
    this.at += bytes;
  }
}
