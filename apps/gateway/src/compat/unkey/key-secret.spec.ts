import type { Principal } from '../../auth/principal.js';
import { newKey, secretHash } from './key-secret.js';
import type { UnkeyCall } from './unkey-calls.js';

const caller: Principal = {
  keyId: 'k',
  tenantId: 'acme',
  keyName: 'test',
  scopes: ['admin'],
  accountPrefix: null,
  group: null,
};

function call(repeatable: boolean, fields: { id?: string; rootKey?: string; tenantId?: string } = {}): UnkeyCall {
  const { id = 'signup-1', rootKey = 'cb_root', tenantId = 'acme' } = fields;
  return { caller: { ...caller, tenantId }, rootKey, identity: { id, repeatable, traceparent: undefined } };
}

describe('a new key', () => {
  it('is another one every time without an Idempotency-Key', () => {
    const keys = Array.from({ length: 50 }, () => newKey(call(false), undefined, 16));
    expect(new Set(keys.map(({ secret }) => secret)).size).toBe(50);
    expect(new Set(keys.map(({ keyId }) => keyId)).size).toBe(50);
  });

  it('is the same one for the same root key, tenant and Idempotency-Key, and for no other', () => {
    const first = newKey(call(true), 'prod', 32);
    expect(newKey(call(true), 'prod', 32)).toEqual(first);
    for (const other of [{ id: 'signup-2' }, { rootKey: 'cb_other' }, { tenantId: 'other' }]) {
      const { keyId, secret } = newKey(call(true, other), 'prod', 32);
      expect(keyId).not.toBe(first.keyId);
      expect(secret).not.toBe(first.secret);
    }
  });

  it.each([16, 64, 255])('has %i bytes and shows four characters of them', (byteLength) => {
    for (const repeatable of [true, false]) {
      const { secret, start } = newKey(call(repeatable, { id: 'x'.repeat(255) }), 'prod', byteLength);
      expect(secret).toMatch(new RegExp(`^prod_[0-9a-f]{${byteLength * 2}}$`));
      expect(start).toBe(secret.slice(0, 9));
    }
  });

  it('its id tells nothing of its secret', () => {
    const { keyId, secret } = newKey(call(true), undefined, 16);
    expect(keyId.slice(4)).not.toBe(secret);
    expect(secretHash(secret)).toMatch(/^[0-9a-f]{64}$/);
  });
});
