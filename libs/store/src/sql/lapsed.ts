/**
 * The free remains of grants past their expiry whose expiry entry hasn't come, by account (domain rules, "Balance").
 * $1: tenant, $2: account keys. The time of reading is the later of the clock and the account's last entry.
 */
export const LAPSED = `
  select g.account_key, sum(g.remaining - g.held)::bigint as lapsed
  from accounts a
  join grants g on g.tenant_id = a.tenant_id and g.account_key = a.account_key and g.live
  where a.tenant_id = $1 and a.account_key = any ($2::uuid[])
    and g.status = 'open' and g.expires_at < greatest(clock_timestamp(), a.updated_at)
  group by g.account_key`;
