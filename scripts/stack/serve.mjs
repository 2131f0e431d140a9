// @ts-check
// One private Kafka or Postgres that a test steers: `node serve.mjs kafka|postgres <folder>`. It reads requests as
// JSON lines `{ id, do, … }` and answers `{ id, value }` or `{ id, error }`. When its input ends (its parent is
// gone, however it went) it stops the server, removes the folder and ends.
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startEmbeddedKafka } from './embedded-kafka.mjs';
import { startEmbeddedPostgres, throwawaySettings } from './embedded-postgres.mjs';
import { backUp, restore } from './postgres-backup.mjs';
import { removeAtExit } from './processes.mjs';

const [part, folder] = process.argv.slice(2);
if ((part !== 'kafka' && part !== 'postgres') || folder === undefined) {
  throw new Error('usage: node serve.mjs kafka|postgres <folder>');
}
mkdirSync(folder, { recursive: true });
chmodSync(folder, 0o755);
removeAtExit(folder);

/** @type {{ port: number, address: string, child: import('./processes.mjs').Child, dataDir: string } | undefined} */
let server;

async function start() {
  if (server?.child.running) return { address: server.address };
  const samePort = server?.port;
  const home = join(/** @type {string} */ (folder), 'server');
  if (part === 'kafka') {
    const kafka = await startEmbeddedKafka({ dataDir: home, shortLived: true, ...(samePort ? { samePort } : {}) });
    server = { ...kafka, address: kafka.brokers, dataDir: home };
  } else {
    const settings = { ...throwawaySettings, shared_buffers: '64MB' };
    const postgres = await startEmbeddedPostgres({ home, settings, ...(samePort ? { samePort } : {}) });
    server = { ...postgres, address: postgres.url('postgres') };
  }
  return { address: server.address };
}

function running() {
  if (server === undefined) throw new Error(`${part} was never started`);
  return server;
}

/** @type {Record<string, (request: Record<string, string>) => Promise<unknown>>} */
const verbs = {
  start,
  stop: () => running().child.stop(),
  kill: async () => {
    running().child.kill('SIGKILL');
    await running().child.ended;
  },
  freeze: async () => running().child.kill('SIGSTOP'),
  resume: async () => running().child.kill('SIGCONT'),
  backup: async ({ name }) => backUp(running(), join(/** @type {string} */ (folder), `backup-${name}`)),
  restore: async ({ name }) => {
    await running().child.stop();
    restore(join(/** @type {string} */ (folder), `backup-${name}`), running().dataDir);
    return start();
  },
};

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => {});

// One request after the other.
let queue = Promise.resolve();
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  queue = queue.then(async () => {
    const request = JSON.parse(line);
    /** @type {object} */
    let answer;
    try {
      answer = { id: request.id, value: (await verbs[request.do]?.(request)) ?? null };
    } catch (error) {
      answer = { id: request.id, error: error instanceof Error ? error.message : String(error) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  });
});
lines.on('close', () => {
  void queue.then(async () => {
    await server?.child.stop();
    rmSync(/** @type {string} */ (folder), { recursive: true, force: true, maxRetries: 5 });
    process.exit(0);
  });
});
process.stdout.on('error', () => {});
