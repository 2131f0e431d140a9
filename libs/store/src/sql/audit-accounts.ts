/**
 * Accounts whose entries do not explain them (invariants I1, I2, I4). $1: tenant, or null for all; $2: most rows.
 *
 * An entry's `before` must be the `after` of the one with the version before: that finds a changed entry even where
 * another change hides it in the sum. Entries of the catalogue have no account, and are left out.
 */
export const AUDIT_ACCOUNTS = `
  with links as (
    select tenant_id, account_key, version, applied, before_balance, after_balance,
           lag(version, 1, 0::bigint) over history as version_before,
           lag(after_balance, 1, 0::bigint) over history as balance_before
    from ledger_entries
    where version is not null and account_id is distinct from '' and ($1::text is null or tenant_id = $1)
    window history as (partition by tenant_id, account_key order by version)
  ), histories as (
    select tenant_id, account_key, sum(applied) as applied, count(*) as entries, max(version) as newest,
           count(*) filter (where version <> version_before + 1) as gaps,
           count(*) filter (where before_balance <> balance_before) as broken_links
    from links
    group by tenant_id, account_key
  ), in_grants as (
    select tenant_id, account_key, count(*) filter (where live) as live,
           coalesce(sum(remaining) filter (where status <> 'pending'), 0) as remaining
    from grants
    where $1::text is null or tenant_id = $1
    group by tenant_id, account_key
  ), in_holds as (
    select tenant_id, account_key, count(*) filter (where status = 'open') as open, sum(reserved) as reserved
    from holds
    where $1::text is null or tenant_id = $1
    group by tenant_id, account_key
  ), judged as (
    select tenant_id, account_key, a.account_id, a.credit_type, a.balance, a.base, a.held, a.version,
           h.applied, coalesce(h.entries, 0) as entries, coalesce(h.gaps, 0) as gaps,
           coalesce(h.broken_links, 0) as broken_links,
           a.balance is distinct from h.applied or coalesce(h.broken_links, 0) > 0 as sum_differs,
           coalesce(g.remaining, 0) as in_grants, coalesce(o.reserved, 0) as in_holds,
           a.balance <> a.base + coalesce(g.remaining, 0) or a.held <> coalesce(o.reserved, 0)
             or a.live_grants <> coalesce(g.live, 0) or a.open_holds <> coalesce(o.open, 0) as parts_differ,
           a.version is distinct from h.newest or coalesce(h.gaps, 0) > 0 as versions_differ
    from (select * from accounts where $1::text is null or tenant_id = $1) a
    full join histories h using (tenant_id, account_key)
    left join in_grants g using (tenant_id, account_key)
    left join in_holds o using (tenant_id, account_key)
  )
  select tenant_id, account_key, account_id, credit_type, balance, base, held, version, in_grants, in_holds, applied, entries,
         gaps, broken_links, sum_differs, coalesce(parts_differ, false) as parts_differ, versions_differ,
         count(*) filter (where sum_differs) over () as sums_differ_count,
         count(*) filter (where parts_differ) over () as parts_differ_count,
         count(*) filter (where versions_differ) over () as versions_differ_count
  from judged
  where sum_differs or parts_differ or versions_differ
  order by tenant_id, account_key
  limit $2`;
