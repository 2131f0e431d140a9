import { Client } from 'pg';

import { GATEWAY_ROLE, setRolePasswords, WORKER_ROLE } from './migrate.js';
import { ApiKeyStore } from './readers/api-key-store.js';
import { createDataSource } from './data-source.js';
import { ledgerFixture, TENANT } from './testing/ledger-fixture.js';

const fixture = ledgerFixture();
const TABLES = ['migrations', 'tenants', 'api_keys', 'credit_types', 'accounts', 'ledger_entries', 'progress'];
const RIGHTS = ['select', 'insert', 'update', 'delete', 'truncate'] as const;

/** What a role may do, per table. */
async function rightsOf(role: string): Promise<Record<string, string[]>> {
  const rights: Record<string, string[]> = {};
  for (const table of TABLES) {
    const [row] = await fixture.sql<Record<string, boolean>>(
      `select ${RIGHTS.map((right) => `has_table_privilege($1, $2, '${right}') as ${right}`).join(', ')}`,
      [role, table],
    );
    rights[table] = RIGHTS.filter((right) => row?.[right]);
  }
  return rights;
}

async function as<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

it('the worker writes credit state, cannot read API keys and deletes nothing', async () => {
  expect(await rightsOf(WORKER_ROLE)).toEqual({
    migrations: ['select'],
    tenants: ['select'],
    api_keys: [],
    credit_types: ['select', 'insert', 'update'],
    accounts: ['select', 'insert', 'update'],
    ledger_entries: ['select', 'insert'],
    progress: ['select', 'insert', 'update'],
  });
  await as(fixture.database.workerUrl, async (client) => {
    await expect(client.query('select 1 from api_keys')).rejects.toMatchObject({ code: '42501' });
    await expect(client.query('update ledger_entries set reason = null')).rejects.toMatchObject({ code: '42501' });
  });
});

it('the gateway only reads, but for the time an API key was used', async () => {
  expect(await rightsOf(GATEWAY_ROLE)).toEqual(Object.fromEntries(TABLES.map((table) => [table, ['select']])));
  await as(fixture.database.gatewayUrl, async (client) => {
    await client.query('update api_keys set last_used_at = now()');
    await expect(client.query('update api_keys set revoked_at = null')).rejects.toMatchObject({ code: '42501' });
    await expect(client.query('update accounts set balance = 0')).rejects.toMatchObject({ code: '42501' });
    await expect(client.query('create table mine ()')).rejects.toMatchObject({ code: '42501' });
  });
});

it('the gateway can look keys up and note their use through the store', async () => {
  const { apiKey } = await new ApiKeyStore(fixture.dataSource).create({
    tenantId: TENANT,
    name: 'k',
    scopes: ['credits:read'],
  });
  const gateway = createDataSource({ url: fixture.database.gatewayUrl, applicationName: 'gateway', poolSize: 1 });
  await gateway.initialize();
  try {
    const keys = new ApiKeyStore(gateway);
    await keys.touch([apiKey.hash]);
    expect((await keys.findByHash(apiKey.hash))?.lastUsedAt).toBeGreaterThan(0);
  } finally {
    await gateway.destroy();
  }
});

it('each role has its settings from the moment it logs in', async () => {
  const settings = `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
                           current_setting('idle_in_transaction_session_timeout') as idle, current_setting('synchronous_commit') as commit`;
  const worker = await as(
    fixture.database.workerUrl,
    async (client) => (await client.query(settings)).rows[0] as unknown,
  );
  const gateway = await as(
    fixture.database.gatewayUrl,
    async (client) => (await client.query(settings)).rows[0] as unknown,
  );
  expect(worker).toEqual({ statement: '30s', lock: '10s', idle: '30s', commit: 'on' });
  expect(gateway).toEqual({ statement: '5s', lock: '1s', idle: '5s', commit: 'on' });
});

it('a password opens the door, and only its verifier is sent', async () => {
  const [before] = await fixture.sql('select rolpassword from pg_authid where rolname = $1', [GATEWAY_ROLE]);
  const url = new URL(fixture.database.gatewayUrl);
  await setRolePasswords(fixture.dataSource, { gateway: decodeURIComponent(url.password) });
  const [after] = await fixture.sql('select rolpassword from pg_authid where rolname = $1', [GATEWAY_ROLE]);
  expect(after?.rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
  expect(after?.rolpassword).not.toBe(before?.rolpassword);
  expect(await as(url.href, async (client) => (await client.query('select current_user')).rows as unknown[])).toEqual([
    { current_user: GATEWAY_ROLE },
  ]);
});
