import { ENTRY_COLUMNS, ENTRY_JOINS } from './entry-columns.js';

/**
 * Entries as they are stored, each account's in the order of its versions, through a cursor: the ledger may be larger
 * than memory. $1: tenant, $2: account key, $3: recorded at or after, $4: recorded before; null: whatever it is.
 * The cursor ends with its transaction. Row: `ENTRY_COLUMNS`.
 */
export const DECLARE_AUDIT_OUTCOMES = `
  declare audit_outcomes no scroll cursor for
  select ${ENTRY_COLUMNS}
  from ledger_entries e
  ${ENTRY_JOINS}
  where ($1::text is null or e.tenant_id = $1)
    and ($2::uuid is null or e.account_key = $2)
    and ($3::timestamptz is null or e.recorded_at >= $3)
    and ($4::timestamptz is null or e.recorded_at < $4)
  order by e.recorded_at, e.version, e.log_topic, e.log_partition, e.log_offset`;

export const FETCH_AUDIT_OUTCOMES = 'fetch 1000 from audit_outcomes';
export const CLOSE_AUDIT_OUTCOMES = 'close audit_outcomes';
