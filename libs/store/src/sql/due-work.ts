import type { Statement } from './statement.js';

/** Postgres' clock less 200 ms: the broker's, by which a command is due or not, may be a little behind. */
const DUE_BY = `now() - interval '200 milliseconds'`;

/**
 * A page of due work. $1 to $3: the place behind which it begins, $4: most rows. Row: the place (due, tenant, key),
 * the clock in milliseconds, the time due in milliseconds, the account's id and credit type, then the kind's own
 * columns. Without any work there is one row with the clock alone.
 *
 * The page is cut before the join: the index gives it in order, however much more is due.
 */
function duePage(name: string, page: string, dueAt: string, accountKey: string, own: string): Statement {
  return {
    name,
    text: `
      select w.due, w.tenant_id, w.key, date_part('epoch', clock_timestamp()) * 1000,
             date_part('epoch', ${dueAt}) * 1000, a.account_id, a.credit_type, ${own}
      from (select 1) as always
      left join lateral (${page}) as w on true
      left join accounts a on a.tenant_id = w.tenant_id and a.account_key = ${accountKey}
      order by w.due, w.tenant_id, w.key`,
  };
}

/** Own column: the date. */
export const DUE_REFILLS = duePage(
  'due_refills',
  `select refill_due_at as due, tenant_id, account_key as key, refill_due_on
   from accounts
   where refill_due_at is not null
     and refill_due_at <= ${DUE_BY}
     and (refill_due_at, tenant_id, account_key)
         > ($1::timestamptz, $2::text, coalesce(nullif($3::text, ''), '00000000-0000-0000-0000-000000000000')::uuid)
   order by refill_due_at, tenant_id, account_key
   limit $4::integer`,
  'w.due',
  'w.key',
  'w.refill_due_on',
);

/** Own columns: the grant's id and status. */
export const DUE_GRANTS = duePage(
  'due_grants',
  byDueAt('grants', 'grant_id', 'status'),
  'w.due',
  'w.account_key',
  'w.key, w.status',
);

/** Own column: the schedule's id. */
export const DUE_SCHEDULES = duePage(
  'due_schedules',
  byDueAt('schedules', 'schedule_id', 'status'),
  'w.due',
  'w.account_key',
  'w.key',
);

/** Own column: the hold's id. */
export const DUE_HOLDS = duePage('due_holds', byDueAt('holds', 'hold_id', 'status'), 'w.due', 'w.account_key', 'w.key');

function byDueAt(table: string, id: string, status: string): string {
  return `
    select due_at as due, tenant_id, ${id} as key, account_key, ${status}
    from ${table}
    where due_at is not null and due_at < ${DUE_BY} and (due_at, tenant_id, ${id}) > ($1::timestamptz, $2::text, $3::text)
    order by due_at, tenant_id, ${id}
    limit $4::integer`;
}
