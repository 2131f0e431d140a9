import { decompressBlock } from 'lz4js';

const MAGIC = 0x184d2204;
const BLOCK_CHECKSUM = 0x10;
const CONTENT_SIZE = 0x08;
const DICTIONARY_ID = 0x01;
const STORED_BLOCK = 0x80000000;
/** Largest uncompressed block by the frame's block size id. */
const BLOCK_BYTES_MAX: ReadonlyMap<number, number> = new Map([
  [4, 64 * 1024],
  [5, 256 * 1024],
  [6, 1024 * 1024],
  [7, 4 * 1024 * 1024],
]);

/**
 * Decompresses an LZ4 frame (lz4_Frame_format.md 1.6.4). The frame reader of lz4js misplaces block checksums and
 * allocates the largest block for each one; its block reader is fine. Checksums aren't verified: Kafka's record
 * batches have one of their own, and the broker checked it.
 *
 * @throws Error when it isn't an LZ4 frame.
 */
export function lz4Frame(bytes: Buffer): Buffer {
  if (bytes.readUInt32LE(0) !== MAGIC) throw new Error('not an LZ4 frame');
  const flags = bytes.readUInt8(4);
  const blockBytesMax = BLOCK_BYTES_MAX.get((bytes.readUInt8(5) >> 4) & 7);
  if (flags >> 6 !== 1 || blockBytesMax === undefined) throw new Error('unknown version or block size of an LZ4 frame');
  // Descriptor, optional fields, one byte of header checksum.
  let at = 6 + (flags & CONTENT_SIZE ? 8 : 0) + (flags & DICTIONARY_ID ? 4 : 0) + 1;
  let output: Buffer = Buffer.allocUnsafe(Math.min(blockBytesMax, bytes.length * 4));
  let written = 0;
  for (;;) {
    const header = bytes.readUInt32LE(at);
    at += 4;
    if (header === 0) return output.subarray(0, written);
    const stored = header >= STORED_BLOCK;
    const size = stored ? header - STORED_BLOCK : header;
    // Output is one buffer, since a block may refer back to the 64 KiB before it.
    output = withRoom(output, written, stored ? size : Math.min(blockBytesMax, size * 255));
    if (stored) bytes.copy(output, written, at, at + size);
    written = stored ? written + size : decompressBlock(bytes, output, at, size, written);
    at += size + (flags & BLOCK_CHECKSUM ? 4 : 0);
  }
}

function withRoom(output: Buffer, written: number, more: number): Buffer {
  if (written + more <= output.length) return output;
  const larger = Buffer.allocUnsafe(Math.max(output.length * 2, written + more));
  output.copy(larger, 0, 0, written);
  return larger;
}
