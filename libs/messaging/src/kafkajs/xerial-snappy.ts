import { uncompress } from 'snappyjs';

/** Java clients (snappy-java, "xerial") write a header and blocks with lengths instead of one raw snappy stream. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
/** Magic, version, lowest compatible version. */
const XERIAL_HEADER_BYTES = 16;

/** Raw snappy, or snappy-java's framing. @throws Error when it is neither. */
export function unsnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) return uncompress(bytes);
  const blocks: Buffer[] = [];
  for (let at = XERIAL_HEADER_BYTES; at < bytes.length;) {
    const length = bytes.readInt32BE(at);
    at += 4;
    // Frames may be concatenated: the magic's first four bytes are a negative length.
    if (length < 0) at += XERIAL_HEADER_BYTES - 4;
    else {
      blocks.push(uncompress(bytes.subarray(at, at + length)));
      at += length;
    }
  }
  return Buffer.concat(blocks);
}
