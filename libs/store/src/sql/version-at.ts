/** Highest version of an account recorded at or before a time, found by halving the range from 0 to its version. */
export const VERSION_AT = `
  with recursive range (low, high) as (
    select 0::bigint, version
    from accounts
    where tenant_id = $1 and account_key = $2
    union all
    select case when e.recorded_at <= $3 then e.version else half.low end,
           case when e.recorded_at <= $3 then half.high else e.version - 1 end
    from (select low, high, (low + high + 1) / 2 as middle from range where low < high) as half
    join ledger_entries e
      on e.tenant_id = $1 and e.account_key = $2 and e.version = half.middle and e.version is not null
  )
  select low as version from range where low >= high`;
