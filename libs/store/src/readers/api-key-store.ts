import type { DataSource } from 'typeorm';

import type { ApiKey, NewApiKey } from './shapes.js';

/** API keys, by the SHA-256 of their secret. Revocation and expiry are facts of the row: the caller judges them. */
export class ApiKeyStore {
  constructor(private readonly dataSource: DataSource) {}

  /** The key with that hash, revoked and expired ones too; null: there is none. */
  findByHash(hash: Buffer): Promise<ApiKey | null> {
    throw new Error(`soon ${hash.length} ${this.dataSource.name}`);
  }

  /** Notes that the keys were used now. The only thing that the gateway's role may write. */
  touch(hashes: readonly Buffer[]): Promise<void> {
    throw new Error(`soon ${hashes.length}`);
  }

  /** Makes a key and returns its secret (`cb_…`), which is shown this once. @throws TenantUnknown */
  create(key: NewApiKey): Promise<{ readonly secret: string; readonly apiKey: ApiKey }> {
    throw new Error(`soon ${key.name}`);
  }

  /** All keys of a tenant, newest first. */
  list(tenantId: string): Promise<readonly ApiKey[]> {
    throw new Error(`soon ${tenantId}`);
  }

  /** Revokes the keys of the tenant with that name or shown prefix; returns how many it were (already revoked ones not counted). */
  revoke(tenantId: string, nameOrShown: string): Promise<number> {
    throw new Error(`soon ${tenantId} ${nameOrShown}`);
  }
}

/** SHA-256 of an API key's secret, under which it is stored. */
export function hashApiKey(secret: string): Buffer {
  throw new Error(`soon ${secret.length}`);
}
