import { type Page, Paged } from './paged.js';

describe('a paged list', () => {
  let asked: (string | undefined)[];
  const list = (): Paged<number> =>
    new Paged((cursor) => {
      asked.push(cursor);
      const from = Number(cursor ?? 0);
      const page: Page<number> = { data: [from, from + 1], nextCursor: from < 4 ? String(from + 2) : null };
      return Promise.resolve(page);
    });
  beforeEach(() => {
    asked = [];
  });

  it('gives every item in order, and asks for a page when it is needed', async () => {
    const items: number[] = [];
    for await (const item of list()) {
      items.push(item);
      if (item === 1) expect(asked).toEqual([undefined]);
    }
    expect(items).toEqual([0, 1, 2, 3, 4, 5]);
    expect(asked).toEqual([undefined, '2', '4']);
  });

  it('asks for nothing before it is walked through, nor after one stops', async () => {
    const paged = list();
    expect(asked).toEqual([]);
    for await (const item of paged) if (item === 0) break;
    expect(asked).toEqual([undefined]);
  });

  it('can be walked through again, page by page, or as an array with a bound', async () => {
    const paged = list();
    const pages: Page<number>[] = [];
    for await (const page of paged.pages()) pages.push(page);
    expect(pages.map(({ nextCursor }) => nextCursor)).toEqual(['2', '4', null]);
    expect(await paged.toArray(3)).toEqual([0, 1, 2]);
    expect(await paged.toArray(100)).toHaveLength(6);
    expect(await paged.first()).toEqual({ data: [0, 1], nextCursor: '2' });
  });

  it('ends with an error when a page can not be read', async () => {
    const broken = new Paged<number>(() => Promise.reject(new Error('away')));
    await expect(broken.toArray(1)).rejects.toThrow('away');
  });
});
