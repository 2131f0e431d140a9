import { hash } from 'node:crypto';

import type { UuidText } from '@app/contracts';

/** Takes the place of an account's key in entries of the catalogue: 16 bytes of SHA-256, so that a replay makes the same. */
export function catalogKey(tenantId: string, kind: 'credit-type' | 'schedule', id: string): UuidText {
  const hex = hash('sha256', ['catalog', kind, tenantId, id].join('\0'), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
