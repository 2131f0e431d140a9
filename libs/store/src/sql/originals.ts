import type { Statement } from './statement.js';

/**
 * The entries that reversals name, with the sum of their reversals so far. Row: index in the given arrays, command id
 * (null: the key is the id), account id, credit type, version (null: rejected), cause, applied, allocations, reversed.
 * Read behind the lock of the account, under which alone its reversals are written.
 */
export const ORIGINALS: Statement = {
  name: 'originals',
  text: `
    select wanted.index, e.command_id, coalesce(e.account_id, a.account_id), coalesce(e.credit_type, a.credit_type),
           e.version, e.cause, e.applied, e.allocations, r.reversed
    from (
      select unnest($1::text[]) as tenant_id, unnest($2::uuid[]) as command_key, generate_subscripts($2::uuid[], 1) - 1 as index
    ) as wanted
    cross join lateral (
      select * from ledger_entries
      where tenant_id = wanted.tenant_id and command_key = wanted.command_key
      limit 1
    ) as e
    left join accounts a on a.tenant_id = e.tenant_id and a.account_key = e.account_key
    cross join lateral (
      select coalesce(sum(reverses_amount), 0) as reversed
      from ledger_entries
      where tenant_id = wanted.tenant_id and reverses_key = wanted.command_key and reverses_key is not null
    ) as r`,
};
