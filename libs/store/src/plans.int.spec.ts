import { decide } from '@app/domain';
import type { Pool } from 'pg';

import { PostgresLedger } from './ledger.js';
import { createLedgerPool } from './ledger-pool.js';
import { KNOWN_CREDIT_TYPES } from './sql/known-credit-types.js';
import { KNOWN_ENTRIES } from './sql/known-entries.js';
import { KNOWN_TENANTS } from './sql/known-tenants.js';
import { LOCK_ACCOUNTS } from './sql/lock-accounts.js';
import type { Statement } from './sql/statement.js';
import { WRITE_CHUNK } from './sql/write-chunk.js';
import { ledgerFixture } from './testing/ledger-fixture.js';

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
