import type { ApiKey } from '@app/store';

import { isoTime } from '../../output/printer.js';

export type KeyState = 'active' | 'expired' | 'revoked';

/** An API key as it is printed; never its hash. */
export function keyJson(key: ApiKey, now: number = Date.now()) {
  return {
    tenantId: key.tenantId,
    name: key.name,
    shown: key.shown,
    state: stateOf(key, now),
    scopes: key.scopes,
    accountPrefix: key.accountPrefix,
    group: key.group,
    expiresAt: isoTime(key.expiresAt),
    revokedAt: isoTime(key.revokedAt),
    createdAt: isoTime(key.createdAt),
    lastUsedAt: isoTime(key.lastUsedAt),
  };
}

function stateOf(key: ApiKey, now: number): KeyState {
  if (key.revokedAt !== null) return 'revoked';
  return key.expiresAt !== null && key.expiresAt <= now ? 'expired' : 'active';
}
