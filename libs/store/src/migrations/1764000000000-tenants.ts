import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What administration writes: tenants, their API keys and their credit types. Reference tables on Citus, except
 * the credit types, whose key begins with the tenant like that of all tenant data.
 */
export class Tenants1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table tenants (
        tenant_id text collate "C" primary key check (tenant_id ~ '^[A-Za-z0-9_-]{1,64}$'),
        name text not null,
        created_at timestamptz(3) not null default now()
      );

      create table api_keys (
        key_hash bytea primary key check (octet_length(key_hash) = 32),
        tenant_id text collate "C" not null references tenants,
        name text not null,
        shown text not null,
        scopes text[] not null
          check (cardinality(scopes) > 0
                 and scopes <@ array['credits:read', 'credits:write', 'catalog:write', 'admin']),
        account_prefix text collate "C",
        account_group text collate "C",
        expires_at timestamptz(3),
        revoked_at timestamptz(3),
        created_at timestamptz(3) not null default now(),
        last_used_at timestamptz(3)
      ) with (fillfactor = 80);
      create index api_keys_by_tenant on api_keys (tenant_id, created_at);

      create type burn_order as enum (
        'priority', 'expiration_priority', 'first_in_first_out', 'last_in_first_out',
        'plan_first_then_credit_bundles_first_in_first_out'
      );

      create table credit_types (
        tenant_id text collate "C" not null references tenants,
        credit_type text collate "C" not null check (credit_type ~ '^[A-Za-z0-9_.-]{1,64}$'),
        scale smallint not null check (scale between 0 and 9),
        burn_order burn_order not null default 'priority',
        name text,
        description text,
        metadata json,
        version bigint not null default 1 check (version >= 1),
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        deleted_at timestamptz(3),
        primary key (tenant_id, credit_type),
        -- The built-in type may be described, but its scale is fixed like any other's.
        check (credit_type <> 'credits' or scale = 0)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table credit_types;
      drop type burn_order;
      drop table api_keys;
      drop table tenants;
    `);
  }
}
