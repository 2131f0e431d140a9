/** Whether the table of migrations exists. */
export const MIGRATIONS_TABLE_EXISTS = `select to_regclass('migrations') is not null as exists`;

/** Names of the migrations that were run. */
export const EXECUTED_MIGRATIONS = 'select name from migrations';

/** Held for as long as migrations run: two processes that migrate one database do so one after the other. */
export const LOCK_MIGRATIONS = `select pg_advisory_lock(hashtext('creditbus'), hashtext('migrations'))`;
export const UNLOCK_MIGRATIONS = `select pg_advisory_unlock(hashtext('creditbus'), hashtext('migrations'))`;
