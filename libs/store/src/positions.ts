import type { EpochMs } from '@app/domain';
import type { Position, PositionStore } from '@app/messaging';
import type { Pool } from 'pg';

import { given, milliseconds, type TextRow } from './chunk/rows.js';
import { ACCEPT_POSITION } from './sql/accept-position.js';
import { ALL_POSITIONS } from './sql/all-positions.js';
import { CLAIM_POSITIONS } from './sql/claim-positions.js';
import { READ_POSITIONS } from './sql/read-positions.js';
import type { Statement } from './sql/statement.js';

/** A progress row as operators see it. */
export interface ProgressRow {
  readonly topic: string;
  readonly partition: number;
  /** null: claimed, nothing applied yet. */
  readonly nextOffset: bigint | null;
  readonly owner: string;
  readonly updatedAt: EpochMs;
}

/** Positions in the progress table, beside the effects that they count. The pool must be one of `createLedgerPool`. */
export class PostgresPositions implements PositionStore {
  constructor(private readonly pool: Pool) {}

  async claim(
    topic: string,
    partitions: readonly number[],
  ): Promise<Map<number, Position & { readonly owner: string }>> {
    if (partitions.length === 0) return new Map();
    const rows = await this.run(CLAIM_POSITIONS, [topic, partitions]);
    return new Map(
      rows.map((row) => [Number(given(row, 0)), { nextOffset: offsetFrom(row, 1), owner: given(row, 2) }]),
    );
  }

  async read(topic: string, partitions: readonly number[]): Promise<Map<number, Position>> {
    const rows = partitions.length === 0 ? [] : await this.run(READ_POSITIONS, [topic, partitions]);
    const positions = new Map<number, Position>(partitions.map((partition) => [partition, { nextOffset: null }]));
    for (const row of rows) positions.set(Number(given(row, 0)), { nextOffset: offsetFrom(row, 1) });
    return positions;
  }

  /**
   * Sets a partition's position because an operator said so (`creditbus progress accept`), and takes it from its
   * owner, who compares again before the next chunk. Returns the position before; null: there was none.
   */
  async acceptPosition(topic: string, partition: number, nextOffset: bigint): Promise<bigint | null> {
    const rows = await this.run(ACCEPT_POSITION, [topic, partition, String(nextOffset)]);
    return offsetFrom(rows[0] ?? [], 0);
  }

  /** All progress rows, by topic and partition. */
  async showProgress(): Promise<readonly ProgressRow[]> {
    const rows = await this.run(ALL_POSITIONS, []);
    return rows.map((row) => ({
      topic: given(row, 0),
      partition: Number(given(row, 1)),
      nextOffset: offsetFrom(row, 2),
      owner: given(row, 3),
      updatedAt: milliseconds(row, 4),
    }));
  }

  private async run({ name, text }: Statement, values: readonly unknown[]): Promise<readonly TextRow[]> {
    const result = await this.pool.query<string[]>({ name, text, values: [...values], rowMode: 'array' });
    return result.rows;
  }
}

function offsetFrom(row: TextRow, at: number): bigint | null {
  const value = row[at];
  return value === null || value === undefined ? null : BigInt(value);
}
