import { createHash } from 'node:crypto';
import { createDataSource, GATEWAY_ROLE, migrate, setRolePasswords, WORKER_ROLE } from '@app/store';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { testDatabaseUrl, testRunId, uniqueName } from './environment.js';

/** A migrated database of its own, by the roles that use it. */
export interface TestDatabase {
  readonly name: string;
  /** As owner: may do everything. */
  readonly url: string;
  /** As the worker's role. */
  readonly workerUrl: string;
  /** As the gateway's role. */
  readonly gatewayUrl: string;
}

export interface OpenTestDatabase extends TestDatabase {
  /**
   * Drops the database. @throws Error when a connection to it is still open after a moment: a pool leaked. The
   * database is dropped all the same.
   */
  drop(): Promise<void>;
}

/** How long a closing connection may take to disappear from the server's list. */
const LEAK_GRACE_MS = 2_000;
const TEMPLATE_LOCK = 4_711_001;

/**
 * A migrated database for the tests of this file or `describe`, cloned from a template. Call it outside of tests:
 * it registers the hooks that make it and drop it. Its fields can be read from `beforeAll` on.
 */
export function testDatabase(): TestDatabase {
  let open: OpenTestDatabase | undefined;
  beforeAll(async () => {
    open = await openTestDatabase();
  }, 60_000);
  afterAll(async () => {
    await open?.drop();
  }, 30_000);
  const now = (): OpenTestDatabase => {
    if (open === undefined) throw new Error('the test database exists from beforeAll on');
    return open;
  };
  return {
    get name() {
      return now().name;
    },
    get url() {
      return now().url;
    },
    get workerUrl() {
      return now().workerUrl;
    },
    get gatewayUrl() {
      return now().gatewayUrl;
    },
  };
}

/**
 * The same without hooks; the caller drops it.
 * @param serverUrl another server than the run's own, e.g. that of `startPostgres()`
 */
export async function openTestDatabase(serverUrl = testDatabaseUrl()): Promise<OpenTestDatabase> {
  const template = await templateDatabase(serverUrl);
  const name = uniqueName(`creditbus_test_${testRunId()}`).replaceAll('-', '_');
  await withServer(serverUrl, async (server) => {
    await server.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`);
    await copyRoleSettings(server, template, name);
  });
  return {
    name,
    url: withDatabase(serverUrl, name),
    workerUrl: withDatabase(serverUrl, name, WORKER_ROLE),
    gatewayUrl: withDatabase(serverUrl, name, GATEWAY_ROLE),
    drop: () => dropDatabase(serverUrl, name),
  };
}

/** Makes the template at the first call of a run on a server; later calls, of other processes too, find it. */
async function templateDatabase(serverUrl: string): Promise<string> {
  const name = `creditbus_test_${testRunId()}_template`;
  await withServer(serverUrl, async (server) => {
    // Released when the session ends.
    await server.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rows } = await server.query<{ datistemplate: boolean }>(
      'SELECT datistemplate FROM pg_database WHERE datname = $1',
      [name],
    );
    if (rows[0]?.datistemplate === true) return;
    await server.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
    await server.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
    const dataSource = createDataSource({
      url: withDatabase(serverUrl, name),
      applicationName: 'test-template',
      poolSize: 2,
    });
    await dataSource.initialize();
    try {
      await migrate(dataSource);
      await setRolePasswords(dataSource, { worker: rolePassword(), gateway: rolePassword() });
    } finally {
      await dataSource.destroy();
    }
    // Set last: a template that is only half migrated is made anew.
    await server.query(`ALTER DATABASE ${escapeIdentifier(name)} WITH IS_TEMPLATE true`);
  });
  return name;
}

/** Timeouts that migrations give to a role in one database belong to that database's name: a clone lacks them. */
async function copyRoleSettings(server: Client, from: string, to: string): Promise<void> {
  const { rows } = await server.query<{ role: string; setting: string }>(
    `SELECT r.rolname AS role, unnest(s.setconfig) AS setting
       FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole JOIN pg_database d ON d.oid = s.setdatabase
      WHERE d.datname = $1`,
    [from],
  );
  for (const { role, setting } of rows) {
    const separator = setting.indexOf('=');
    const name = escapeIdentifier(setting.slice(0, separator));
    const value = escapeLiteral(setting.slice(separator + 1));
    await server.query(
      `ALTER ROLE ${escapeIdentifier(role)} IN DATABASE ${escapeIdentifier(to)} SET ${name} = ${value}`,
    );
  }
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withServer(serverUrl, async (server) => {
    const leaked = await openConnections(server, name);
    await server.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
    if (leaked.length > 0) {
      throw new Error(`${leaked.length} connection(s) to the test database were not closed: ${leaked.join('; ')}`);
    }
  });
}

/** Connections that are still there after the grace time: who, doing what. */
async function openConnections(server: Client, name: string): Promise<string[]> {
  const deadline = Date.now() + LEAK_GRACE_MS;
  for (;;) {
    const { rows } = await server.query<{ leak: string }>(
      `SELECT format('%s as %s, last statement %s', coalesce(nullif(application_name, ''), 'unnamed'), usename, left(query, 60)) AS leak
         FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map(({ leak }) => leak);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The same for all processes of a run, since roles belong to the whole server. */
function rolePassword(): string {
  return createHash('sha256').update(`role password of test run ${testRunId()}`).digest('base64url').slice(0, 24);
}

function withDatabase(serverUrl: string, name: string, role?: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  if (role !== undefined) {
    url.username = role;
    url.password = rolePassword();
  }
  return url.href;
}

async function withServer<T>(serverUrl: string, work: (server: Client) => Promise<T>): Promise<T> {
  const server = new Client({ connectionString: serverUrl });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}
