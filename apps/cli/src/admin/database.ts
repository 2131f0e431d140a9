import type { CliDatabaseConfig } from '@app/config';
import { createDataSource, createLedgerPool, type ConnectionOptions } from '@app/store';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

import type { CliContext } from '../context.js';
import { databaseSettings } from './settings.js';

/** Runs the work with a connected data source, and closes it, whatever happened. */
export async function withDatabase<T>(context: CliContext, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = createDataSource(connectionOptions(databaseSettings(context)));
  await dataSource.initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** Runs the work with a pool of plain connections, and closes it, whatever happened. */
export async function withPool<T>(context: CliContext, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = createLedgerPool(connectionOptions(databaseSettings(context)));
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

function connectionOptions({ database }: CliDatabaseConfig): ConnectionOptions {
  return {
    ...database,
    applicationName: 'creditbus-cli',
    poolSize: 2,
  };
}
