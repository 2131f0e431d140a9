import type { Statement } from './statement.js';

/** Which of these tenants exist. Row: tenant id. */
export const KNOWN_TENANTS: Statement = {
  name: 'known_tenants',
  text: `
    select tenant_id
    from tenants
    where tenant_id = any ($1::text[])`,
};
