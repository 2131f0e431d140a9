/*
 * Applied entries of several accounts that moved credits: changed the balance, or what holds reserve. Newest first.
 * $1: tenant. $2–$4: account keys, and of each the first and the last version looked at (by `ledger_by_version`).
 * $5: causes.
 */

const MOVED = `
  e.tenant_id = $1 and e.account_key = a.account_key and e.version between a.first and a.last
  and e.cause = any ($5::entry_cause[])
  and (e.applied <> 0 or e.after_held <> e.before_held)`;

const ACCOUNTS = `unnest($2::uuid[], $3::bigint[], $4::bigint[]) as a (account_key, first, last)`;

/** $6: limit, $7: offset. Reads no more of an account than could be on the page. */
export const MOVEMENTS = `
  select found.command_key
  from ${ACCOUNTS}
  cross join lateral (
    select e.command_key, e.recorded_at, e.version
    from ledger_entries e
    where ${MOVED}
    order by e.version desc
    limit $6::bigint + $7::bigint
  ) as found
  order by found.recorded_at desc, a.account_key, found.version desc
  limit $6 offset $7`;

/** Counted by account, so that each is found by its index whatever the planner believes of the tables. */
export const COUNT_MOVEMENTS = `
  select coalesce(sum(counted.count), 0) as count
  from ${ACCOUNTS}
  cross join lateral (
    select count(*) as count
    from ledger_entries e
    where ${MOVED}
  ) as counted`;
