import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger: one row per command, applied or rejected. It is the idempotency record (its primary key), the ledger
 * line and the stored outcome from which events are built again. Rows are inserted and never changed.
 *
 * What is not stored because it can be told from the rest: the status (`version` is null when rejected), the
 * command id when it is a canonical lower-case UUID (then it is the key itself), the account's id and credit type
 * when the account has a row, and `allocations` when all of `applied` went to or came from the base.
 * JSON columns are `json`, not `jsonb`: nothing searches them, and they come back as they were written.
 */
export class Ledger1764000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create type command_type as enum (
        'account.open', 'account.configure', 'credit.delta', 'credit.set', 'credit.reverse',
        'account.refill', 'account.reset',
        'grant.create', 'grant.update', 'grant.void', 'grant.activate', 'grant.expire',
        'schedule.create', 'schedule.update', 'schedule.end', 'schedule.apply',
        'hold.create', 'hold.capture', 'hold.extend', 'hold.release', 'hold.expire',
        'credit-type.put', 'credit-type.delete'
      );
      create type outcome_code as enum (
        'APPLIED', 'APPLIED_PARTIALLY', 'NO_CHANGE',
        'ACCOUNT_NOT_FOUND', 'ACCOUNT_EXISTS', 'ACCOUNT_FROZEN', 'ACCOUNT_CLOSED', 'ACCOUNT_UNLIMITED',
        'INSUFFICIENT_CREDITS', 'BALANCE_OVERFLOW', 'AMOUNT_PRECISION', 'VERSION_CONFLICT', 'COMMAND_CONFLICT',
        'CREDIT_TYPE_NOT_FOUND', 'CREDIT_TYPE_CONFLICT', 'GRANT_NOT_FOUND', 'GRANT_EXISTS', 'GRANT_NOT_OPEN',
        'HOLD_NOT_FOUND', 'HOLD_EXISTS', 'HOLD_NOT_OPEN', 'HOLD_OPEN', 'HOLD_EXCEEDED',
        'SCHEDULE_NOT_FOUND', 'SCHEDULE_EXISTS', 'SCHEDULE_ENDED',
        'ORIGINAL_NOT_FOUND', 'REVERSAL_EXCEEDS_ORIGINAL', 'NOT_REVERSIBLE', 'LIMIT_EXCEEDED'
      );
      create type entry_cause as enum (
        'open', 'configure', 'delta', 'set', 'refill', 'reset', 'grant', 'activation', 'expiry', 'void', 'schedule',
        'hold', 'capture', 'extend', 'release', 'hold-expiry', 'reversal'
      );

      create table ledger_entries (
        command_key uuid not null,
        account_key uuid not null,
        recorded_at timestamptz(3) not null,
        version bigint check (version >= 1),
        requested bigint,
        applied bigint,
        before_balance bigint,
        before_held bigint,
        before_available bigint,
        after_balance bigint,
        after_held bigint,
        after_available bigint,
        log_offset bigint not null,
        log_partition integer not null,
        command_type command_type not null,
        code outcome_code not null,
        cause entry_cause not null,
        before_unlimited boolean,
        after_unlimited boolean,
        fingerprint bytea not null check (octet_length(fingerprint) = 32),
        tenant_id text collate "C" not null,
        log_topic text collate "C" not null,
        command_id text collate "C",
        account_id text collate "C",
        credit_type text collate "C",
        allocations json,
        reason text,
        description text,
        source text,
        occurred_at text,
        actor json,
        metadata json,
        requested_as_sent text,
        message text,
        details json,
        primary key (tenant_id, command_key),
        constraint applied_is_complete check (
          version is null or (
            applied is not null
            and after_balance = before_balance + applied
            and num_nulls(before_held, before_available, before_unlimited,
                          after_held, after_available, after_unlimited) = 0)),
        constraint rejected_has_no_effect check (
          version is not null or num_nonnulls(requested, applied, after_balance, allocations) = 0)
      );

      -- Versions of an account are single; entries newest first, and balances at a time since recorded_at grows with version.
      create unique index ledger_by_version on ledger_entries (tenant_id, account_key, version)
        where version is not null;
      create index ledger_rejected on ledger_entries (tenant_id, account_key, recorded_at, command_key)
        where version is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table ledger_entries;
      drop type entry_cause;
      drop type outcome_code;
      drop type command_type;
    `);
  }
}
