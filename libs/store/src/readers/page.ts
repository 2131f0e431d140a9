/** One page of a list, newest or smallest first as the list says. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; goes back into the same list with the same filters. null: this was the last page. */
  readonly nextCursor: string | null;
}

/** Bounds of `limit` in every list (gateway, "Shapes"). */
export const PAGE_LIMIT_MAX = 250;
export const PAGE_LIMIT_DEFAULT = 50;

/** The cursor was not made by this list. The gateway answers 400. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
  readonly code = 'INVALID_CURSOR';
  constructor(cursor: string) {
    super(`cursor ${JSON.stringify(cursor.slice(0, 64))} was not made by this list; send the nextCursor of its last page`);
  }
}
