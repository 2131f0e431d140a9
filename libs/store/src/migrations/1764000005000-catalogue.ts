import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The catalogue: what a credit type says of grants, resets and schedules that don't say themselves, how it is shown;
 * and schedules, which are an account's, or templates without one.
 *
 * The indexes of schedules are partial, so that only statements which repeat the condition can use them (see
 * `accounts`). `due_at` has an index of its own: what is due is found by it, soonest first, whatever else there is.
 */
export class Catalogue1764000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table credit_types
        add column singular_name text,
        add column plural_name text,
        add column icon text,
        add column default_expiry json,
        add column default_rollover_percent smallint check (default_rollover_percent between 0 and 100),
        add column default_rollover_cap bigint check (default_rollover_cap >= 0),
        add column prices json,
        add constraint default_rollover_cap_of_percent
          check (default_rollover_percent is not null or default_rollover_cap is null);

      create type grant_kind as enum (
        'plan', 'purchased', 'free', 'promotional', 'adjustment', 'rollover', 'refund'
      );
      create type schedule_scope as enum ('account', 'plan', 'addon');
      create type schedule_status as enum ('active', 'completed', 'ended');
      create type schedule_cadence as enum ('one_time', 'recurring');
      create type schedule_period as enum ('daily', 'weekly', 'monthly', 'quarterly', 'half_yearly', 'yearly');

      create table schedules (
        account_key uuid,
        amount bigint not null check (amount > 0),
        period_count bigint not null check (period_count >= 1),
        priority bigint,
        next_index bigint,
        version bigint not null check (version >= 1),
        rollover_cap bigint check (rollover_cap >= 0),
        anchor_at timestamptz(3) not null,
        starts_at timestamptz(3) not null,
        ends_at timestamptz(3),
        next_start timestamptz(3),
        due_at timestamptz(3),
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        scope schedule_scope not null,
        status schedule_status not null,
        cadence schedule_cadence not null,
        period schedule_period,
        kind grant_kind not null,
        rollover_percent smallint check (rollover_percent between 0 and 100),
        tenant_id text collate "C" not null,
        schedule_id text collate "C" not null,
        credit_type text collate "C" not null,
        time_zone text not null,
        expiry json not null,
        name text,
        last_grant_id text collate "C",
        carried_grant_id text collate "C",
        metadata json,
        primary key (tenant_id, schedule_id),
        constraint template_has_no_account check ((scope = 'account') = (account_key is not null)),
        constraint recurring_has_period check (cadence = 'one_time' or period is not null),
        constraint next_period check ((next_index is null) = (next_start is null)),
        constraint due_is_next_period check (due_at is null or (status = 'active' and due_at = next_start)),
        constraint rollover_cap_of_percent check (rollover_percent is not null or rollover_cap is null),
        constraint schedule_time_goes_on check (updated_at >= created_at)
      ) with (fillfactor = 80);

      create index schedules_by_account on schedules (tenant_id, account_key, created_at, schedule_id) where amount > 0;
      create index schedule_templates on schedules (tenant_id, created_at, schedule_id) where account_key is null and amount > 0;
      create index schedules_due on schedules (due_at, tenant_id, schedule_id) where due_at is not null;

      grant select, insert, update on schedules to creditbus_worker;
      grant select on schedules to creditbus_gateway;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table schedules;
      drop type schedule_period;
      drop type schedule_cadence;
      drop type schedule_status;
      drop type schedule_scope;
      drop type grant_kind;
      alter table credit_types
        drop column singular_name, drop column plural_name, drop column icon, drop column default_expiry,
        drop column default_rollover_percent, drop column default_rollover_cap, drop column prices;
    `);
  }
}
