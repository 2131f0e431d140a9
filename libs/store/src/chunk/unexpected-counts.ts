import type { TextRow } from './rows.js';

/** Rows were not written as decided: somebody changed what this transaction had locked. Roll back, decide again. */
export class UnexpectedCounts extends Error {
  override readonly name = 'UnexpectedCounts';
}

/** Compares the counts that a writing statement answered with those that were decided. @throws UnexpectedCounts */
export function expect(what: string, rows: readonly TextRow[], expected: readonly number[]): void {
  const written = rows[0]?.map(Number) ?? [];
  if (expected.every((count, i) => written[i] === count)) return;
  throw new UnexpectedCounts(`${what}: decided ${expected.join(', ')}, written ${written.join(', ')}`);
}
