import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The position of a grant within the entry that made it: what tells grants apart that are alike in everything else,
 * where the id, which may be a hash, did. Grants that one entry made before keep the order that they had, that of their
 * ids. The index of live ones goes on with it, in the order in which they are read.
 */
export class GrantPositions1765000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table grants add column created_index smallint not null default 0 check (created_index >= 0);

      update grants as g
      set created_index = o.position
      from (
        select tenant_id, grant_id,
               row_number() over (partition by tenant_id, account_key, created_version order by grant_id) - 1 as position
        from grants
      ) as o
      where g.tenant_id = o.tenant_id and g.grant_id = o.grant_id and o.position > 0;

      drop index grants_live;
      create index grants_live on grants (tenant_id, account_key, created_version, created_index) where live;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index grants_live;
      alter table grants drop column created_index;
      create index grants_live on grants (tenant_id, account_key, created_version, grant_id) where live;
    `);
  }
}
