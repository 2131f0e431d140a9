import { TenantStore } from '@app/store';
import type { DataSource } from 'typeorm';

import { Refused } from '../errors.js';

/** Tells a tenant that has nothing from a tenant that was mistyped. @throws Refused */
export async function requireTenant(dataSource: DataSource, tenantId: string): Promise<void> {
  const tenants = await new TenantStore(dataSource).list();
  if (tenants.some((tenant) => tenant.tenantId === tenantId)) return;
  throw new Refused(`tenant ${JSON.stringify(tenantId)} does not exist.`, {
    code: 'UNKNOWN_TENANT',
    hint: '`creditbus tenants list` shows them, `creditbus tenants create` makes one.',
  });
}
