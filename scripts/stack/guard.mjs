// @ts-check
// Stops what a crashed parent left behind. It lies in a process group of its own and reads lines from the pipe
// that the parent holds open: `add <pid> <signal> <graceMs>`, `drop <pid>`, `remove <folder>`, `keep <folder>`.
// When the pipe closes the parent is gone, however it went (SIGKILL too): every process still on the list is stopped
// and temporary folders are removed.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { groupIsAlive, signalGroup } from './groups.mjs';

/** @type {Map<number, { signal: NodeJS.Signals, graceMs: number }>} */
const processes = new Map();
/** @type {Set<string>} */
const folders = new Set();

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => {});

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [verb, ...rest] = line.split(' ');
  if (verb === 'add') {
    processes.set(Number(rest[0]), { signal: /** @type {NodeJS.Signals} */ (rest[1]), graceMs: Number(rest[2]) });
  } else if (verb === 'drop') {
    processes.delete(Number(rest[0]));
  } else if (verb === 'remove') {
    folders.add(rest.join(' '));
  } else if (verb === 'keep') {
    folders.delete(rest.join(' '));
  }
});
lines.on('close', async () => {
  // All at once: in order would be kinder, but nobody waits here, and an app that drains has its own deadline.
  await Promise.all([...processes].map(([pid, { signal, graceMs }]) => end(pid, signal, graceMs)));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** @param {number} pid @param {NodeJS.Signals} signal @param {number} graceMs */
async function end(pid, signal, graceMs) {
  signalGroup(pid, signal);
  signalGroup(pid, 'SIGCONT');
  const deadline = Date.now() + graceMs;
  while (groupIsAlive(pid) && Date.now() < deadline) await new Promise((done) => setTimeout(done, 50));
  signalGroup(pid, 'SIGKILL');
}
