import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Indexes for lists whose filter finds few rows among many. None is on the ledger, whose every write would pay for it,
 * and none has a column that a plain balance change writes: those updates stay HOT. Grants and holds get a new row
 * version in every index anyway when their status changes.
 *
 * - Accounts of an API group, for keys that are limited to one. It is partial: accounts without a group pay nothing.
 * - Grants that may still change, by status, among any number that have ended; holds have such an index already.
 * - Schedules that are still active, likewise; and all of one credit type, newest first, for lists over accounts.
 * - Schematic's leases among an account's holds, by how their ids begin.
 */
export class ReadsStayFlat1765000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index accounts_by_group on accounts (tenant_id, account_group, account_id, credit_type)
        where account_group is not null;
      create index grants_unended on grants (tenant_id, account_key, status, created_at, grant_id)
        where status in ('open', 'pending');
      create index schedules_active on schedules (tenant_id, account_key, created_at, schedule_id)
        where status = 'active' and amount > 0;
      create index schedules_by_type on schedules (tenant_id, credit_type, created_at, schedule_id)
        where amount > 0;
      create index holds_leases on holds (tenant_id, account_key, created_at, hold_id)
        where hold_id like 'lease\\_%';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index accounts_by_group;
      drop index grants_unended;
      drop index schedules_active;
      drop index schedules_by_type;
      drop index holds_leases;
    `);
  }
}
