// @ts-check
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from './groups.mjs';
import { stateDir } from './paths.mjs';

const lockName = 'start.pid';

/** Process id of the `npm start` that runs in this checkout, or undefined. */
export function runningStart(folder = stateDir) {
  return startNamedIn(join(folder, lockName));
}

/** Takes the checkout for this start. @throws Error when another one has it */
export function lockStart(folder = stateDir) {
  mkdirSync(folder, { recursive: true });
  const lockFile = join(folder, lockName);
  const mine = `${lockFile}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    // A link is there with its content or not at all: of several starts at the same moment one succeeds.
    while (!unless('EEXIST', () => linkSync(mine, lockFile))) takeAwayStale(lockFile, `${mine}.stale`);
  } finally {
    rmSync(mine, { force: true });
  }
  return () => rmSync(lockFile, { force: true });
}

/**
 * Removes the lock of a start that crashed. It is moved first and judged again then: another start may have put its
 * own in the place of the one that was looked at.
 * @param {string} lockFile @param {string} aside
 */
function takeAwayStale(lockFile, aside) {
  throwWhenRunning(startNamedIn(lockFile));
  if (!unless('ENOENT', () => renameSync(lockFile, aside))) return;
  const faster = startNamedIn(aside);
  if (faster !== undefined) unless('EEXIST', () => linkSync(aside, lockFile));
  rmSync(aside);
  throwWhenRunning(faster);
}

/** @param {number | undefined} pid */
function throwWhenRunning(pid) {
  if (pid === undefined) return;
  throw new Error(`npm start runs in this checkout already (process ${pid}); stop it first with Ctrl-C`);
}

/**
 * The start that a lock names, when it runs. In a container, one that crashed may have had our own number.
 * @param {string} lockFile
 */
function startNamedIn(lockFile) {
  let pid = 0;
  unless('ENOENT', () => {
    pid = Number(readFileSync(lockFile, 'utf8'));
  });
  const isOther = Number.isInteger(pid) && pid > 1 && pid !== process.pid;
  return isOther && commandLine(pid)?.includes('start.mjs') ? pid : undefined;
}

/** Whether the action succeeded: false when it failed with this code. @param {string} code @param {() => void} action */
function unless(code, action) {
  try {
    action();
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === code) return false;
    throw error;
  }
}
