import type { PlaceQuery, Slice } from '@app/store';

/** A list as Flexprice answers it. */
export interface ListJson<T> {
  readonly items: readonly T[];
  readonly pagination: { readonly limit: number; readonly offset: number; readonly total: number };
}

export function listJson<T, J>(
  { items, total }: Slice<T>,
  { limit, offset }: PlaceQuery,
  item: (of: T) => J,
): ListJson<J> {
  return { items: items.map(item), pagination: { limit, offset, total } };
}
