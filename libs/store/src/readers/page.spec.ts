import { checkLimit, cursorOf, InvalidCursor, InvalidLimit, pageOf, placeOf } from './page.js';

const row = (n: number) => ({ n });

it('a cursor holds a place in its own list only', () => {
  const cursor = cursorOf('accounts', ['ключ', 'credits']);
  expect(placeOf('accounts', 2, cursor)).toEqual(['ключ', 'credits']);
  expect(() => placeOf('entries', 2, cursor)).toThrow(InvalidCursor);
  expect(() => placeOf('accounts', 1, cursor)).toThrow(InvalidCursor);
});

it.each([
  '',
  'x',
  '!!!',
  Buffer.from('{"a":1}').toString('base64url'),
  Buffer.from('["accounts",1,2]').toString('base64url'),
])('refuses a cursor that no list made: %j', (cursor) => {
  expect(() => placeOf('accounts', 2, cursor)).toThrow(InvalidCursor);
});

it('shows no more than the beginning of a bad cursor', () => {
  expect(new InvalidCursor('x'.repeat(1000)).message.length).toBeLessThan(200);
});

it('there is a next page exactly when a row more than the limit was read', () => {
  const page = (count: number) =>
    pageOf(
      Array.from({ length: count }, (_, n) => row(n)),
      2,
      ({ n }) => n,
      ({ n }) => `after ${n}`,
    );
  expect(page(0)).toEqual({ items: [], nextCursor: null });
  expect(page(2)).toEqual({ items: [0, 1], nextCursor: null });
  expect(page(3)).toEqual({ items: [0, 1], nextCursor: 'after 1' });
});

it.each([0, -1, 251, 1.5, Number.NaN])('refuses limit %d', (limit) => {
  expect(() => {
    checkLimit(limit);
  }).toThrow(InvalidLimit);
});
