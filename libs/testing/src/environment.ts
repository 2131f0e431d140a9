import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';

/** Bootstrap address of the run's Kafka, comma-separated. @throws Error outside of `npm test` */
export function testKafkaBrokers(): string {
  return given('TEST_KAFKA_BROKERS');
}

/** URL of the run's Postgres as superuser, database `postgres`. @throws Error outside of `npm test` */
export function testDatabaseUrl(): string {
  return given('TEST_DATABASE_URL');
}

function given(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: run this test through "npm test -- <file>", which starts the servers`);
  return value;
}

/** Same for all files of one `npm test`. */
export function testRunId(): string {
  return process.env.TEST_RUN_ID ?? 'manual';
}

/** A name that nothing else in this or another run has: for topics, groups, tenants, databases. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${testRunId()}-${randomBytes(5).toString('hex')}`;
}

/** The checkout, found from wherever this file was compiled to. */
export function checkoutRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'nest-cli.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no nest-cli.json above ${__dirname}`);
    folder = parent;
  }
  return folder;
}
