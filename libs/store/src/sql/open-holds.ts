import { HOLD_COLUMNS } from './hold-columns.js';
import type { Statement } from './statement.js';

/**
 * Open holds of accounts that are locked, in the order of their creation. Row: index in the given arrays, then
 * `HOLD_COLUMNS`. The order is that of the index, by which Postgres finds them and no others.
 */
export const OPEN_HOLDS: Statement = {
  name: 'open_holds',
  text: `
    select wanted.index, ${HOLD_COLUMNS}
    from (
      select unnest($1::text[]) as tenant_id, unnest($2::uuid[]) as account_key, generate_subscripts($2::uuid[], 1) - 1 as index
    ) as wanted
    cross join lateral (
      select * from holds
      where tenant_id = wanted.tenant_id and account_key = wanted.account_key and status = 'open'
      order by created_at, hold_id
    ) as h`,
};
