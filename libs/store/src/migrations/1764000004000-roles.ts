import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The two roles of the apps and what each may do. Roles belong to the whole cluster, so another database's
 * migration may make them at the same moment: the loser of that race goes on. They can log in, because Postgres
 * applies a role's timeouts at login only; without a password (see `setRolePasswords`) that needs another method.
 *
 * `down` takes back the rights in this database and leaves the roles, which others may be using.
 */
export class Roles1764000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const role of ['creditbus_worker', 'creditbus_gateway']) {
      await runner.query(`
        do $$ begin
          if not exists (select from pg_roles where rolname = '${role}') then
            create role ${role} login;
          end if;
        exception when duplicate_object or unique_violation then null;
        end $$;
      `);
    }
    await runner.query(`
      grant usage on schema public to creditbus_worker, creditbus_gateway;

      grant select on migrations, tenants, credit_types, accounts, ledger_entries, progress to creditbus_worker;
      grant insert on credit_types, accounts, ledger_entries, progress to creditbus_worker;
      grant update on credit_types, accounts, progress to creditbus_worker;

      grant select on migrations, tenants, api_keys, credit_types, accounts, ledger_entries, progress to creditbus_gateway;
      grant update (last_used_at) on api_keys to creditbus_gateway;
    `);
    // The worker's commits wait for the disk, whatever the cluster's default is: events are sent behind them.
    // Per database, so that migrations of two databases of one cluster don't write the same catalogue row.
    await runner.query(`
      do $$ begin
        execute format('alter role creditbus_worker in database %I set statement_timeout = ''30s''', current_database());
        execute format('alter role creditbus_worker in database %I set lock_timeout = ''10s''', current_database());
        execute format('alter role creditbus_worker in database %I set idle_in_transaction_session_timeout = ''30s''',
                       current_database());
        execute format('alter role creditbus_worker in database %I set synchronous_commit = on', current_database());
        execute format('alter role creditbus_gateway in database %I set statement_timeout = ''5s''', current_database());
        execute format('alter role creditbus_gateway in database %I set lock_timeout = ''1s''', current_database());
        execute format('alter role creditbus_gateway in database %I set idle_in_transaction_session_timeout = ''5s''',
                       current_database());
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ begin
        execute format('alter role creditbus_worker in database %I reset all', current_database());
        execute format('alter role creditbus_gateway in database %I reset all', current_database());
      end $$;
      revoke all on migrations, tenants, credit_types, accounts, ledger_entries, progress, api_keys
        from creditbus_worker, creditbus_gateway;
      revoke usage on schema public from creditbus_worker, creditbus_gateway;
    `);
  }
}
