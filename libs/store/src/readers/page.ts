/** One page of a list, in the order that the list says. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; goes back into the same list with the same filters. null: this was the last page, however short. */
  readonly nextCursor: string | null;
}

/** Bounds of `limit` in every list (gateway, "Shapes"). */
export const PAGE_LIMIT_MAX = 250;
export const PAGE_LIMIT_DEFAULT = 50;

const CURSOR_SHOWN_CHARACTERS = 64;

/** The cursor was not made by this list. The gateway answers 400. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
  readonly code = 'INVALID_CURSOR';

  constructor(cursor: string) {
    const shown = JSON.stringify(cursor.slice(0, CURSOR_SHOWN_CHARACTERS));
    super(`cursor ${shown} was not made by this list; send the nextCursor of its last page`);
  }
}

/** A limit outside 1–250. */
export class InvalidLimit extends Error {
  override readonly name = 'InvalidLimit';
  readonly code = 'INVALID_LIMIT';

  constructor(limit: number) {
    super(`limit ${limit} is not allowed; allowed is 1 to ${PAGE_LIMIT_MAX}`);
  }
}

/** @throws InvalidLimit */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_LIMIT_MAX) throw new InvalidLimit(limit);
}

/** An offset below 0. */
export class InvalidOffset extends Error {
  override readonly name = 'InvalidOffset';
  readonly code = 'INVALID_OFFSET';

  constructor(offset: number) {
    super(`offset ${offset} is not allowed; allowed is 0 and above`);
  }
}

/** @throws InvalidLimit, InvalidOffset */
export function checkPlace({ limit, offset }: { readonly limit: number; readonly offset: number }): void {
  checkLimit(limit);
  if (!Number.isSafeInteger(offset) || offset < 0) throw new InvalidOffset(offset);
}

/** The place behind an item in a list of this kind, as an opaque text. */
export function cursorOf(list: string, place: readonly string[]): string {
  return Buffer.from(JSON.stringify([list, ...place]), 'utf8').toString('base64url');
}

/** The opposite of `cursorOf`: as many texts as the list's places have. @throws InvalidCursor */
export function placeOf(list: string, parts: number, cursor: string): readonly string[] {
  const [kind, ...place] = parsed(cursor);
  if (kind !== list || place.length !== parts || !place.every(isText)) {
    throw new InvalidCursor(cursor);
  }
  return place;
}

/** Postgres' text has neither U+0000 nor half a surrogate pair, so no list made such a cursor. */
function isText(part: unknown): part is string {
  return typeof part === 'string' && !part.includes('\0') && part.isWellFormed();
}

function parsed(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** A page of rows that were read with one more than the limit, to learn whether there is another page. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  item: (row: R) => T,
  cursor: (row: R) => string,
): Page<T> {
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(item),
    nextCursor: rows.length > limit && last !== undefined ? cursor(last) : null,
  };
}
