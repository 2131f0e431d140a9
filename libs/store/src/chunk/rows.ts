import type { Rollover } from '@app/domain';

/** A row as it comes over the wire: every value as Postgres' text form, by position. */
export type TextRow = readonly (string | null)[];

/** The value at a position whose column is never null. */
export function given(row: TextRow, at: number): string {
  const value = row[at];
  if (value === null || value === undefined) throw new Error(`column ${at} of a row is null`);
  return value;
}

export function bigintOrNull(row: TextRow, at: number): bigint | null {
  const value = row[at];
  return value === null || value === undefined ? null : BigInt(value);
}

export function textOrNull(row: TextRow, at: number): string | null {
  return row[at] ?? null;
}

/** Milliseconds since the epoch from Postgres' float of them, which may be off by less than a millisecond. */
export function milliseconds(row: TextRow, at: number): number {
  return Math.round(Number(given(row, at)));
}

export function jsonOrNull(row: TextRow, at: number): unknown {
  const value = row[at];
  return value === null || value === undefined ? null : JSON.parse(value);
}

export function numberOrNull(row: TextRow, at: number): number | null {
  const value = row[at];
  return value === null || value === undefined ? null : Number(value);
}

export function millisecondsOrNull(row: TextRow, at: number): number | null {
  return row[at] === null || row[at] === undefined ? null : milliseconds(row, at);
}

/** How much is carried over, from its two columns. */
export function rolloverFrom(percent: number | null, cap: bigint | null): Rollover | null {
  return percent === null ? null : { percent, cap };
}
