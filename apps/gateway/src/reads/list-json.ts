import type { Page } from '@app/store';

/** One page of a list. */
export interface ListJson<T> {
  readonly data: readonly T[];
  /** To be sent as `cursor` with the same filters; null: the last page. A short page need not be the last. */
  readonly nextCursor: string | null;
}

export function listJson<T, J>(page: Page<T>, json: (item: T) => J): ListJson<J> {
  return { data: page.items.map(json), nextCursor: page.nextCursor };
}
