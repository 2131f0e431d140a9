import { decide } from '@app/domain';
import type { Pool } from 'pg';

import { DUE_KINDS, DueWork } from './due/due-work.js';
import { PostgresLedger } from './ledger.js';
import { createLedgerPool } from './ledger-pool.js';
import { DUE_GRANTS, DUE_HOLDS, DUE_REFILLS, DUE_SCHEDULES } from './sql/due-work.js';
import { KNOWN_CREDIT_TYPES } from './sql/known-credit-types.js';
import { KNOWN_ENTRIES } from './sql/known-entries.js';
import { KNOWN_TENANTS } from './sql/known-tenants.js';
import { LIVE_GRANTS } from './sql/live-grants.js';
import { LOCK_ACCOUNTS } from './sql/lock-accounts.js';
import { LOCK_CREDIT_TYPES } from './sql/lock-credit-types.js';
import { LOCK_SCHEDULES } from './sql/lock-schedules.js';
import { NAMED_GRANTS } from './sql/named-grants.js';
import { NAMED_HOLDS } from './sql/named-holds.js';
import { OPEN_HOLDS } from './sql/open-holds.js';
import { ORIGINALS } from './sql/originals.js';
import type { Statement } from './sql/statement.js';
import { WRITE_CHUNK, WRITE_CHUNK_WITH_OBJECTS } from './sql/write-chunk.js';
import { WRITE_CREDIT_TYPES, WRITE_GRANTS, WRITE_HOLDS, WRITE_SCHEDULES } from './sql/write-objects.js';
import { ledgerFixture, START } from './testing/ledger-fixture.js';

/*
 * Statements of the ledger are planned once per connection, perhaps on an empty database. Before their session
 * settings and the partial list index, such plans read the whole table per command from then on.
 */

const fixture = ledgerFixture();
let pool: Pool;

beforeEach(() => {
  pool = createLedgerPool({ url: fixture.database.workerUrl, applicationName: 'plans', poolSize: 1 });
});
afterEach(() => pool.end());

/** The plan that the only connection of the pool has for a statement that it has prepared. */
async function planOf({ name, text }: Statement): Promise<string> {
  const parameters = new Set(text.match(/\$\d+/g)).size;
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
    `explain execute ${name} (${Array.from({ length: parameters }, () => 'null').join(', ')})`,
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

it('plans made on an empty database go by the primary keys', async () => {
  const partition = await fixture.partition(0, new PostgresLedger(pool, decide));
  await partition.send({ type: 'account.open' });
  const entries = await planOf(KNOWN_ENTRIES);
  expect(entries).toContain('using ledger_entries_pkey');
  expect(entries).toMatch(/Index Cond: \(\(tenant_id = .*\) AND \(command_key = /);
  const accounts = await planOf(LOCK_ACCOUNTS);
  expect(accounts).toContain('using accounts_pkey');
  expect(accounts).toMatch(/Index Cond: \(\(tenant_id = .*\) AND \(account_key = /);
  const written = await planOf(WRITE_CHUNK);
  expect(written.match(/using accounts_pkey/g)).toHaveLength(2);
  expect(written.match(/Index Cond: \(\(tenant_id = .*\) AND \(account_key = /g)).toHaveLength(2);
  for (const statement of [KNOWN_ENTRIES, LOCK_ACCOUNTS, WRITE_CHUNK, KNOWN_TENANTS, KNOWN_CREDIT_TYPES]) {
    expect(await planOf(statement)).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
  }
});

it('plans of grants, holds, schedules and originals made on an empty database go by their indexes', async () => {
  const ledger = new PostgresLedger(pool, decide);
  const partition = await fixture.partition(0, ledger);
  const later = START + 3_600_000;
  await partition.send(
    { type: 'account.open', initial: '100' },
    { type: 'grant.create', grantId: 'g1', amount: '10', expiresAt: later },
    { type: 'hold.create', holdId: 'h1', amount: '5' },
    { type: 'credit.delta', id: 'd1', delta: '-1' },
    { type: 'schedule.create', scheduleId: 's1', cadence: 'one_time', amount: '5' },
    { type: 'credit-type.put', accountId: '', creditType: 'gold', scale: 2 },
  );
  await partition.send(
    { type: 'credit.reverse', reverses: 'd1' },
    { type: 'grant.update', grantId: 'g1', name: 'x' },
    { type: 'grant.create', grantId: 'g2', amount: '1' },
    { type: 'hold.capture', holdId: 'h1', amount: '1' },
    { type: 'schedule.apply', scheduleId: 's1', periodStart: START + 4 },
    { type: 'credit-type.put', accountId: '', creditType: 'gold', scale: 2, name: 'Gold' },
  );
  await partition.send({ type: 'credit.delta', delta: '-1' }, { type: 'grant.update', grantId: 'g2', priority: 1 });
  const due = new DueWork(pool);
  for (const kind of DUE_KINDS) await due.page(kind, null, 10);
  const byAccount = /Index Cond: \(\(tenant_id = .*\) AND \(account_key = /;
  const expected: readonly [Statement, index: string, condition: RegExp][] = [
    [LIVE_GRANTS, 'grants_live', byAccount],
    [OPEN_HOLDS, 'holds_open', byAccount],
    [NAMED_GRANTS, 'grants_pkey', /\(grant_id = /],
    [NAMED_HOLDS, 'holds_pkey', /\(hold_id = /],
    [LOCK_SCHEDULES, 'schedules_pkey', /\(schedule_id = /],
    [LOCK_CREDIT_TYPES, 'credit_types_pkey', /\(credit_type = /],
    [ORIGINALS, 'ledger_reversals', /\(reverses_key = /],
    [ORIGINALS, 'ledger_entries_pkey', /\(command_key = /],
    [WRITE_GRANTS.update.statement, 'grants_pkey', /\(grant_id = /],
    [WRITE_GRANTS.describe.statement, 'grants_pkey', /\(grant_id = /],
    [WRITE_GRANTS.move.statement, 'grants_pkey', /\(grant_id = /],
    [WRITE_HOLDS.update.statement, 'holds_pkey', /\(hold_id = /],
    [WRITE_SCHEDULES.update.statement, 'schedules_pkey', /\(schedule_id = /],
    [WRITE_CREDIT_TYPES.update.statement, 'credit_types_pkey', /\(credit_type = /],
    [WRITE_CHUNK_WITH_OBJECTS, 'accounts_pkey', byAccount],
    [DUE_REFILLS, 'accounts_refill_due', /Index Cond: .*refill_due_at/],
    [DUE_GRANTS, 'grants_due', /Index Cond: .*due_at/],
    [DUE_SCHEDULES, 'schedules_due', /Index Cond: .*due_at/],
    [DUE_HOLDS, 'holds_due', /Index Cond: .*due_at/],
  ];
  for (const [statement, index, condition] of expected) {
    const plan = await planOf(statement);
    expect(plan).toContain(`using ${index} `);
    expect(plan).toMatch(condition);
    expect(plan).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
  }
  for (const statement of [LIVE_GRANTS, OPEN_HOLDS]) {
    expect(await planOf(statement)).not.toMatch(/Sort Key/);
  }
});

it('what is drawn from grants and captured from holds is HOT, too', async () => {
  const partition = await fixture.partition(0, new PostgresLedger(pool, decide));
  await partition.send(
    { type: 'account.open' },
    { type: 'grant.create', grantId: 'g1', amount: '100' },
    { type: 'hold.create', holdId: 'h1', amount: '50' },
  );
  for (let i = 0; i < 5; i++) {
    await partition.send({ type: 'credit.delta', delta: '-1' }, { type: 'hold.capture', holdId: 'h1', amount: '1' });
  }
  await pool.query('select pg_stat_force_next_flush()');
  await partition.send({ type: 'credit.delta', delta: '-1' });
  const rows = await fixture.sql<{ updates: string; hot: string }>(
    `select n_tup_upd as updates, n_tup_hot_upd as hot from pg_stat_user_tables
     where relname in ('accounts', 'grants', 'holds')`,
  );
  expect(rows).toHaveLength(3);
  for (const { updates, hot } of rows) {
    expect(Number(updates)).toBeGreaterThanOrEqual(5);
    expect(hot).toBe(updates);
  }
});

it('balance changes are HOT: they touch no index', async () => {
  const partition = await fixture.partition(0, new PostgresLedger(pool, decide));
  await partition.send({ type: 'account.open', initial: '100', externalId: 'x', metadata: { a: '1' } });
  for (let i = 0; i < 5; i++) await partition.send({ type: 'credit.delta', delta: '-1' });
  await pool.query('select pg_stat_force_next_flush()');
  await partition.send({ type: 'credit.delta', delta: '-1' });
  const [row] = await fixture.sql<{ updates: string; hot: string }>(
    `select n_tup_upd as updates, n_tup_hot_upd as hot from pg_stat_user_tables where relname = 'accounts'`,
  );
  expect(Number(row?.updates)).toBeGreaterThanOrEqual(5);
  expect(row?.hot).toBe(row?.updates);
});
