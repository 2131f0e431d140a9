/** How much there is to be audited. $1: tenant, or null for all. */
export const AUDIT_TOTALS = `
  select (select count(*) from accounts where $1::text is null or tenant_id = $1) as accounts,
         count(*) filter (where version is not null) as applied,
         count(*) filter (where version is null) as rejected
  from ledger_entries
  where $1::text is null or tenant_id = $1`;
