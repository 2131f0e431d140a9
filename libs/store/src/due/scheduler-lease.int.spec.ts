import { eventually, testDatabase } from '@app/testing';
import { Client } from 'pg';

import { SchedulerLease } from './scheduler-lease.js';

const database = testDatabase();
const leases: SchedulerLease[] = [];
const errors: Error[] = [];

function lease(): SchedulerLease {
  const made = new SchedulerLease({ url: database.workerUrl, applicationName: 'lease' }, (error) => errors.push(error));
  leases.push(made);
  return made;
}

afterEach(async () => {
  for (const made of leases.splice(0)) await made.release();
});

it('one leads until it releases, then another one may', async () => {
  const [first, second] = [lease(), lease()];
  expect(first.held()).toBe(false);
  expect(await first.tryAcquire()).toBe(true);
  expect(first.held()).toBe(true);
  expect(await second.tryAcquire()).toBe(false);
  expect(second.held()).toBe(false);
  expect(await first.tryAcquire()).toBe(true);
  await first.release();
  expect(first.held()).toBe(false);
  expect(await second.tryAcquire()).toBe(true);
});

it('a leader whose connection is lost no longer holds it; it may try again', async () => {
  const [first, second] = [lease(), lease()];
  await first.tryAcquire();
  const admin = new Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lease'`);
  await admin.end();
  await eventually(() => expect(first.held()).toBe(false));
  await eventually(async () => expect(await second.tryAcquire()).toBe(true));
  expect(errors).not.toEqual([]);
  expect(await first.tryAcquire()).toBe(false);
});

it('nothing is held when Postgres is away', async () => {
  const away = new SchedulerLease({ url: 'postgres://nobody@127.0.0.1:1/none', applicationName: 'lease' });
  await expect(away.tryAcquire()).rejects.toThrow();
  expect(away.held()).toBe(false);
  await away.release();
});
