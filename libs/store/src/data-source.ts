import { DataSource } from 'typeorm';

import { type ConnectionOptions, poolConfig } from './connection.js';
import { ENTITIES } from './entities/index.js';
import { MIGRATIONS } from './migrations/index.js';

/** Table in which TypeORM remembers the migrations that were run. */
export const MIGRATIONS_TABLE = 'migrations';

/** The data source for reads, administration and migrations; not yet initialized. Never changes the schema by itself. */
export function createDataSource(options: ConnectionOptions): DataSource {
  const { connectionString, max, ssl, ...extra } = { ssl: undefined, ...poolConfig(options) };
  return new DataSource({
    type: 'postgres',
    url: connectionString,
    poolSize: max,
    applicationName: options.applicationName,
    ...(ssl === undefined ? {} : { ssl }),
    extra,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
  });
}
