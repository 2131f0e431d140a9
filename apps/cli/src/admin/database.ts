import { createDataSource, createLedgerPool, type ConnectionOptions } from '@app/store';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

import type { CliContext } from '../context.js';
import { CliError, Unreachable } from '../errors.js';
import { explain } from '../failure.js';
import { databaseSettings } from './settings.js';

/** Runs the work with a connected data source, and closes it, whatever happened. @throws Unreachable */
export async function withDatabase<T>(context: CliContext, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const options = connectionOptions(context);
  const dataSource = createDataSource(options);
  await named(options.url, () => dataSource.initialize());
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** Runs the work with a pool of plain connections, and closes it, whatever happened. @throws Unreachable */
export async function withPool<T>(context: CliContext, work: (pool: Pool) => Promise<T>): Promise<T> {
  const options = connectionOptions(context);
  const pool = createLedgerPool(options);
  try {
    (await named(options.url, () => pool.connect())).release();
    return await work(pool);
  } finally {
    await pool.end();
  }
}

function connectionOptions(context: CliContext): ConnectionOptions {
  return { ...databaseSettings(context).database, applicationName: 'creditbus-cli', poolSize: 2 };
}

/** An error of the network says which address failed only sometimes; a person wants to know which server it was. */
async function named<T>(url: string, connect: () => Promise<T>): Promise<T> {
  try {
    return await connect();
  } catch (error) {
    const failure = explain(error);
    if (!(failure instanceof Unreachable) || failure.options.hint !== undefined) throw failure;
    const { host, pathname } = new URL(url);
    throw new CliError(`Postgres at ${host}${pathname} can not be reached: ${failure.message}`, failure.exitCode, {
      ...failure.options,
      code: 'UNREACHABLE',
      hint: 'Check DATABASE_URL, and that the server runs.',
    });
  }
}
