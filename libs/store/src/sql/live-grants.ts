import { GRANT_COLUMNS } from './grant-columns.js';
import type { Statement } from './statement.js';

/**
 * Grants with something left of accounts that are locked, in the order of their creation. Row: index in the given
 * arrays, then `GRANT_COLUMNS`. The order is that of the index, by which Postgres finds them and no others.
 */
export const LIVE_GRANTS: Statement = {
  name: 'live_grants',
  text: `
    select wanted.index, ${GRANT_COLUMNS}
    from (
      select unnest($1::text[]) as tenant_id, unnest($2::uuid[]) as account_key, generate_subscripts($2::uuid[], 1) - 1 as index
    ) as wanted
    cross join lateral (
      select * from grants
      where tenant_id = wanted.tenant_id and account_key = wanted.account_key and live
      order by created_version, grant_id
    ) as g`,
};
