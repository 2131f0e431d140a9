import type { DataSource } from 'typeorm';

import { TenantEntity } from '../entities/index.js';
import type { Tenant } from './shapes.js';

const TENANT_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** There is no tenant of that id. */
export class TenantUnknown extends Error {
  override readonly name = 'TenantUnknown';
  readonly code = 'UNKNOWN_TENANT';

  constructor(readonly tenantId: string) {
    super(`tenant "${tenantId}" does not exist; make it first`);
  }
}

/** The id is not one that commands can name. */
export class InvalidTenantId extends Error {
  override readonly name = 'InvalidTenantId';
  readonly code = 'INVALID_TENANT_ID';

  constructor(tenantId: string) {
    super(`tenantId ${JSON.stringify(tenantId)} is not allowed; allowed are 1 to 64 of A–Z a–z 0–9 _ -`);
  }
}

/** The catalogue of tenants, written by administration only. */
export class TenantStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Makes the tenant; one that exists is left as it is. Returns whether it was made now. @throws InvalidTenantId */
  async create(tenantId: string, name: string = tenantId): Promise<boolean> {
    if (!TENANT_ID.test(tenantId)) throw new InvalidTenantId(tenantId);
    const result = await this.tenants()
      .createQueryBuilder()
      .insert()
      .values({ tenantId, name })
      .orIgnore()
      .returning('tenant_id')
      .execute();
    const made: unknown = result.raw;
    return Array.isArray(made) && made.length === 1;
  }

  /** All tenants by id. */
  list(): Promise<readonly Tenant[]> {
    return this.tenants().find({ order: { tenantId: 'ASC' } });
  }

  private tenants() {
    return this.dataSource.getRepository(TenantEntity);
  }
}
