/**
 * Every entry, in no order, through a cursor: the ledger may be larger than memory. $1: tenant, or null for all.
 * The cursor ends with its transaction.
 */
export const DECLARE_AUDIT_ENTRIES = `
  declare audit_entries no scroll cursor for
  select e.tenant_id, coalesce(e.command_id, e.command_key::text) as command_id,
         coalesce(e.account_id, a.account_id) as account_id, coalesce(e.credit_type, a.credit_type) as credit_type,
         e.code, e.version, e.applied, e.after_balance, date_part('epoch', e.recorded_at) * 1000 as recorded_at,
         e.log_topic, e.log_partition, e.log_offset
  from ledger_entries e
  left join accounts a on a.tenant_id = e.tenant_id and a.account_key = e.account_key
  where $1::text is null or e.tenant_id = $1`;

export const FETCH_AUDIT_ENTRIES = 'fetch 5000 from audit_entries';
export const CLOSE_AUDIT_ENTRIES = 'close audit_entries';
