import { setTimeout as sleep } from 'node:timers/promises';

import { eventually, testDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';

import { createDataSource } from './data-source.js';

/** Longer than an answer may take; Postgres keeps a session whose client has gone until it ends. */
const STATEMENT = 'select pg_sleep(1.5)';

describe('a data source whose statements have to be answered in time', () => {
  let dataSource: DataSource;
  afterAll(async () => {
    await dataSource.destroy();
    await sleep(2_000);
  });
  const database = testDatabase();
  beforeAll(async () => {
    dataSource = createDataSource({
      url: database.url,
      applicationName: 'store-test',
      poolSize: 1,
      answerTimeoutMs: 300,
    });
    await dataSource.initialize();
  });
  const backend = async (): Promise<unknown> => dataSource.query('select pg_backend_pid() as pid');

  it('gives up a statement without an answer, and its connection with it', async () => {
    const before = await backend();
    const startedAt = Date.now();
    await expect(dataSource.query(STATEMENT)).rejects.toThrow('timeout');
    expect(await eventually(backend)).not.toEqual(before);
    expect(Date.now() - startedAt).toBeLessThan(1_400);
  });

  it('never goes on in a transaction that was given up', async () => {
    const givenUp = dataSource.transaction('REPEATABLE READ', (manager) => manager.query(STATEMENT));
    await expect(givenUp).rejects.toThrow('timeout');
    const isolation = await eventually(() => dataSource.query<unknown[]>('show transaction_isolation'));
    expect(isolation).toEqual([{ transaction_isolation: 'read committed' }]);
  });

  it('leaves alone what is answered in time, also within a transaction', async () => {
    const numbers = await Promise.all([1, 2, 3].map((n) => dataSource.query<unknown[]>('select $1::int as n', [n])));
    expect(numbers).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]]);
    const together = dataSource.transaction('REPEATABLE READ', (manager) =>
      Promise.all([manager.query<unknown[]>('select 1 as n'), manager.query<unknown[]>('select 2 as n')]),
    );
    await expect(together).resolves.toEqual([[{ n: 1 }], [{ n: 2 }]]);
  });
});
