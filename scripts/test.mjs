// @ts-check
// `npm test [-- jest arguments]`: starts Kafka and Postgres once for all tests (given → Docker → embedded), runs
// Jest, stops them. Needs nothing before it, and shares no ports, topics or data with a running stack.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { buildWhenStale, installWhenMissing } from './stack/install.mjs';
import { MissingPart } from './stack/kafka-artifacts.mjs';
import { root } from './stack/paths.mjs';
import { Child } from './stack/processes.mjs';
import { startParts } from './stack/providers.mjs';

/** @param {string} line */
const log = (line) => console.log(`test: ${line}`);

/** @type {Child | undefined} */
let jest;
/** @type {(signal: string) => void} */
let interrupt = () => {};
const interrupted = new Promise((resolve) => {
  interrupt = resolve;
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => interrupt(signal));

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof MissingPart ? error.message : error);
  process.exitCode = 1;
}

/** @returns {Promise<number>} exit code */
async function main() {
  installWhenMissing(log);
  buildWhenStale(log);

  const startedAt = Date.now();
  const parts = await startParts({ purpose: 'tests', log });
  log(`Kafka (${parts.kafka.kind}) and Postgres (${parts.postgres.kind}) are up after ${seconds(startedAt)} s`);
  const runId = randomBytes(4).toString('hex');
  try {
    jest = new Child({
      name: 'Jest',
      command: process.execPath,
      args: [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), ...process.argv.slice(2)],
      cwd: root,
      env: {
        ...process.env,
        TEST_KAFKA_BROKERS: parts.kafka.address,
        TEST_DATABASE_URL: parts.postgres.address,
        TEST_RUN_ID: runId,
        TEST_THROWAWAY_SERVER: parts.postgres.kind === 'given' ? '' : '1',
      },
      graceMs: 10_000,
    });
    const end = await Promise.race([jest.ended, interrupted.then((signal) => `interrupted by ${signal}`)]);
    if (jest.running) await jest.stop();
    log(
      end === 'exit code 0'
        ? `all passed in ${seconds(startedAt)} s`
        : `not passed (${end}) after ${seconds(startedAt)} s`,
    );
    return end === 'exit code 0' ? 0 : (jest.process.exitCode ?? 130) || 1;
  } finally {
    if (parts.postgres.kind === 'given') await dropTestDatabases(parts.postgres.address, runId);
    await parts.stop();
  }
}

/** On a server that was given, nothing of this run stays behind. @param {string} url @param {string} runId */
async function dropTestDatabases(url, runId) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('SELECT datname FROM pg_database WHERE datname LIKE $1', [
    `creditbus_test_${runId}_%`,
  ]);
  for (const { datname } of rows) {
    await client.query(`ALTER DATABASE ${client.escapeIdentifier(datname)} IS_TEMPLATE false`);
    await client.query(`DROP DATABASE ${client.escapeIdentifier(datname)} WITH (FORCE)`);
  }
  await client.end();
}

/** @param {number} since */
function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1);
}
