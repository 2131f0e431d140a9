// @ts-check
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commandLine, groupIsAlive } from './groups.mjs';
import { postgresBinaries } from './postgres-binaries.mjs';
import { makeOwnFolder, mayEnter, postgresUser } from './postgres-user.mjs';
import { freePort, samePort } from './ports.mjs';
import { Child, untilReady } from './processes.mjs';

const run = promisify(execFile);
const superuser = 'creditbus';

/**
 * Settings for development, tests and the benchmark alike: durable, and large enough that no checkpoint gets in
 * the way of a measurement.
 */
const serverSettings = {
  listen_addresses: '127.0.0.1',
  // TCP only: a socket file would need a folder that both users may write to.
  unix_socket_directories: '',
  shared_buffers: '256MB',
  max_connections: '200',
  synchronous_commit: 'on',
  max_wal_size: '4GB',
  min_wal_size: '256MB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_line_prefix: '%m [%p] %q%u@%d ',
};

/** Faster, and safe as long as the machine itself keeps running: for data that nobody needs afterwards. */
export const throwawaySettings = { fsync: 'off', full_page_writes: 'off', shared_buffers: '128MB' };

/**
 * @typedef {object} EmbeddedPostgresOptions
 * @property {string} home folder that holds data, password and log; survives restarts; made when missing
 * @property {string} [outsideHome] taken instead when the user that Postgres runs as may not enter `home`
 * @property {number} [port] wanted port; another free one is taken when it is in use
 * @property {number} [samePort] this very port or an error: a restart where clients know it
 * @property {Record<string, string>} [settings]
 */

/**
 * Starts Postgres (loopback only) and waits until it answers.
 * @param {EmbeddedPostgresOptions} options
 */
export async function startEmbeddedPostgres({
  home: wantedHome,
  outsideHome,
  port: wanted,
  samePort: restart,
  settings = {},
}) {
  const user = postgresUser();
  const binaries = postgresBinaries(user);
  const home = reachableHome(wantedHome, outsideHome, user);
  const dataDir = join(home, 'data');
  const logFile = join(home, 'postgres.log');
  const password = await initialise({ home, dataDir, binaries, user });
  await stopLeftoverPostgres(dataDir);

  const port = restart === undefined ? await freePort(wanted) : await samePort(restart);
  /** @param {string} database */
  const url = (database) => `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;
  const args = ['-D', dataDir, '-p', String(port)];
  for (const [name, value] of Object.entries({ ...serverSettings, ...settings })) args.push('-c', `${name}=${value}`);

  const start = () => {
    const child = new Child({
      name: 'Postgres',
      command: join(binaries, 'bin', 'postgres'),
      args,
      logFile,
      // "Fast" shutdown: roll back, write a checkpoint, end.
      stopSignal: 'SIGINT',
      graceMs: 5_000,
      cwd: dataDir,
      env: serverEnvironment(),
      ...(user === undefined ? {} : { user }),
    });
    return untilReady(child, () => postgresAnswers(url('postgres')), 60_000, `; its log is ${logFile}`).then(
      () => child,
    );
  };
  const child = await start().catch(async (error) => {
    // After a SIGKILL of the server its sessions take a moment to notice, and hold its shared memory until then.
    await new Promise((done) => setTimeout(done, 1_500));
    return start().catch(() => {
      throw error;
    });
  });
  return { port, url, child, home, dataDir, stop: () => child.stop() };
}

/**
 * @param {string} home
 * @param {string | undefined} outsideHome
 * @param {import('./postgres-user.mjs').OtherUser | undefined} user
 */
function reachableHome(home, outsideHome, user) {
  if (user === undefined || mayEnter(home, user)) {
    mkdirSync(home, { recursive: true });
    return home;
  }
  if (outsideHome === undefined || !mayEnter(outsideHome, user)) {
    throw new Error(
      `Postgres runs as user ${user.name}, which may not enter ${home}: make the folders above it enterable`,
    );
  }
  makeOwnFolder(outsideHome);
  return outsideHome;
}

/** @returns {NodeJS.ProcessEnv} without PG* variables of the caller, which the server would read */
function serverEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && name !== 'LD_PRELOAD');
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * Makes the data folder when there is none, in one step, and answers the superuser's password.
 * @param {{ home: string, dataDir: string, binaries: string, user: import('./postgres-user.mjs').OtherUser | undefined }} options
 */
async function initialise({ home, dataDir, binaries, user }) {
  const passwordFile = join(home, 'password');
  if (existsSync(join(dataDir, 'PG_VERSION'))) {
    const dataVersion = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
    const { stdout } = await run(join(binaries, 'bin', 'postgres'), ['--version']);
    const major = /\) (\d+)/.exec(stdout)?.[1];
    if (major !== dataVersion) {
      throw new Error(`${dataDir} was written by Postgres ${dataVersion}, this is ${major}: npm run reset clears it`);
    }
    return readFileSync(passwordFile, 'utf8').trim();
  }
  const making = join(home, 'data.tmp');
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { mode: 0o700 });
  const password = randomBytes(18).toString('base64url');
  const handOver = join(home, 'password.initdb');
  writeFileSync(handOver, `${password}\n`, { mode: 0o600 });
  if (user !== undefined) {
    chownSync(making, user.uid, user.gid);
    chownSync(handOver, user.uid, user.gid);
  }
  try {
    await run(
      join(binaries, 'bin', 'initdb'),
      ['-D', making, '-U', superuser, `--pwfile=${handOver}`, '--auth=scram-sha-256', '--encoding=UTF8', '--no-sync']
        // Postgres' own collation: the same order on every system, independent of its locales.
        .concat(['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']),
      {
        timeout: 120_000,
        cwd: home,
        env: serverEnvironment(),
        ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
      },
    );
  } catch (error) {
    const { stderr = '', message } = /** @type {Error & { stderr?: string }} */ (error);
    throw new Error(`initdb failed in ${home}: ${stderr.trim() || message}`, { cause: error });
  } finally {
    rmSync(handOver, { force: true });
  }
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  chmodSync(passwordFile, 0o600);
  renameSync(making, dataDir);
  return password;
}

/** @param {string} url */
async function postgresAnswers(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * A server that outlived both its parent and the guard holds the data: it is stopped first.
 * @param {string} dataDir
 */
export async function stopLeftoverPostgres(dataDir) {
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !commandLine(pid)?.includes(dataDir)) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + 15_000;
  while (groupIsAlive(pid) && Date.now() < deadline) await new Promise((done) => setTimeout(done, 100));
  if (groupIsAlive(pid)) process.kill(pid, 'SIGQUIT');
}
