import { createHash, hkdfSync, randomBytes } from 'node:crypto';

import type { UnkeyCall } from './unkey-calls.js';

/** Random bytes of a key's id. */
const ID_BYTES = 16;
/** Characters of the secret that may be shown, after its prefix. */
const START_CHARACTERS = 4;

/** A new key. Only its owner gets the secret; the account knows its hash. */
export interface NewKey {
  readonly keyId: string;
  readonly secret: string;
  /** First characters of the secret. */
  readonly start: string;
}

/**
 * Makes a key of `byteLength` random bytes. With an `Idempotency-Key` they are derived (HKDF-SHA256) from the root
 * key's secret, which is stored nowhere, so that a repeat is the same command and answers the same key.
 */
export function newKey(call: UnkeyCall, prefix: string | undefined, byteLength: number): NewKey {
  const bytes = randomOrDerived(call, ID_BYTES + byteLength);
  const random = bytes.subarray(ID_BYTES).toString('hex');
  const before = prefix === undefined ? '' : `${prefix}_`;
  return {
    keyId: `key_${bytes.subarray(0, ID_BYTES).toString('hex')}`,
    secret: before + random,
    start: before + random.slice(0, START_CHARACTERS),
  };
}

/** Hexadecimal SHA-256 of a key: the external id of its account. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

function randomOrDerived({ caller, rootKey, identity }: UnkeyCall, length: number): Buffer {
  if (!identity.repeatable) return randomBytes(length);
  const salt = `${caller.tenantId}:${identity.id}`;
  return Buffer.from(hkdfSync('sha256', rootKey, salt, 'creditbus unkey keys.createKey', length));
}
