import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an account's row says of the rest: the date of its next refill, and whether there is anything beside the row
 * (grants with something left, open holds), so that a chunk of plain accounts reads no more than their rows.
 * A plain balance change writes neither column, so it stays a HOT update.
 */
export class RefillsAndLiveObjects1764000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table accounts
        add column live_objects integer not null default 0 check (live_objects >= 0),
        add column refill_due_on date,
        add constraint plain_account_has_base_only check (live_objects > 0 or (balance = base and held = 0)),
        add constraint refill_due_with_refill check (refill_due_on is null or refill_interval is not null);

      create index accounts_refill_due on accounts (refill_due_on, tenant_id, account_key) where refill_due_on is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table accounts drop column live_objects, drop column refill_due_on');
  }
}
