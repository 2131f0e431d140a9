// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const windows = process.platform === 'win32';

/** Runs a command in the checkout with this terminal as its output. @param {string} command @param {string[]} args */
export function runVisibly(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: windows,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed (exit code ${status})`);
}

/** `npm ci` when `node_modules` is missing or was left half-made. @param {(line: string) => void} log */
export function installWhenMissing(log) {
  if (existsSync(join(root, 'node_modules', '.package-lock.json'))) return;
  log('installing dependencies (npm ci) …');
  runVisibly('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/**
 * Builds `dist/` when a source file is newer than the last build.
 * @param {(line: string) => void} log
 */
export function buildWhenStale(log) {
  const built = ['worker', 'gateway', 'cli'].map((app) => join(root, 'dist', 'apps', app, 'src', 'main.js'));
  const oldest = Math.min(...built.map((file) => (existsSync(file) ? statSync(file).mtimeMs : 0)));
  const configuration = ['package-lock.json', 'nest-cli.json', 'tsconfig.json', '.swcrc'].map((name) =>
    join(root, name),
  );
  const newest = Math.max(
    ...['apps', 'libs', 'bench', 'examples'].map((folder) => newestSource(join(root, folder))),
    ...configuration.filter(existsSync).map((file) => statSync(file).mtimeMs),
  );
  if (newest < oldest) return;
  log('building …');
  // The compiler is given apps/, libs/, bench/ and examples/ whatever project is named: one run builds them all.
  runVisibly(process.execPath, [join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build', 'worker']);
}

/**
 * Time of the newest source file or folder (a removed file changes its folder), ms.
 * @param {string} folder
 * @returns {number}
 */
function newestSource(folder) {
  if (!existsSync(folder)) return 0;
  let newest = statSync(folder).mtimeMs;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'results') newest = Math.max(newest, newestSource(path));
    else if (entry.name.endsWith('.ts')) newest = Math.max(newest, statSync(path).mtimeMs);
  }
  return newest;
}
