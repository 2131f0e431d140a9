// @ts-check
import {
  chmodSync,
  chownSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Files that describe the running server, not its data. */
const notData = new Set(['postmaster.pid', 'postmaster.opts']);

/**
 * An online base backup, as pg_basebackup makes it: sessions go on working meanwhile.
 * @param {{ address: string, dataDir: string }} server
 * @param {string} target folder to be made
 */
export async function backUp({ address, dataDir }, target) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query("SELECT pg_backup_start('test', true)");
    copy(dataDir, target, (name) => !notData.has(name));
    const { rows } = await client.query('SELECT labelfile FROM pg_backup_stop(false)');
    const label = join(target, 'backup_label');
    writeFileSync(label, rows[0].labelfile);
    sameOwner(dataDir, label, 0o600);
    // The log once more: recovery needs it up to the backup's end.
    rmSync(join(target, 'pg_wal'), { recursive: true, force: true });
    copy(join(dataDir, 'pg_wal'), join(target, 'pg_wal'), () => true);
  } finally {
    await client.end();
  }
}

/**
 * Replaces a stopped server's data by a backup, which stays usable.
 * @param {string} backup
 * @param {string} dataDir
 */
export function restore(backup, dataDir) {
  const restoring = `${dataDir}.restoring`;
  rmSync(restoring, { recursive: true, force: true });
  copy(backup, restoring, () => true);
  rmSync(dataDir, { recursive: true, force: true });
  renameSync(restoring, dataDir);
}

/**
 * Copies a folder with owner and mode. A file that vanishes meanwhile is none that recovery needs.
 * @param {string} from
 * @param {string} to
 * @param {(name: string) => boolean} wanted
 */
function copy(from, to, wanted) {
  mkdirSync(to, { recursive: true });
  sameOwner(from, to, lstatSync(from).mode & 0o777);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (!wanted(entry.name)) continue;
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    try {
      if (entry.isDirectory()) copy(source, target, wanted);
      else {
        copyFileSync(source, target);
        sameOwner(source, target, lstatSync(source).mode & 0o777);
      }
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    }
  }
}

/** @param {string} model @param {string} path @param {number} mode */
function sameOwner(model, path, mode) {
  const { uid, gid } = lstatSync(model);
  if (process.getuid?.() === 0) chownSync(path, uid, gid);
  chmodSync(path, mode);
}
