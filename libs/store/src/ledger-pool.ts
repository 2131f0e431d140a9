import { Pool, type PoolConfig } from 'pg';

import { type ConnectionOptions, poolConfig } from './connection.js';

/**
 * Settings of the ledger's sessions. Its statements take arrays of a thousand keys and are planned once per
 * connection, perhaps while the tables are still empty. Planned for one such array, or for tables that small,
 * Postgres reads whole tables; the way by the index is right at every size. (Measured: with plans from an empty
 * database the first 100,000 commands ran at a thirtieth of the speed.)
 */
const SESSION_SETTINGS = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'jit=off',
  // Dates are read as the text that they have in this style.
  'datestyle=ISO',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

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
