import { Client } from 'pg';
import { openTestDatabase } from './database.js';
import { eventually } from './eventually.js';
import { startKafka } from './private-kafka.js';
import { type PrivatePostgres, startPostgres } from './private-postgres.js';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

describe('a Postgres server of its own', () => {
  let postgres: PrivatePostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
    await query(postgres.url, 'CREATE TABLE t (n int)');
  });
  afterAll(() => postgres.dispose());

  it('comes back at the same address with what was committed, after a stop and after a crash', async () => {
    await query(postgres.url, 'INSERT INTO t VALUES (1)');
    await postgres.stop();
    await expect(query(postgres.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    await postgres.start();
    await postgres.kill();
    await postgres.start();
    expect(await query(postgres.url, 'SELECT n FROM t')).toEqual([{ n: 1 }]);
  });

  it('refuses writes in open sessions too while it is read-only', async () => {
    const session = new Client({ connectionString: postgres.url });
    await session.connect();
    try {
      await session.query('SELECT 1');
      await postgres.setReadOnly(true);
      await eventually(() =>
        expect(session.query('INSERT INTO t VALUES (2)')).rejects.toMatchObject({ code: '25006' }),
      );
      await postgres.setReadOnly(false);
      await eventually(() => session.query('DELETE FROM t WHERE n = 2'));
    } finally {
      await session.end();
    }
  });

  it('goes back to a backup that was taken while it was in use', async () => {
    await postgres.backup('before');
    await query(postgres.url, 'INSERT INTO t VALUES (3)');
    await postgres.restore('before');
    expect(await query(postgres.url, 'SELECT n FROM t ORDER BY n')).toEqual([{ n: 1 }]);
  });

  it('holds migrated databases like the shared one', async () => {
    const database = await openTestDatabase(postgres.url);
    expect(await query(database.workerUrl, 'SELECT count(*)::int AS n FROM accounts')).toEqual([{ n: 0 }]);
    await database.drop();
  });
});

describe('a broker of its own', () => {
  it('comes back at the same address after a stop and after a crash', async () => {
    const kafka = await startKafka();
    try {
      const { brokers } = kafka;
      await kafka.stop();
      await kafka.start();
      await kafka.kill();
      await kafka.start();
      expect(kafka.brokers).toBe(brokers);
    } finally {
      await kafka.dispose();
    }
  });
});
