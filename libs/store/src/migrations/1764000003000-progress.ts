import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Progress: how far the log has been applied, per partition, and who may go on. It is the position and the fence
 * (overview, "progress row"). `next_offset` is null from the first claim until the first chunk.
 */
export class Progress1764000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table progress (
        topic text collate "C" not null,
        partition integer not null check (partition >= 0),
        next_offset bigint check (next_offset >= 0),
        owner uuid not null,
        updated_at timestamptz(3) not null default now(),
        primary key (topic, partition)
      ) with (fillfactor = 50);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table progress');
  }
}
