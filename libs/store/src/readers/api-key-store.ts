import { createHash, randomBytes } from 'node:crypto';

import { type DataSource, In, IsNull } from 'typeorm';

import { ApiKeyEntity, TenantEntity } from '../entities/index.js';
import { type ApiKey, type NewApiKey, type Scope, SCOPES } from './shapes.js';
import { TenantUnknown } from './tenant-store.js';

const SECRET_PREFIX = 'cb_';
const SECRET_BYTES = 32;
/** As much of the secret as may be shown and stored: the prefix and 48 bits, of 256. */
const SHOWN_CHARACTERS = SECRET_PREFIX.length + 8;

/** A key that can't be made as asked for; the message names the field. */
export class InvalidApiKey extends Error {
  override readonly name = 'InvalidApiKey';
  readonly code = 'INVALID_API_KEY';
}

/** API keys, by the SHA-256 of their secret. Revocation and expiry are facts of the row: the caller judges them. */
export class ApiKeyStore {
  constructor(private readonly dataSource: DataSource) {}

  /** The key with that hash, revoked and expired ones too; null: there is none. */
  findByHash(hash: Buffer): Promise<ApiKey | null> {
    return this.keys().findOneBy({ hash });
  }

  /**
   * Notes that the keys were used now. The only thing that the gateway's role may write. One by one, so that two
   * gateways with the same keys don't wait for each other in a circle.
   */
  async touch(hashes: readonly Buffer[]): Promise<void> {
    for (const hash of hashes) {
      await this.keys()
        .createQueryBuilder()
        .update()
        .set({ lastUsedAt: () => 'now()' })
        .where({ hash })
        .execute();
    }
  }

  /** Makes a key and returns its secret (`cb_…`), which is shown this once. @throws TenantUnknown, InvalidApiKey */
  async create(key: NewApiKey): Promise<{ readonly secret: string; readonly apiKey: ApiKey }> {
    checkScopes(key.scopes);
    if (!(await this.dataSource.getRepository(TenantEntity).existsBy({ tenantId: key.tenantId }))) {
      throw new TenantUnknown(key.tenantId);
    }
    const secret = `${SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`;
    const hash = hashApiKey(secret);
    await this.keys().insert({
      hash,
      tenantId: key.tenantId,
      name: key.name,
      shown: secret.slice(0, SHOWN_CHARACTERS),
      scopes: [...key.scopes],
      accountPrefix: key.accountPrefix ?? null,
      group: key.group ?? null,
      expiresAt: key.expiresAt ?? null,
    });
    return { secret, apiKey: await this.keys().findOneByOrFail({ hash }) };
  }

  /** All keys of a tenant, newest first. */
  list(tenantId: string): Promise<readonly ApiKey[]> {
    return this.keys().find({ where: { tenantId }, order: { createdAt: 'DESC', shown: 'ASC' } });
  }

  /** Revokes the tenant's keys of that name, or the one shown so; returns how many it revoked now. */
  async revoke(tenantId: string, nameOrShown: string): Promise<number> {
    const found = await this.keys().find({
      where: [
        { tenantId, name: nameOrShown, revokedAt: IsNull() },
        { tenantId, shown: nameOrShown, revokedAt: IsNull() },
      ],
    });
    if (found.length === 0) return 0;
    const result = await this.keys()
      .createQueryBuilder()
      .update()
      .set({ revokedAt: () => 'now()' })
      .where({ hash: In(found.map(({ hash }) => hash)), revokedAt: IsNull() })
      .execute();
    return result.affected ?? 0;
  }

  private keys() {
    return this.dataSource.getRepository(ApiKeyEntity);
  }
}

/** SHA-256 of an API key's secret, under which it is stored. */
export function hashApiKey(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

function checkScopes(scopes: readonly Scope[]): void {
  const known: readonly string[] = SCOPES;
  const unknown = scopes.filter((scope) => !known.includes(scope));
  if (scopes.length > 0 && unknown.length === 0) return;
  const given = scopes.length === 0 ? 'scopes are empty' : `scopes ${unknown.join(', ')} do not exist`;
  throw new InvalidApiKey(`${given}; allowed are ${SCOPES.join(', ')}`);
}
