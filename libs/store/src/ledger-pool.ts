import { Pool, type PoolConfig } from 'pg';

import { type ConnectionOptions, poolConfig } from './connection.js';

/**
 * Settings of the ledger's sessions. Its statements get arrays of a thousand elements; planned for one such array
 * Postgres may read whole tables, planned for any array it goes by the index, which is right at every size.
 */
const SESSION_SETTINGS = '-c plan_cache_mode=force_generic_plan -c jit=off';

/** Postgres ends a statement by itself; this is for a connection that has died without a word. */
const ANSWER_TIMEOUT_MS = 60_000;

/** Values stay as Postgres' text; whoever reads a row knows its columns. */
const TEXT_ONLY: PoolConfig['types'] = { getTypeParser: () => (value: string | Buffer) => value };

/**
 * Connections for `PostgresLedger` and `PostgresPositions`: pipelined, text values, settings as above.
 * `onError` hears of connections that break while nobody uses them; those in use fail their statements.
 */
export function createLedgerPool(options: ConnectionOptions, onError: (error: Error) => void = () => undefined): Pool {
  const pool = new Pool({
    ...poolConfig(options),
    options: SESSION_SETTINGS,
    query_timeout: ANSWER_TIMEOUT_MS,
    types: TEXT_ONLY,
    pipeline: true,
  });
  pool.on('error', onError);
  // A connection that breaks between two statements of a transaction says so by an event; unheard, it ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
