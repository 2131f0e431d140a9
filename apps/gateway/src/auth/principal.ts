import type { Scope } from '@app/store';

/** Who is calling: what a verified API key says. Everything a request reads or publishes stays inside its tenant. */
export interface Principal {
  /** Names the key in metrics, limits and logs without telling it: the first characters of its SHA-256. */
  readonly keyId: string;
  readonly tenantId: string;
  readonly keyName: string;
  readonly scopes: readonly Scope[];
  /** Only accounts whose id begins with it. */
  readonly accountPrefix: string | null;
  /** Only accounts of this API group. */
  readonly group: string | null;
}

/** Whether the key may do what needs this scope; `admin` is all (gateway, "Auth"). */
export function hasScope(principal: Principal, scope: Scope): boolean {
  return principal.scopes.includes(scope) || principal.scopes.includes('admin');
}

/** Whether the key's limits let it at this account of its tenant. */
export function hasAccess(
  { accountPrefix, group }: Principal,
  account: { readonly accountId: string; readonly group: string | null },
): boolean {
  return (
    (accountPrefix === null || account.accountId.startsWith(accountPrefix)) &&
    (group === null || account.group === group)
  );
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard of the native routes. */
    principal?: Principal;
  }
}
