import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Grants and holds. Of an account's, a decision needs those with something left (open ones): a partial index finds
 * them without a look at the many that have ended. Its condition is on a column that rarely changes (`live` instead of
 * `remaining`, a hold's status), so that what is drawn, day in day out, is a HOT update.
 * It goes on with the order of creation, so that no other index can look as good for that question, not even on an
 * empty table.
 *
 * The indexes for lists and for due work are partial for the same reason as those of accounts and schedules.
 */
export class GrantsAndHolds1764000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create type grant_status as enum ('pending', 'open', 'exhausted', 'expired', 'voided');
      create type hold_status as enum ('open', 'captured', 'released', 'expired');

      create table grants (
        account_key uuid not null,
        amount bigint not null check (amount > 0),
        remaining bigint not null,
        held bigint not null,
        priority bigint,
        created_version bigint not null check (created_version >= 1),
        effective_at timestamptz(3) not null,
        expires_at timestamptz(3),
        rolls_at timestamptz(3),
        due_at timestamptz(3),
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        kind grant_kind not null,
        status grant_status not null,
        live boolean not null,
        tenant_id text collate "C" not null,
        grant_id text collate "C" not null,
        name text,
        source_grant_id text collate "C",
        schedule_id text collate "C",
        cost_basis json,
        metadata json,
        primary key (tenant_id, grant_id),
        constraint grant_parts check (0 <= held and held <= remaining and remaining <= amount),
        constraint live_grant_has_something_left check (live = (remaining > 0)),
        constraint grant_status_of_parts check (
          case status
            when 'pending' then remaining = amount and held = 0
            when 'open' then remaining > 0
            when 'exhausted' then remaining = 0
            else remaining = held
          end),
        constraint due_grant_may_change check (due_at is null or status in ('pending', 'open')),
        constraint grant_time_goes_on check (updated_at >= created_at)
      ) with (fillfactor = 80);

      create index grants_live on grants (tenant_id, account_key, created_version, grant_id) where live;
      create index grants_by_account on grants (tenant_id, account_key, created_at, grant_id) where amount > 0;
      create index grants_due on grants (due_at, tenant_id, grant_id) where due_at is not null;

      create table holds (
        account_key uuid not null,
        amount bigint not null check (amount > 0),
        captured bigint not null check (captured >= 0),
        reserved bigint not null check (reserved >= 0),
        expires_at timestamptz(3) not null,
        due_at timestamptz(3),
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        status hold_status not null,
        tenant_id text collate "C" not null,
        hold_id text collate "C" not null,
        reserved_from json,
        metadata json,
        primary key (tenant_id, hold_id),
        constraint ended_hold_reserves_nothing check (status = 'open' or reserved = 0),
        constraint reserved_from_somewhere check ((reserved = 0) = (reserved_from is null)),
        constraint due_hold_is_open check (due_at is null or status = 'open'),
        constraint hold_time_goes_on check (updated_at >= created_at)
      ) with (fillfactor = 80);

      create index holds_open on holds (tenant_id, account_key, created_at, hold_id) where status = 'open';
      create index holds_by_account on holds (tenant_id, account_key, created_at, hold_id) where amount > 0;
      create index holds_due on holds (due_at, tenant_id, hold_id) where due_at is not null;

      grant select, insert, update on grants, holds to creditbus_worker;
      grant select on grants, holds to creditbus_gateway;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table holds;
      drop table grants;
      drop type hold_status;
      drop type grant_status;
    `);
  }
}
