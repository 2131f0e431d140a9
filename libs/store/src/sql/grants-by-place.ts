/**
 * What grants of several accounts may be ordered by. Amounts are compared across credit types, whatever their scales;
 * what remains is without what holds reserve.
 */
export const GRANT_ORDERS = {
  createdAt: 'g.created_at',
  expiresAt: 'g.expires_at',
  amount: atOneScale('g.amount'),
  remaining: atOneScale('(g.remaining - g.held)'),
} as const;

/** Minor units at one scale for all. */
function atOneScale(amount: string): string {
  return `${amount} * power(10::numeric, 9 - coalesce(t.scale, 0))`;
}

/**
 * Grants of several accounts by place, in every state; those of equal order by id. Without an expiry is last.
 * $1: tenant. $2: account keys. $3: how many of each account are looked at, the newest. $4: limit, $5: offset.
 */
export const grantsByPlace = (order: keyof typeof GRANT_ORDERS, direction: 'ASC' | 'DESC'): string => `
  select g.grant_id
  from unnest($2::uuid[]) as of (account_key)
  cross join lateral (
    select o.*
    from grants o
    where o.tenant_id = $1 and o.account_key = of.account_key and o.amount > 0
    order by o.created_at desc, o.grant_id desc
    limit $3
  ) as g
  join accounts a on a.tenant_id = $1 and a.account_key = of.account_key
  left join credit_types t on t.tenant_id = $1 and t.credit_type = a.credit_type
  order by ${GRANT_ORDERS[order]} ${direction} nulls last, g.grant_id ${direction}
  limit $4 offset $5`;

/** How many grants each of these accounts has, counted up to $3. $1: tenant. $2: account keys. Row: count. */
export const COUNT_GRANTS = `
  select counted.count::integer as count
  from unnest($2::uuid[]) as of (account_key)
  cross join lateral (
    select count(*) as count
    from (
      select from grants o
      where o.tenant_id = $1 and o.account_key = of.account_key and o.amount > 0
      limit $3
    ) as counted_to
  ) as counted`;
