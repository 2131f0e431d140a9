// @ts-check
import { createHash } from 'node:crypto';
import { tmpdir, homedir, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What `npm start` keeps: data, logs, demo keys, what runs. `npm run reset` clears it. */
export const stateDir = join(root, '.creditbus');

/** Written last by `npm start`, removed on stop. */
export const stackFile = join(stateDir, 'stack.json');

/** Short name of this checkout, for folders that must lie outside of it. */
export const checkoutId = createHash('sha256').update(root).digest('hex').slice(0, 12);

/**
 * Where Postgres' data goes when the checkout can't be entered by the user that Postgres runs as. `/var/tmp`
 * survives a reboot; the folder's name is the checkout's own.
 */
export const outsideStateDir = join(platform() === 'win32' ? tmpdir() : '/var/tmp', `creditbus-${checkoutId}`);

/** Downloaded parts that every checkout of this user shares. */
export const cacheDir = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'creditbus');
