const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/** The hash that Kafka's Java client partitions keys with; a signed 32-bit integer. */
export function murmur2(key: Uint8Array): number {
  const length = key.length;
  let hash = SEED ^ length;
  let at = 0;
  for (const last = length - 4; at <= last; at += 4) {
    let word =
      (key[at] as number) |
      ((key[at + 1] as number) << 8) |
      ((key[at + 2] as number) << 16) |
      ((key[at + 3] as number) << 24);
    word = Math.imul(word, MULTIPLIER);
    word = Math.imul(word ^ (word >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  const rest = length - at;
  if (rest > 2) hash ^= (key[at + 2] as number) << 16;
  if (rest > 1) hash ^= (key[at + 1] as number) << 8;
  if (rest > 0) hash = Math.imul(hash ^ (key[at] as number), MULTIPLIER);
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}
