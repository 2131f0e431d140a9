import { testDatabase } from '@app/testing';
import { Client } from 'pg';

import { ArrayEncoder, type Column, type ElementType } from './array-encoder.js';

const ROUND_TRIPS: { readonly [T in ElementType]: { values: Column<T>; texts: (string | null)[] } } = {
  int8: {
    values: [0n, -1n, 1n, 2n ** 63n - 1n, -(2n ** 63n), 9007199254740993n, null],
    texts: ['0', '-1', '1', '9223372036854775807', '-9223372036854775808', '9007199254740993', null],
  },
  int2: { values: [0, -1, 31, 32767, null], texts: ['0', '-1', '31', '32767', null] },
  bool: { values: [true, false, null], texts: ['true', 'false', null] },
  text: {
    values: ['', 'a', 'käse', '🎈', '{"a","b\\"}', 'NULL', 'x'.repeat(500), 'ü'.repeat(30), null],
    texts: ['', 'a', 'käse', '🎈', '{"a","b\\"}', 'NULL', 'x'.repeat(500), 'ü'.repeat(30), null],
  },
  bytea: { values: [Buffer.alloc(0), Buffer.from([0, 255, 92]), null], texts: ['\\x', '\\x00ff5c', null] },
  timestamptz: {
    values: [0, 946684800000, 1795168800123, -1, 946684799999, null],
    texts: [
      '1970-01-01 00:00:00+00',
      '2000-01-01 00:00:00+00',
      '2026-11-20 10:00:00.123+00',
      '1969-12-31 23:59:59.999+00',
      '1999-12-31 23:59:59.999+00',
      null,
    ],
  },
  uuid: {
    values: ['00000000-0000-0000-0000-000000000000', '0192f0c1-abcd-7ef0-8123-456789abcdef', null],
    texts: ['00000000-0000-0000-0000-000000000000', '0192f0c1-abcd-7ef0-8123-456789abcdef', null],
  },
};

let client: Client;
afterAll(() => client.end());
const database = testDatabase();
beforeAll(async () => {
  client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(`set timezone = 'UTC'`);
});

async function texts(type: string, parameter: Buffer | null): Promise<(string | null)[]> {
  const { rows } = await client.query<{ text: string | null }>(`select unnest($1::${type}[])::text as text`, [
    parameter,
  ]);
  return rows.map(({ text }) => text);
}

it.each(Object.entries(ROUND_TRIPS))('Postgres reads %s as it was given', async (type, { values, texts: expected }) => {
  // A buffer that is far too small grows; columns before keep theirs.
  const encoder = new ArrayEncoder(16);
  const first = encoder.encode(type as ElementType, values);
  encoder.encode(type as ElementType, values);
  expect(await texts(type, first)).toEqual(expected);
});

it('a column without any value is null, and unnest fills it up', async () => {
  const encoder = new ArrayEncoder(100);
  expect(encoder.encode('text', [null, null])).toBeNull();
  expect(encoder.encode('int8', [])).toBeNull();
  const { rows } = await client.query('select unnest($1::int8[]) as a, unnest($2::text[]) as b', [
    encoder.encode('int8', [1n, 2n]),
    encoder.encode('text', [null, null]),
  ]);
  expect(rows).toEqual([
    { a: '1', b: null },
    { a: '2', b: null },
  ]);
});

it('refuses what a column cannot hold and names the row', () => {
  const encoder = new ArrayEncoder(100);
  expect(() => encoder.encode('int8', [0n, 2n ** 63n])).toThrow(
    expect.objectContaining({ name: 'UnstorableValue', row: 1 }),
  );
  expect(() => encoder.encode('timestamptz', [Number.NaN])).toThrow('NaN is no time in milliseconds');
});
