// @ts-check
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stackFile } from './paths.mjs';

/** Writes what runs, in one step, readable for this user only: it holds keys. @param {Record<string, string>} stack */
export function writeStackFile(stack) {
  mkdirSync(dirname(stackFile), { recursive: true });
  const writing = `${stackFile}.${process.pid}.tmp`;
  writeFileSync(writing, `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
  renameSync(writing, stackFile);
}

export function removeStackFile() {
  rmSync(stackFile, { force: true });
}
