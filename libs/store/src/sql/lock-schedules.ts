import type { Statement } from './statement.js';

/**
 * Locks and reads schedules and templates by id. Row: index in the given arrays, the account's id (null: a template),
 * then what `scheduleFromRow` takes. Locked behind the accounts and in the order of the arrays, which is sorted, so
 * that nobody waits in a circle; an account's schedule is locked with its account, a template has but its own lock.
 */
export const LOCK_SCHEDULES: Statement = {
  name: 'lock_schedules',
  text: `
    select wanted.index, a.account_id, s.schedule_id, s.credit_type, s.name, s.scope, s.status, s.amount, s.cadence, s.period,
           s.period_count, date_part('epoch', s.anchor_at) * 1000, date_part('epoch', s.starts_at) * 1000,
           date_part('epoch', s.ends_at) * 1000, s.expiry, s.kind, s.priority, s.time_zone, s.rollover_percent, s.rollover_cap,
           s.metadata, s.next_index, date_part('epoch', s.next_start) * 1000, s.last_grant_id, s.carried_grant_id, s.version,
           date_part('epoch', s.created_at) * 1000, date_part('epoch', s.updated_at) * 1000, date_part('epoch', s.due_at) * 1000
    from (
      select unnest($1::text[]) as tenant_id, unnest($2::text[]) as schedule_id, generate_subscripts($2::text[], 1) - 1 as index
    ) as wanted
    cross join lateral (
      select * from schedules
      where tenant_id = wanted.tenant_id and schedule_id = wanted.schedule_id
      for no key update
    ) as s
    left join accounts a on a.tenant_id = s.tenant_id and a.account_key = s.account_key`,
};
