import { ACCOUNT_COLUMNS } from './account-columns.js';
import type { Statement } from './statement.js';

/**
 * Locks and reads the accounts of a chunk. Row: index in the given arrays, then `ACCOUNT_COLUMNS`.
 *
 * The lateral subquery locks them one by one in the order of the arrays, which is sorted: two transactions with
 * accounts in common never wait for each other in a circle. `no key`: the key never changes, so that rows which
 * refer to an account may be inserted meanwhile.
 */
export const LOCK_ACCOUNTS: Statement = {
  name: 'lock_accounts',
  text: `
    select wanted.index, ${ACCOUNT_COLUMNS}
    from (
      select unnest($1::text[]) as tenant_id, unnest($2::uuid[]) as account_key, generate_subscripts($2::uuid[], 1) - 1 as index
    ) as wanted
    cross join lateral (
      select * from accounts
      where tenant_id = wanted.tenant_id and account_key = wanted.account_key
      for no key update
    ) as a`,
};
