/** One page of a list, newest first. */
export interface Page<T> {
  readonly data: T[];
  /** Where the next page begins; null after the last one. A page narrowed by a filter may be empty and not the last. */
  readonly nextCursor: string | null;
}

/**
 * A list, read page by page while it is walked through: `for await (const entry of entries)`. Nothing is asked before
 * that, and each walk starts anew. What is added meanwhile is newer than the first page and does not shift the others.
 */
export class Paged<T> implements AsyncIterable<T> {
  readonly #read: (cursor: string | undefined) => Promise<Page<T>>;

  /** @param read a page: the first one without a cursor */
  constructor(read: (cursor: string | undefined) => Promise<Page<T>>) {
    this.#read = read;
  }

  /** The first page alone, with the cursor of the next one for `query.cursor`. */
  first(): Promise<Page<T>> {
    return this.#read(undefined);
  }

  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    let cursor: string | undefined;
    do {
      const page = await this.#read(cursor);
      yield page;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const page of this.pages()) yield* page.data;
  }

  /** All of it, at most `max` items. */
  async toArray(max: number): Promise<T[]> {
    const items: T[] = [];
    if (max <= 0) return items;
    for await (const item of this) {
      items.push(item);
      if (items.length >= max) break;
    }
    return items;
  }
}
