import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Accounts: a tenant's holder of one credit type. `account_key` is 16 bytes of SHA-256 over tenant, account id and
 * credit type, so that the ledger refers to an account in 16 bytes and a replay makes the same key.
 *
 * No index has a column that a balance change writes, and a fifth of each page stays free: updates are HOT.
 * The index for lists is partial, by a condition that is always true, so that only statements which repeat it can
 * use it: on an empty table every index looks equally good, and the ledger's statements, planned then, went through
 * all accounts of the tenant to find one. A rare change of the external id moves it in its partial index, which is an exclusion constraint because only
 * such one can be both partial and checked at the end of the statement: two accounts of one chunk may swap ids.
 */
export class Accounts1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create type account_status as enum ('active', 'frozen', 'closed');
      create type floor_policy as enum ('reject', 'clamp', 'allow', 'downTo');
      create type refill_interval as enum ('daily', 'monthly');

      create table accounts (
        account_key uuid not null,
        version bigint not null check (version >= 1),
        base bigint not null,
        balance bigint not null,
        held bigint not null check (held >= 0),
        floor bigint not null,
        initial bigint,
        floor_down_to bigint,
        refill_amount bigint check (refill_amount > 0),
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        status account_status not null,
        on_insufficient floor_policy,
        burn_order burn_order,
        refill_interval refill_interval,
        refill_day smallint check (refill_day between 1 and 31),
        unlimited boolean not null,
        tenant_id text collate "C" not null,
        account_id text collate "C" not null,
        credit_type text collate "C" not null,
        external_id text collate "C",
        account_group text collate "C",
        metadata json,
        primary key (tenant_id, account_key),
        constraint accounts_by_external_id
          exclude using btree (tenant_id with =, credit_type with =, external_id with =)
          where (external_id is not null) deferrable initially immediate,
        constraint unlimited_has_no_base check (not unlimited or base = 0),
        -- What balance has above base is what remains in opened grants.
        constraint balance_covers_base check (balance >= base),
        constraint floor_policy_bound check (coalesce(on_insufficient = 'downTo', false) = (floor_down_to is not null)),
        constraint refill_amount_given check ((refill_interval is null) = (refill_amount is null)),
        constraint refill_day_of_monthly check (coalesce(refill_interval = 'monthly', false) = (refill_day is not null)),
        constraint time_goes_on check (updated_at >= created_at)
      ) with (fillfactor = 80);

      create unique index accounts_by_id on accounts (tenant_id, account_id, credit_type) where account_id >= '';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table accounts;
      drop type refill_interval;
      drop type floor_policy;
      drop type account_status;
    `);
  }
}
