import type { DataSource } from 'typeorm';

import type { Tenant } from './shapes.js';

/** The catalogue of tenants, written by administration only. */
export class TenantStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Makes the tenant; one that exists is left as it is. Returns whether it was made now. */
  create(tenantId: string, name?: string): Promise<boolean> {
    throw new Error(`soon ${tenantId} ${name} ${this.dataSource.name}`);
  }

  /** All tenants by id. */
  list(): Promise<readonly Tenant[]> {
    throw new Error('soon');
  }
}
