// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from './groups.mjs';
import { stateDir } from './paths.mjs';

const lockFile = join(stateDir, 'start.pid');

/** Process id of the `npm start` that runs in this checkout, or undefined. */
export function runningStart() {
  if (!existsSync(lockFile)) return undefined;
  const pid = Number(readFileSync(lockFile, 'utf8'));
  return Number.isInteger(pid) && pid > 1 && commandLine(pid)?.includes('start.mjs') ? pid : undefined;
}

/** Takes the checkout for this start. @throws Error when another one has it */
export function lockStart() {
  mkdirSync(stateDir, { recursive: true });
  const other = runningStart();
  if (other !== undefined) {
    throw new Error(`npm start runs in this checkout already (process ${other}); stop it first with Ctrl-C`);
  }
  rmSync(lockFile, { force: true });
  // "wx": of two starts at the same moment one fails here.
  writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
  return () => rmSync(lockFile, { force: true });
}
