import { ENTRY_COLUMNS, ENTRY_JOINS } from './entry-columns.js';
import type { Statement } from './statement.js';

/**
 * Ledger entries of those commands of a chunk that are recorded already. Row: index in the given arrays, then
 * `ENTRY_COLUMNS`. The lateral subquery keeps this one index probe per command whatever the planner believes
 * of the table's size.
 */
export const KNOWN_ENTRIES: Statement = {
  name: 'known_entries',
  text: `
    select wanted.index, ${ENTRY_COLUMNS}
    from (
      select unnest($1::text[]) as tenant_id, unnest($2::uuid[]) as command_key, generate_subscripts($2::uuid[], 1) - 1 as index
    ) as wanted
    cross join lateral (
      select * from ledger_entries
      where tenant_id = wanted.tenant_id and command_key = wanted.command_key
      limit 1
    ) as e
    ${ENTRY_JOINS}`,
};
