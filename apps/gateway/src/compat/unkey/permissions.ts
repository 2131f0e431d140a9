import type { Account } from '@app/domain';
import type { Scope } from '@app/store';

import { hasAccess, hasScope, type Principal } from '../../auth/principal.js';
import { Problem } from '../../http/problem.js';

/**
 * Unkey's permissions as scopes of API keys. A root key without a group has `api.*.<permission>`, one that is limited
 * to a group has `api.<group>.<permission>`.
 */
const SCOPE_OF = {
  create_key: 'credits:write',
  read_key: 'credits:read',
  update_key: 'credits:write',
  verify_key: 'credits:write',
} as const satisfies Record<string, Scope>;

export type Permission = keyof typeof SCOPE_OF;

/** @throws Problem 403 for a root key that has the permission for no API at all */
export function requireForAnyApi(caller: Principal, permission: Permission): void {
  if (!hasScope(caller, SCOPE_OF[permission])) throw lacking(permission, '<api_id>');
}

/** @throws Problem 403 for a root key that is limited to another API */
export function requireForApi(caller: Principal, permission: Permission, api: string): void {
  if (caller.group !== null && caller.group !== api) throw lacking(permission, api);
}

/** @throws Problem 403 for a root key that is limited to other keys */
export function requireForKey(caller: Principal, permission: Permission, key: Account): void {
  if (!hasAccess(caller, key)) throw lacking(permission, key.group);
}

function lacking(permission: Permission, api: string | null): Problem {
  const specific = api === null ? '' : ` or api.${api}.${permission}`;
  const detail = `The root key lacks a permission that this needs: api.*.${permission}${specific}.`;
  return new Problem(403, 'FORBIDDEN', detail);
}
