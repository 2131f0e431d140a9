import { testDatabaseUrl, uniqueName } from '@app/testing';
import { Client, escapeIdentifier } from 'pg';
import type { DataSource } from 'typeorm';

import { createDataSource } from './data-source.js';
import { migrate, migrationsPending, revertNewest } from './migrate.js';
import { MIGRATIONS } from './migrations/index.js';

const NAMES = MIGRATIONS.map(({ name }) => name);

/** Empty databases, dropped after each test. */
const opened: { name: string; dataSources: DataSource[] }[] = [];

async function server(text: string): Promise<void> {
  const client = new Client({ connectionString: testDatabaseUrl() });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function emptyDatabase(): Promise<() => Promise<DataSource>> {
  const name = uniqueName('migrate').replaceAll('-', '_');
  await server(`create database ${escapeIdentifier(name)}`);
  const dataSources: DataSource[] = [];
  opened.push({ name, dataSources });
  const url = new URL(testDatabaseUrl());
  url.pathname = `/${name}`;
  return async () => {
    const dataSource = createDataSource({ url: url.href, applicationName: 'migrate-test', poolSize: 2 });
    dataSources.push(await dataSource.initialize());
    return dataSource;
  };
}

afterEach(async () => {
  for (const { name, dataSources } of opened.splice(0)) {
    for (const dataSource of dataSources) await dataSource.destroy();
    await server(`drop database ${escapeIdentifier(name)}`);
  }
});

/** Tables, columns, constraints, indexes, types and rights, as text. */
async function schemaOf(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ line: string }[]>(`
    select format('%s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default) as line
      from information_schema.columns where table_schema = 'public'
    union all
    select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where conrelid <> 0 and connamespace = 'public'::regnamespace
    union all
    select indexdef from pg_indexes where schemaname = 'public'
    union all
    select format('%s %s', enumtypid::regtype, string_agg(enumlabel, ',' order by enumsortorder)) from pg_enum group by enumtypid
    union all
    select format('%s %s %s', grantee, privilege_type, table_name) from information_schema.role_table_grants where table_schema = 'public'
    order by 1`);
  return rows.map(({ line }) => line);
}

it('migrations go up, all the way down and up again to the same schema', async () => {
  const dataSource = await (await emptyDatabase())();
  expect(await migrationsPending(dataSource)).toEqual(NAMES);
  expect(await migrate(dataSource)).toEqual(NAMES);
  const schema = await schemaOf(dataSource);
  expect(schema.length).toBeGreaterThan(100);

  for (const name of [...NAMES].reverse()) {
    await revertNewest(dataSource);
    expect((await migrationsPending(dataSource))[0]).toBe(name);
  }
  const left = await schemaOf(dataSource);
  expect(left.filter((line) => !line.includes('migrations'))).toEqual([]);

  await migrate(dataSource);
  expect(await schemaOf(dataSource)).toEqual(schema);
});

it('an up-to-date database has nothing pending, and migrating it again does nothing', async () => {
  const dataSource = await (await emptyDatabase())();
  await migrate(dataSource);
  expect(await migrationsPending(dataSource)).toEqual([]);
  expect(await migrate(dataSource)).toEqual([]);
});

it('asking what is pending does not change the database', async () => {
  const dataSource = await (await emptyDatabase())();
  await migrationsPending(dataSource);
  expect(await schemaOf(dataSource)).toEqual([]);
});

it('processes that migrate the same database at once run each migration once', async () => {
  const open = await emptyDatabase();
  const done = await Promise.all(
    (await Promise.all([open(), open(), open()])).map((dataSource) => migrate(dataSource)),
  );
  expect(done.flat()).toEqual(NAMES);
});

it('databases of one cluster can be migrated at once, though they share the roles', async () => {
  const dataSources = await Promise.all(Array.from({ length: 4 }, async () => (await emptyDatabase())()));
  const done = await Promise.all(dataSources.map((dataSource) => migrate(dataSource)));
  expect(done).toEqual(dataSources.map(() => NAMES));
});

it('entities and tables agree: columns, types, nullability and enum labels', async () => {
  const dataSource = await (await emptyDatabase())();
  await migrate(dataSource);
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  // Constraints, indexes and collations are the migrations' alone; entities say nothing of them.
  const drift = upQueries
    .map(({ query }) => query)
    .filter((query) => !/^ALTER TABLE "\w+" DROP CONSTRAINT|^DROP INDEX|TYPE text COLLATE "undefined"$/.test(query));
  expect(drift).toEqual([]);
});
