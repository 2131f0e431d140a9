// @ts-check
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { userInfo } from 'node:os';

/** @typedef {{ uid: number, gid: number, name: string }} OtherUser */

/**
 * Postgres refuses to run as root. Then it runs as another user that the machine already has (no user is made);
 * otherwise as whoever we are: undefined.
 * @returns {OtherUser | undefined}
 */
export function postgresUser() {
  if (process.platform === 'win32' || userInfo().uid !== 0) return undefined;
  for (const name of ['postgres', 'nobody', 'daemon']) {
    try {
      const uid = Number(execFileSync('id', ['-u', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      const gid = Number(execFileSync('id', ['-g', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      if (uid > 0) return { uid, gid, name };
    } catch {
      // Not on this machine; the next one.
    }
  }
  throw new Error(
    'Postgres does not run as root, and this machine has none of the users postgres, nobody, daemon to run it as: ' +
      'start as a normal user, or set DATABASE_URL',
  );
}

/**
 * Whether a user may enter every existing folder on the way to a path (and the path itself, when it exists).
 * @param {string} path
 * @param {OtherUser} user
 */
export function mayEnter(path, user) {
  let folder = resolve(path);
  for (;;) {
    if (existsSync(folder) && !allowed(statSync(folder), user)) return false;
    const parent = dirname(folder);
    if (parent === folder) return true;
    folder = parent;
  }
}

/**
 * Execute (enter) permission of a folder.
 * @param {{ uid: number, gid: number, mode: number }} stat
 * @param {OtherUser} user
 */
export function allowed(stat, user) {
  if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}

/**
 * Makes a folder of ours below a place that everybody may write to. A folder that somebody else has put there
 * under that name is refused: binaries are run from it.
 * @param {string} folder
 */
export function makeOwnFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== userInfo().uid || (stat.mode & 0o022) !== 0) {
    throw new Error(`${folder} must be a folder that only its owner, this user, may write to; remove it`);
  }
}
