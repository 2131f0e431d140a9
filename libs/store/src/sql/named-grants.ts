import { GRANT_COLUMNS } from './grant-columns.js';
import type { Statement } from './statement.js';

/**
 * Grants by id, in whatever state. Row: index in the given arrays, the account's id and credit type, then
 * `GRANT_COLUMNS`, then name, cost basis and metadata, read only where $3 says so.
 */
export const NAMED_GRANTS: Statement = {
  name: 'named_grants',
  text: `
    select wanted.index, a.account_id, a.credit_type, ${GRANT_COLUMNS},
           case when wanted.texts then g.name end, case when wanted.texts then g.cost_basis end,
           case when wanted.texts then g.metadata end
    from (
      select unnest($1::text[]) as tenant_id, unnest($2::text[]) as grant_id, unnest($3::bool[]) as texts,
             generate_subscripts($2::text[], 1) - 1 as index
    ) as wanted
    cross join lateral (
      select * from grants
      where tenant_id = wanted.tenant_id and grant_id = wanted.grant_id
      limit 1
    ) as g
    join accounts a on a.tenant_id = g.tenant_id and a.account_key = g.account_key`,
};
