import { Client } from 'pg';
import { openTestDatabase, testDatabase } from './database.js';

describe('test database', () => {
  const database = testDatabase();

  async function query(url: string, sql: string) {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it('is migrated and empty', async () => {
    expect(await query(database.url, 'SELECT count(*)::int AS n FROM ledger_entries')).toEqual([{ n: 0 }]);
  });

  it('can be used by the roles of the apps, with the timeouts that the migrations gave them', async () => {
    expect(await query(database.workerUrl, 'SHOW statement_timeout')).toEqual([{ statement_timeout: '30s' }]);
    expect(await query(database.gatewayUrl, 'SHOW statement_timeout')).toEqual([{ statement_timeout: '5s' }]);
    await expect(query(database.workerUrl, 'SELECT * FROM api_keys')).rejects.toThrow(/permission denied/);
  });

  it('tells a connection that was not closed, and is dropped all the same', async () => {
    const other = await openTestDatabase();
    const client = new Client({ connectionString: other.url, application_name: 'forgotten' });
    client.on('error', () => undefined);
    await client.connect();
    await expect(other.drop()).rejects.toThrow(/1 connection.*forgotten/);
    await expect(query(other.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
  });
});
