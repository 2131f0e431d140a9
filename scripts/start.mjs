// @ts-check
// `npm start`: everything that a person needs to try Creditbus, from a fresh clone, with one command. Ctrl-C stops
// it in order: apps, Kafka, Postgres. What runs is written to .creditbus/stack.json; data survives.
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildWhenStale, installWhenMissing } from './stack/install.mjs';
import { MissingPart } from './stack/kafka-artifacts.mjs';
import { root, stateDir } from './stack/paths.mjs';
import { freePort } from './stack/ports.mjs';
import { startParts } from './stack/providers.mjs';
import {
  demoTenant,
  ensureDatabase,
  newPassword,
  openDemoAccounts,
  otherTenant,
  seedTenantsAndKeys,
} from './stack/seed.mjs';
import { removeStackFile, writeStackFile } from './stack/stack-file.mjs';
import { lockStart } from './stack/start-lock.mjs';
import { SupervisedApp } from './stack/supervised-app.mjs';

const run = promisify(execFile);
const startedAt = Date.now();

/** @param {string} line */
const say = (line) => console.log(`creditbus: ${line}`);

/** What is to be undone at the end, the last first. @type {(() => unknown)[]} */
const undo = [];
/** @type {SupervisedApp[]} */
const apps = [];
const stopping = new AbortController();
/** Writes stack.json anew; does nothing before everything runs. */
let describe = () => {};
/** @type {(why: string) => void} */
let stop = () => {};
const stopped = new Promise((resolve) => {
  stop = resolve;
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (stopping.signal.aborted) {
      // Asked twice: no more waiting. The guard ends the rest.
      for (const app of apps) app.kill();
      process.exit(130);
    }
    stopping.abort();
    stop(signal);
  });
}

try {
  await start();
  await stopped;
} catch (error) {
  if (!stopping.signal.aborted) {
    process.exitCode = 1;
    console.error(
      error instanceof MissingPart ? error.message : `creditbus: ${error instanceof Error ? error.message : error}`,
    );
  }
} finally {
  stopping.abort();
  await stopAll();
}

async function start() {
  undo.push(lockStart());
  removeStackFile();
  undo.push(removeStackFile);
  installWhenMissing(say);
  buildWhenStale(say);
  if (stopping.signal.aborted) return;

  const parts = await startParts({
    purpose: 'people',
    kafkaPort: portFrom('KAFKA_PORT', 9092),
    postgresPort: portFrom('POSTGRES_PORT', 5432),
    log: say,
  });
  undo.push(() => parts.stop());
  keepUp('Kafka', parts.kafka);
  keepUp('Postgres', parts.postgres);
  say(`Kafka (${parts.kafka.kind}) and Postgres (${parts.postgres.kind}) are up`);

  const database = await prepareDatabase(parts.postgres);
  await cli(['topics'], { KAFKA_BROKERS: parts.kafka.address });
  const keys = await seedTenantsAndKeys(database.owner, join(stateDir, 'demo-keys.json'));

  const gatewayPort = await freePort(portFrom('GATEWAY_PORT', 3000));
  const workerPort = await freePort(portFrom('WORKER_PORT', 3001));
  const baseUrl = `http://127.0.0.1:${gatewayPort}`;
  const workerUrl = `http://127.0.0.1:${workerPort}`;
  const common = { KAFKA_BROKERS: parts.kafka.address, HOST: '127.0.0.1', SHUTDOWN_DEADLINE_MS: '10000' };
  const worker = app('worker', workerUrl, {
    ...common,
    WORKER_PORT: String(workerPort),
    DATABASE_URL: database.worker,
  });
  const gateway = app('gateway', baseUrl, {
    ...common,
    GATEWAY_PORT: String(gatewayPort),
    DATABASE_URL: database.gateway,
  });
  undo.push(() => Promise.all(apps.map((each) => each.stop())));
  for (const each of apps) each.start();
  await Promise.all(apps.map((each) => each.untilReady(90_000, stopping.signal)));
  if (stopping.signal.aborted) return;
  await openDemoAccounts(baseUrl, keys);

  describe = () => {
    if (stopping.signal.aborted) return;
    writeStackFile({
      baseUrl,
      workerUrl,
      ...keys,
      tenantId: demoTenant,
      otherTenantId: otherTenant,
      kafkaBrokers: parts.kafka.address,
      databaseUrl: database.owner,
      workerPid: worker.pid,
      gatewayPid: gateway.pid,
    });
  };
  describe();
  printWelcome({ baseUrl, workerUrl, apiKey: keys.apiKey, kafkaBrokers: parts.kafka.address });
}

/** @param {string} name @param {number} usual */
function portFrom(name, usual) {
  const given = process.env[name];
  if (given === undefined || given === '') return usual;
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535)
    throw new Error(`${name} is "${given}"; allowed: a port from 1 to 65535, or 0 for any free one`);
  return port;
}

/**
 * Brings the schema up to date and answers who connects how. On a server of our own worker and gateway log in as
 * their roles, with passwords made for this start; a database that was given is used as it was given.
 * @param {import('./stack/providers.mjs').Part} postgres
 */
async function prepareDatabase(postgres) {
  if (postgres.kind === 'given') {
    const owner = postgres.address;
    await cli(['migrate'], { DATABASE_URL: owner });
    return { owner, worker: owner, gateway: owner };
  }
  const owner = await ensureDatabase(postgres.address, 'creditbus');
  const passwords = { worker: newPassword(), gateway: newPassword() };
  await cli(['migrate'], {
    DATABASE_URL: owner,
    WORKER_DATABASE_PASSWORD: passwords.worker,
    GATEWAY_DATABASE_PASSWORD: passwords.gateway,
  });
  /** @param {'worker' | 'gateway'} role */
  const as = (role) => {
    const url = new URL(owner);
    url.username = `creditbus_${role}`;
    url.password = passwords[role];
    return url.href;
  };
  return { owner, worker: as('worker'), gateway: as('gateway') };
}

/** Runs a command of the CLI. @param {string[]} args @param {Record<string, string>} env */
async function cli(args, env) {
  const main = join(root, 'dist', 'apps', 'cli', 'src', 'main.js');
  try {
    await run(process.execPath, [main, ...args], { cwd: root, env: { ...process.env, ...env }, timeout: 120_000 });
  } catch (error) {
    const { stdout = '', stderr = '', message } = /** @type {Error & { stdout?: string, stderr?: string }} */ (error);
    throw new Error(`creditbus ${args.join(' ')} failed:\n${`${stdout}${stderr}`.trim() || message}`, { cause: error });
  }
}

/** @param {'worker' | 'gateway'} name @param {string} url @param {Record<string, string>} env */
function app(name, url, env) {
  const logs = join(stateDir, 'logs');
  mkdirSync(logs, { recursive: true });
  const supervised = new SupervisedApp(name, {
    env,
    url,
    logFile: join(logs, `${name}.log`),
    say,
    started: () => describe(),
  });
  apps.push(supervised);
  return supervised;
}

/**
 * An embedded server that ends by itself is started again where its clients know it.
 * @param {string} name
 * @param {Pick<import('./stack/providers.mjs').Part, 'ended' | 'restart'>} part
 */
function keepUp(name, { ended, restart }) {
  if (ended === undefined || restart === undefined) return;
  void ended().then(async (how) => {
    if (stopping.signal.aborted) return;
    say(`${name} ended (${how}); starting it again`);
    try {
      await restart();
      keepUp(name, { ended, restart });
    } catch (error) {
      say(`${name} can't be started again: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
      stop('failure');
    }
  });
}

async function stopAll() {
  const began = Date.now();
  if (undo.length === 0) return;
  say('stopping …');
  for (const step of undo.reverse()) {
    try {
      await step();
    } catch (error) {
      process.exitCode = 1;
      console.error(`creditbus: while stopping: ${error instanceof Error ? error.message : error}`);
    }
  }
  say(`stopped after ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** @param {{ baseUrl: string, workerUrl: string, apiKey: string, kafkaBrokers: string }} stack */
function printWelcome({ baseUrl, workerUrl, apiKey, kafkaBrokers }) {
  const record = `{"type":"credit.delta","id":"try-${startedAt}","tenantId":"${demoTenant}","accountId":"key_1","delta":"-3"}`;
  console.log(`
Creditbus is up after ${((Date.now() - startedAt) / 1000).toFixed(1)} s.

  gateway    ${baseUrl}          API docs: ${baseUrl}/docs
  worker     ${workerUrl}          health: ${workerUrl}/health/ready
  Kafka      ${kafkaBrokers}
  API key    ${apiKey}   (tenant ${demoTenant}, all scopes)
  details    .creditbus/stack.json, logs in .creditbus/logs/

Try:

  # take 3 credits and wait for the outcome
  curl -s -X POST ${baseUrl}/v1/accounts/key_1/deltas -H 'Authorization: Bearer ${apiKey}' \\
    -H 'Content-Type: application/json' -H 'Prefer: wait=5' -d '{"delta":"-3","reason":"usage"}'

  # see the balance
  curl -s ${baseUrl}/v1/accounts/key_1 -H 'Authorization: Bearer ${apiKey}'

  # the same as a record straight onto the log (any Kafka producer will do)
  echo '${record}' | node scripts/console-producer.mjs

Ctrl-C stops everything; the data stays (npm run reset clears it).
`);
}
