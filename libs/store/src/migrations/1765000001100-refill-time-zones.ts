import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Refills by the clocks of a zone (none: UTC). Dates are the zone's, so that what is due is found by the first instant
 * of the date. The latest date that was refilled is kept, since a change of zone may lead back to a day before it; of
 * accounts of before it is taken to be the day before the next one, at most today.
 */
export class RefillTimeZones1765000001100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table accounts
        add column refill_time_zone text,
        add column refill_due_at timestamptz(3),
        add column refilled_on date;

      update accounts
      set refill_due_at = refill_due_on::timestamp at time zone 'UTC',
          refilled_on = least(refill_due_on - 1, (now() at time zone 'UTC')::date)
      where refill_due_on is not null;

      alter table accounts
        add constraint refill_zone_with_refill check (refill_time_zone is null or refill_interval is not null),
        add constraint refill_due_at_its_date check ((refill_due_at is null) = (refill_due_on is null));

      drop index accounts_refill_due;
      create index accounts_refill_due on accounts (refill_due_at, tenant_id, account_key) where refill_due_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index accounts_refill_due;
      alter table accounts drop column refill_time_zone, drop column refill_due_at, drop column refilled_on;
      create index accounts_refill_due on accounts (refill_due_on, tenant_id, account_key) where refill_due_on is not null;
    `);
  }
}
