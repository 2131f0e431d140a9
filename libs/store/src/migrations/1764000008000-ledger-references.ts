import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Entries that say what they touched beside the account, and entries of the catalogue, which touch none: their
 * `account_id` is empty, their `account_key` is that of the definition and their `version` its own. `changed` is
 * the definition as the entry left it, from which its event is built again.
 *
 * An original finds its reversals by an index that has no other entries.
 */
export class LedgerReferences1764000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ledger_entries
        add column grant_id text collate "C",
        add column hold_id text collate "C",
        add column schedule_id text collate "C",
        add column reverses_key uuid,
        add column reverses_id text collate "C",
        add column reverses_amount bigint check (reverses_amount >= 0),
        add column changed json,
        add constraint reverses_so_much check ((reverses_key is null) = (reverses_amount is null)),
        drop constraint applied_is_complete,
        add constraint applied_is_complete check (
          version is null or
          case when account_id = '' then
            changed is not null
            and num_nonnulls(requested, applied, before_balance, before_held, before_available, before_unlimited,
                             after_balance, after_held, after_available, after_unlimited, allocations) = 0
          else
            applied is not null
            and after_balance = before_balance + applied
            and num_nulls(before_held, before_available, before_unlimited,
                          after_held, after_available, after_unlimited) = 0
          end),
        drop constraint rejected_has_no_effect,
        add constraint rejected_has_no_effect check (
          version is not null or
          num_nonnulls(requested, applied, after_balance, allocations, grant_id, hold_id, schedule_id, reverses_key,
                       changed) = 0);

      create index ledger_reversals on ledger_entries (tenant_id, reverses_key) where reverses_key is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from ledger_entries where account_id = '' and version is not null;
      alter table ledger_entries
        drop constraint applied_is_complete,
        drop constraint rejected_has_no_effect,
        drop column grant_id, drop column hold_id, drop column schedule_id,
        drop column reverses_key, drop column reverses_id, drop column reverses_amount, drop column changed,
        add constraint applied_is_complete check (
          version is null or (
            applied is not null
            and after_balance = before_balance + applied
            and num_nulls(before_held, before_available, before_unlimited,
                          after_held, after_available, after_unlimited) = 0)),
        add constraint rejected_has_no_effect check (
          version is not null or num_nonnulls(requested, applied, after_balance, allocations) = 0);
    `);
  }
}
