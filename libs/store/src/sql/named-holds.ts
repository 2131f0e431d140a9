import { HOLD_COLUMNS } from './hold-columns.js';
import type { Statement } from './statement.js';

/**
 * Holds by id, in whatever state. Row: index in the given arrays, the account's id and credit type, then
 * `HOLD_COLUMNS`.
 */
export const NAMED_HOLDS: Statement = {
  name: 'named_holds',
  text: `
    select wanted.index, a.account_id, a.credit_type, ${HOLD_COLUMNS}
    from (
      select unnest($1::text[]) as tenant_id, unnest($2::text[]) as hold_id, generate_subscripts($2::text[], 1) - 1 as index
    ) as wanted
    cross join lateral (
      select * from holds
      where tenant_id = wanted.tenant_id and hold_id = wanted.hold_id
      limit 1
    ) as h
    join accounts a on a.tenant_id = h.tenant_id and a.account_key = h.account_key`,
};
