/**
 * Highest version of an account recorded at or before a time, found by halving the range from 0 to its version.
 * The names are parameters, or columns of a query that this is a lateral part of.
 */
export const versionAtSql = (tenantId: string, accountKey: string, at: string): string => `
  with recursive range (low, high) as (
    select 0::bigint, version
    from accounts
    where tenant_id = ${tenantId} and account_key = ${accountKey}
    union all
    select case when e.recorded_at <= ${at} then e.version else half.low end,
           case when e.recorded_at <= ${at} then half.high else e.version - 1 end
    from (select low, high, (low + high + 1) / 2 as middle from range where low < high) as half
    join ledger_entries e
      on e.tenant_id = ${tenantId} and e.account_key = ${accountKey} and e.version = half.middle
      and e.version is not null
  )
  select low as version from range where low >= high`;

export const VERSION_AT = versionAtSql('$1', '$2', '$3');
