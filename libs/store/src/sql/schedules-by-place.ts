/**
 * Schedules and templates of one credit type by place, newest first, among the newest that are looked at.
 * $1: tenant. $2: credit type. $3: how many are looked at (of each account, when accounts are given).
 * $4: scope, $5: statuses, $6: key of metadata, $7: its values, $8: first account id and $9: first one behind them,
 * $10: group; null: any. $11: limit, $12: offset. $13: account keys, where accounts are given.
 * One row: ids of the page, how many match, how many were looked at.
 */
const byPlace = (lookedAt: string): string => `
  with looked_at as materialized (${lookedAt}),
  matching as materialized (
    select o.schedule_id, o.created_at
    from looked_at o
    left join accounts a on a.tenant_id = $1 and a.account_key = o.account_key
    where ($4::schedule_scope is null or o.scope = $4)
      and ($5::schedule_status[] is null or o.status = any ($5))
      and ($6::text is null or o.metadata ->> $6 = any ($7::text[]))
      and ($8::text is null or o.account_key is null or (a.account_id >= $8 and ($9::text is null or a.account_id < $9)))
      and ($10::text is null or o.account_key is null or a.account_group = $10)
  )
  select
    array(select schedule_id from matching order by created_at desc, schedule_id desc limit $11 offset $12) as ids,
    (select count(*) from matching)::integer as matching,
    (select count(*) from looked_at)::integer as looked_at`;

const ANY = 'o.tenant_id = $1 and o.credit_type = $2 and o.amount > 0';
const NEWEST = 'order by o.created_at desc, o.schedule_id desc limit $3';

export const SCHEDULES_BY_PLACE = {
  /** Of all accounts, and templates. */
  all: byPlace(`select o.* from schedules o where ${ANY} ${NEWEST}`),
  templates: byPlace(`select o.* from schedules o where ${ANY} and o.account_key is null ${NEWEST}`),
  /** Of these accounts. */
  accounts: byPlace(`
    select s.*
    from unnest($13::uuid[]) as of (account_key)
    cross join lateral (
      select o.* from schedules o where ${ANY} and o.account_key = of.account_key ${NEWEST}
    ) as s`),
} as const;
