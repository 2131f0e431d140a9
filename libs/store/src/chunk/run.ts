import type { Statement } from '../sql/statement.js';
import type { TextRow } from './rows.js';

/** Runs a statement in the chunk's transaction. Calls made without waiting are sent without waiting. */
export type Run = (statement: Statement, values: readonly unknown[]) => Promise<readonly TextRow[]>;

/** The item that a row names by its index. */
export function at<T>(items: readonly T[], index: string): T {
  const item = items[Number(index)];
  if (item === undefined) throw new Error(`a row names index ${index} of ${items.length}`);
  return item;
}

/**
 * Waits for all of the statements, so that none is under way when this returns or throws; then throws the first
 * failure in their order, since those behind it only say that the transaction is aborted.
 */
export async function allOrFirstFailure<T extends readonly unknown[]>(
  calls: readonly [...T],
): Promise<{ -readonly [I in keyof T]: Awaited<T[I]> }> {
  await Promise.allSettled(calls);
  return await Promise.all(calls);
}
