import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an account's row says of the rest: the date of its next refill, and how many grants with something left
 * and open holds it has, so that a chunk of plain accounts reads no more than their rows.
 * A plain balance change writes none of these columns, so it stays a HOT update.
 */
export class RefillsAndCounts1764000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table accounts
        add column live_grants integer not null default 0 check (live_grants >= 0),
        add column open_holds integer not null default 0 check (open_holds >= 0),
        add column refill_due_on date,
        add constraint without_grants_base_is_all check (live_grants > 0 or balance = base),
        add constraint without_holds_nothing_is_held check (open_holds > 0 or held = 0),
        add constraint refill_due_with_refill check (refill_due_on is null or refill_interval is not null);

      create index accounts_refill_due on accounts (refill_due_on, tenant_id, account_key) where refill_due_on is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table accounts drop column live_grants, drop column open_holds, drop column refill_due_on',
    );
  }
}
