import { accountKey } from '@app/contracts';

import { TENANT } from './ledger-fixture.js';

/** An account with a long history, all of the others of one tenant with a short one. */
export const WHALE = { accountId: 'whale', creditType: 'credits' } as const;
const WHALE_KEY = accountKey(TENANT, WHALE.accountId, WHALE.creditType);

export const HISTORY = { accounts: 100_000, applied: 700_000, rejected: 100_000, objects: 50_000 } as const;

/** Of the newest of the whale's applied entries. */
export const NEWEST_AT = Date.UTC(2026, 10, 20);

const COLUMNS = `command_key, account_key, recorded_at, version, requested, applied,
  before_balance, before_held, before_available, before_unlimited,
  after_balance, after_held, after_available, after_unlimited,
  log_offset, log_partition, command_type, code, cause, fingerprint, tenant_id, log_topic, command_id, reason`;
const MADE = `$1::timestamptz - interval '1 year'`;

/**
 * Fills the tables with 1,000,000 entries, all but one in 700,000 of the commonest kind, by a statement for each kind.
 * It is made up: versions, balances and counts agree, as far as lists look at them.
 */
export async function fillLongHistory(
  sql: (text: string, parameters?: readonly unknown[]) => Promise<unknown>,
): Promise<void> {
  const at = new Date(NEWEST_AT);
  const { accounts, applied, rejected, objects } = HISTORY;
  await sql(
    `insert into accounts (account_key, version, base, balance, held, floor, created_at, updated_at, status, unlimited,
       tenant_id, account_id, credit_type, account_group)
     select md5('account ' || i)::uuid, 2, 10, 10, 0, 0, ${MADE}, $1::timestamptz,
       'active'::account_status, false, $2, 'acc-' || lpad(i::text, 7, '0'), 'credits', case when i % 20000 = 0 then 'rare' else 'g' || i % 7 end
     from generate_series(1, $3) as i
     union all
     select $4::uuid, $5, 100, 100, 0, 0, ${MADE}, $1, 'active', false, $2, 'whale', 'credits', null`,
    [at, TENANT, accounts, WHALE_KEY, applied],
  );
  await sql(
    `insert into ledger_entries (${COLUMNS})
     select md5('applied ' || i)::uuid, $3, $1::timestamptz - ($4 - i) * interval '1 second', i, -1, d, 100, 0, 100, false,
       100 + d, 0, 100 + d, false, i, 0, 'credit.delta', 'APPLIED',
       case when i = 5 then 'refill' else 'delta' end::entry_cause, decode(repeat('00', 32), 'hex'), $2, 'x',
       'applied ' || i, case when i = 7 then 'rare' else 'usage' end
     from generate_series(1, $4) as i, lateral (select case when i % 2 = 0 then -1 else 1 end as d) as delta`,
    [at, TENANT, WHALE_KEY, applied],
  );
  await sql(
    `insert into ledger_entries (${COLUMNS})
     select md5('rejected ' || i)::uuid, $3, $1::timestamptz - ($4 - i) * interval '1 second', null, null, null,
       100, 0, 100, false, null, null, null, null, i, 1, 'credit.delta', 'INSUFFICIENT_CREDITS', 'delta',
       decode(repeat('00', 32), 'hex'), $2, 'x', 'rejected ' || i, 'usage'
     from generate_series(1, $4) as i`,
    [at, TENANT, WHALE_KEY, rejected],
  );
  await sql(
    `insert into ledger_entries (${COLUMNS})
     select md5('other ' || i || ' ' || v)::uuid, md5('account ' || i)::uuid, ${MADE}, v, 5, 5, v * 5 - 5, 0, v * 5 - 5,
       false, v * 5, 0, v * 5, false, i, 2, 'credit.delta', 'APPLIED', 'delta', decode(repeat('00', 32), 'hex'), $2, 'x',
       'other ' || i || ' ' || v, 'usage'
     from generate_series(1, $3) as i, generate_series(1, 2) as v`,
    [at, TENANT, accounts],
  );
  await sql(
    `insert into grants (account_key, amount, remaining, held, created_version, effective_at, created_at, updated_at, kind,
       status, live, tenant_id, grant_id)
     select $3::uuid, 5, 0, 0, i, ${MADE}, ${MADE} + i * interval '1 minute', $1, 'purchased',
       case when i % 10000 = 0 then 'voided' else 'exhausted' end::grant_status, false, $2, 'grant ' || i
     from generate_series(1, $4) as i`,
    [at, TENANT, WHALE_KEY, objects],
  );
  await sql(
    `insert into holds (account_key, amount, captured, reserved, expires_at, created_at, updated_at, status, tenant_id,
       hold_id)
     select $3::uuid, 5, 5, 0, $1, ${MADE} + i * interval '1 minute', $1, 'captured', $2, 'hold ' || i
     from generate_series(1, $4) as i`,
    [at, TENANT, WHALE_KEY, objects],
  );
  await sql(
    `insert into schedules (account_key, amount, period_count, version, anchor_at, starts_at, created_at, updated_at,
       scope, status, cadence, kind, tenant_id, schedule_id, credit_type, time_zone, expiry)
     select case when i % 2 = 0 then $3::uuid end, 5, 1, 1, $1, $1, ${MADE} + i * interval '1 minute', $1,
       case when i % 2 = 0 then 'account' else 'plan' end::schedule_scope, 'completed', 'one_time', 'plan', $2,
       'schedule ' || i, 'credits', 'UTC', '{"type":"never"}'
     from generate_series(1, $4) as i`,
    [at, TENANT, WHALE_KEY, objects],
  );
  for (const table of ['accounts', 'ledger_entries', 'grants', 'holds', 'schedules']) {
    await sql(`vacuum analyze ${table}`);
  }
}
