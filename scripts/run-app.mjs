// @ts-check
// `npm run start:worker`, `npm run start:gateway`, `npm run creditbus -- …`: runs one app of this checkout in the
// foreground, installed and built when needed. Settings come from the environment (docs/configuration.md).
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildWhenStale, installWhenMissing } from './stack/install.mjs';
import { nodeArguments } from './stack/node-arguments.mjs';
import { root } from './stack/paths.mjs';

const [app, ...args] = process.argv.slice(2);
if (app === undefined || !['worker', 'gateway', 'cli'].includes(app)) {
  console.error('usage: node scripts/run-app.mjs worker|gateway|cli [arguments]');
  process.exit(2);
}

// Standard output belongs to the app: a script may read it.
/** @param {string} line */
const log = (line) => console.error(line);
installWhenMissing(log);
buildWhenStale(log);

const main = join(root, 'dist', 'apps', app, 'src', 'main.js');
const child = spawn(process.execPath, [...nodeArguments, main, ...args], { stdio: 'inherit' });
// Ctrl-C reaches the app by itself, it is in the same terminal; what is sent to this process alone is passed on.
process.on('SIGINT', () => {});
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`${app} could not be started: ${error.message}`);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 128;
});
