// @ts-check
// `npm run bench [-- options]`: starts Kafka and Postgres with data of their own (given → Docker → embedded), runs
// the benchmark on them, stops them. `npm run bench -- --help` shows the options.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhenStale, installWhenMissing } from './stack/install.mjs';
import { MissingPart } from './stack/kafka-artifacts.mjs';
import { root } from './stack/paths.mjs';
import { Child, removeAtExit } from './stack/processes.mjs';
import { startParts } from './stack/providers.mjs';

/** @param {string} line */
const log = (line) => console.log(`bench: ${line}`);

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
  const script = join(root, 'dist', 'bench', 'src', 'main.js');
  if (process.argv.includes('--help')) return run(script, process.env);

  const folder = mkdtempSync(join(tmpdir(), 'creditbus-bench-'));
  // Postgres may run as another user.
  chmodSync(folder, 0o755);
  removeAtExit(folder);
  // Settings as for people, durable and compiled fully, on data that is thrown away.
  const parts = await startParts({
    purpose: 'people',
    stateFolder: folder,
    log,
  });
  log(`Kafka (${parts.kafka.kind}) and Postgres (${parts.postgres.kind}) are up`);
  try {
    return await run(script, {
      ...process.env,
      KAFKA_BROKERS: parts.kafka.address,
      DATABASE_URL: parts.postgres.address,
    });
  } finally {
    await parts.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {string} script @param {NodeJS.ProcessEnv} env */
async function run(script, env) {
  const child = new Child({
    name: 'Bench',
    command: process.execPath,
    args: ['--enable-source-maps', '--max-old-space-size=4096', script, ...process.argv.slice(2)],
    cwd: root,
    env,
    graceMs: 5_000,
  });
  const end = await Promise.race([child.ended, interrupted.then((signal) => `interrupted by ${signal}`)]);
  if (child.running) await child.stop();
  if (end !== 'exit code 0') log(`failed: ${end}`);
  return end === 'exit code 0' ? 0 : (child.process.exitCode ?? 130) || 1;
}
