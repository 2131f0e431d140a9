import { Client } from 'pg';
import { PrivateServer } from './private-server.js';

/** A Postgres server of a test's own that can be taken away, made read-only and set back. Its address stays. */
export interface PrivatePostgres {
  /** Superuser's URL of the database `postgres`, for `openTestDatabase`. */
  readonly url: string;
  /** Comes back at the same address with its data. */
  start(): Promise<void>;
  /** In order: sessions are ended, their transactions rolled back. */
  stop(): Promise<void>;
  /** SIGKILL of the server, as in a crash. */
  kill(): Promise<void>;
  /** Every new transaction is refused writes with SQLSTATE 25006, in open sessions too. */
  setReadOnly(readOnly: boolean): Promise<void>;
  /** Online base backup of the whole server; sessions go on working. */
  backup(name: string): Promise<void>;
  /** Stops, puts the backup's data in place, starts at the same address. The backup can be used again. */
  restore(name: string): Promise<void>;
  /** For good; its data is removed. */
  dispose(): Promise<void>;
}

/** Starts an embedded server (about a second). */
export async function startPostgres(): Promise<PrivatePostgres> {
  const { server, address } = await PrivateServer.start('postgres');
  return {
    url: address,
    start: async () => void (await server.request('start')),
    stop: async () => void (await server.request('stop')),
    kill: async () => void (await server.request('kill')),
    setReadOnly: (readOnly) => setReadOnly(address, readOnly),
    backup: async (name) => void (await server.request('backup', { name })),
    restore: async (name) => void (await server.request('restore', { name })),
    dispose: () => server.dispose(),
  };
}

async function setReadOnly(url: string, readOnly: boolean): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`ALTER SYSTEM SET default_transaction_read_only = ${readOnly ? 'on' : 'off'}`);
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
}
