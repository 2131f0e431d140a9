import type { DataSource } from 'typeorm';

import { MIGRATIONS } from './migrations/index.js';
import {
  EXECUTED_MIGRATIONS,
  LOCK_MIGRATIONS,
  MIGRATIONS_TABLE_EXISTS,
  UNLOCK_MIGRATIONS,
} from './sql/executed-migrations.js';
import { ROLE_PASSWORD_STATEMENT } from './sql/role-password.js';
import { scramVerifier } from './scram-verifier.js';

/** The roles that the migrations make: each app connects as its own (gateway, "Auth"). */
export const WORKER_ROLE = 'creditbus_worker';
export const GATEWAY_ROLE = 'creditbus_gateway';

const ROLE_CHANGE_ATTEMPTS = 5;
/** Two sessions changed the same role at once. */
const CONCURRENT_UPDATE = 'XX000';

/**
 * Runs the migrations that are pending, oldest first, and returns their names. Only one process does so at a time;
 * the others wait and find nothing left to do. The data source must be initialized, with the schema's owner.
 */
export function migrate(dataSource: DataSource): Promise<readonly string[]> {
  return underLock(dataSource, async () => {
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map(({ name }) => name);
  });
}

/** Takes back the newest migration. For development and tests: it drops what the migration made. */
export function revertNewest(dataSource: DataSource): Promise<void> {
  return underLock(dataSource, () => dataSource.undoLastMigration({ transaction: 'each' }));
}

/**
 * Names of the migrations that are still to be run; the worker refuses to start when there are any. Needs no right
 * but to read, and does not change the database.
 */
export async function migrationsPending(dataSource: DataSource): Promise<readonly string[]> {
  const [{ exists }] = await dataSource.query<[{ exists: boolean }]>(MIGRATIONS_TABLE_EXISTS);
  const executed = exists ? await dataSource.query<{ name: string }[]>(EXECUTED_MIGRATIONS) : [];
  const names = new Set(executed.map(({ name }) => name));
  return MIGRATIONS.map(({ name }) => name).filter((name) => !names.has(name));
}

/** Gives the roles their passwords; roles that are left out keep theirs. They count for the whole cluster. */
export async function setRolePasswords(
  dataSource: DataSource,
  passwords: { readonly worker?: string; readonly gateway?: string },
): Promise<void> {
  const { worker, gateway } = passwords;
  if (worker !== undefined) await setPassword(dataSource, WORKER_ROLE, worker);
  if (gateway !== undefined) await setPassword(dataSource, GATEWAY_ROLE, gateway);
}

async function setPassword(dataSource: DataSource, role: string, password: string): Promise<void> {
  const [{ statement }] = await dataSource.query<[{ statement: string }]>(ROLE_PASSWORD_STATEMENT, [
    role,
    scramVerifier(password),
  ]);
  for (let attempt = 1; ; attempt++) {
    try {
      await dataSource.query(statement);
      return;
    } catch (error) {
      const concurrent = error instanceof Error && 'code' in error && error.code === CONCURRENT_UPDATE;
      if (!concurrent || attempt === ROLE_CHANGE_ATTEMPTS) throw error;
    }
  }
}

async function underLock<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query(LOCK_MIGRATIONS);
    return await work();
  } finally {
    await lock.query(UNLOCK_MIGRATIONS).catch(() => undefined);
    await lock.release();
  }
}
