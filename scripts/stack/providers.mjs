// @ts-check
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseProviders } from './choose.mjs';
import { dockerAnswers, startComposeService, startKafkaContainer, startPostgresContainer } from './docker.mjs';
import { startEmbeddedKafka } from './embedded-kafka.mjs';
import { startEmbeddedPostgres, throwawaySettings } from './embedded-postgres.mjs';
import { outsideStateDir, stateDir } from './paths.mjs';
import { removeAtExit } from './processes.mjs';

/**
 * @typedef {object} Part
 * @property {import('./choose.mjs').ProviderKind} kind
 * @property {string} address brokers, or the superuser's URL of the database `postgres`
 * @property {() => Promise<unknown>} stop
 * @property {() => Promise<string>} [ended] embedded only: resolves when the running process has ended, with how
 * @property {() => Promise<void>} [restart] embedded only: at the same address with its data
 */

/**
 * @typedef {object} PartsOptions
 * @property {'people' | 'tests'} purpose people's parts keep their data, those of tests are thrown away
 * @property {number} [kafkaPort] wanted port
 * @property {number} [postgresPort] wanted port
 * @property {(line: string) => void} log
 * @property {string} [stateFolder] where people's data is kept; default `.creditbus`
 */

/**
 * The provider chain of `npm start`, `npm test` and `npm run bench`: given, Docker, embedded (see choose.mjs).
 * Kafka and Postgres start at the same time. `stop` stops Kafka, then Postgres; what was given is left alone.
 * @param {PartsOptions} options
 */
export async function startParts(options) {
  const chosen = await chooseProviders(process.env, dockerAnswers);
  const folders = options.purpose === 'tests' ? temporaryFolders() : keptFolders(options.stateFolder ?? stateDir);
  const [kafka, postgres] = await Promise.allSettled([
    startKafka(chosen.kafka, chosen.forced, folders, options),
    startPostgres(chosen.postgres, chosen.forced, folders, options),
  ]);
  if (kafka.status === 'rejected' || postgres.status === 'rejected') {
    if (kafka.status === 'fulfilled') await kafka.value.stop();
    if (postgres.status === 'fulfilled') await postgres.value.stop();
    folders.remove();
    throw kafka.status === 'rejected' ? kafka.reason : /** @type {PromiseRejectedResult} */ (postgres).reason;
  }
  return {
    kafka: kafka.value,
    postgres: postgres.value,
    stop: async () => {
      await kafka.value.stop();
      await postgres.value.stop();
      folders.remove();
    },
  };
}

/**
 * @param {import('./choose.mjs').Provider} provider
 * @param {boolean} forced
 * @param {Folders} folders
 * @param {PartsOptions} options
 * @returns {Promise<Part>}
 */
async function startKafka(provider, forced, folders, { purpose, kafkaPort = 9092, log }) {
  if (provider.kind === 'given') return { kind: 'given', address: provider.value, stop: async () => {} };
  if (provider.kind === 'docker') {
    const part = await containersOrNot('Kafka', forced, log, async () => {
      if (purpose === 'tests') {
        const { brokers, stop } = await startKafkaContainer();
        return { address: brokers, stop };
      }
      const { port, stop } = await startComposeService('kafka', kafkaPort, log);
      return { address: `127.0.0.1:${port}`, stop };
    });
    if (part !== undefined) return part;
  }
  const options = { dataDir: folders.kafka, shortLived: purpose === 'tests', log };
  let running = await startEmbeddedKafka({ ...options, ...(purpose === 'tests' ? {} : { port: kafkaPort }) });
  return {
    kind: 'embedded',
    address: running.brokers,
    stop: () => running.stop(),
    ended: () => running.child.ended,
    restart: async () => {
      running = await startEmbeddedKafka({ ...options, samePort: running.port });
    },
  };
}

/**
 * @param {import('./choose.mjs').Provider} provider
 * @param {boolean} forced
 * @param {Folders} folders
 * @param {PartsOptions} options
 * @returns {Promise<Part>}
 */
async function startPostgres(provider, forced, folders, { purpose, postgresPort = 5432, log }) {
  if (provider.kind === 'given') return { kind: 'given', address: provider.value, stop: async () => {} };
  if (provider.kind === 'docker') {
    const part = await containersOrNot('Postgres', forced, log, async () => {
      if (purpose === 'tests') {
        const { url, stop } = await startPostgresContainer();
        return { address: url, stop };
      }
      const { port, stop } = await startComposeService('postgres', postgresPort, log);
      return { address: `postgres://creditbus:creditbus@127.0.0.1:${port}/postgres`, stop };
    });
    if (part !== undefined) return part;
  }
  const options = {
    home: folders.postgres,
    outsideHome: join(outsideStateDir, 'postgres'),
    ...(purpose === 'tests' ? { settings: throwawaySettings } : {}),
  };
  let running = await startEmbeddedPostgres({ ...options, ...(purpose === 'tests' ? {} : { port: postgresPort }) });
  return {
    kind: 'embedded',
    address: running.url('postgres'),
    stop: () => running.stop(),
    ended: () => running.child.ended,
    restart: async () => {
      running = await startEmbeddedPostgres({ ...options, samePort: running.port });
    },
  };
}

/**
 * A daemon that answers may still be unable to start containers (no images, no network): then the next link of
 * the chain is taken, and said so, unless Docker was asked for by name.
 * @param {string} name
 * @param {boolean} forced
 * @param {(line: string) => void} log
 * @param {() => Promise<{ address: string, stop: () => Promise<unknown> }>} start
 * @returns {Promise<Part | undefined>}
 */
async function containersOrNot(name, forced, log, start) {
  try {
    return { kind: 'docker', ...(await start()) };
  } catch (error) {
    if (forced) throw error;
    const { stderr, message } = /** @type {Error & { stderr?: string }} */ (error);
    log(`Docker answers, but the ${name} container did not start (${(stderr || message).trim().slice(0, 300)})`);
    log(`taking the embedded ${name} instead; STACK_PROVIDER=docker makes this an error`);
    return undefined;
  }
}

/** @typedef {{ kafka: string, postgres: string, remove: () => void }} Folders */

/** @param {string} folder @returns {Folders} */
function keptFolders(folder) {
  return { kafka: join(folder, 'kafka'), postgres: join(folder, 'postgres'), remove: () => {} };
}

/** @returns {Folders} */
function temporaryFolders() {
  const folder = mkdtempSync(join(tmpdir(), 'creditbus-test-'));
  // Postgres may run as another user.
  chmodSync(folder, 0o755);
  removeAtExit(folder);
  return {
    kafka: join(folder, 'kafka'),
    postgres: join(folder, 'postgres'),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
