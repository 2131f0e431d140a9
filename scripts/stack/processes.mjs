// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { groupIsAlive, signalGroup } from './groups.mjs';
import { root } from './paths.mjs';

/** @type {import('node:child_process').ChildProcess | undefined} */
let guard;

/** @param {string} line */
function tellGuard(line) {
  if (guard === undefined) {
    guard = spawn(process.execPath, [join(root, 'scripts', 'stack', 'guard.mjs')], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    guard.unref();
    /** @type {import('node:net').Socket} */ (guard.stdin).unref();
    // A guard that died only costs the protection against our own crash.
    guard.stdin?.on('error', () => {});
    guard.on('error', () => {});
  }
  guard.stdin?.write(`${line}\n`);
}

/**
 * Removes the folder when this process is gone, however it went, unless `release` was called.
 * @param {string} folder
 */
export function removeAtExit(folder) {
  tellGuard(`remove ${folder}`);
  return { release: () => tellGuard(`keep ${folder}`) };
}

/**
 * @typedef {object} SpawnOptions
 * @property {string} name for messages
 * @property {string} command
 * @property {readonly string[]} args
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {string} [logFile] where its output is appended; without it the output is this process's own
 * @property {{ uid: number, gid: number }} [user]
 * @property {NodeJS.Signals} [stopSignal] default SIGTERM
 * @property {number} [graceMs] between the stop signal and SIGKILL; default 15 s
 */

/**
 * A process in a group of its own, so that Ctrl-C in the terminal does not reach it: whoever started it stops it,
 * in order. If this process dies first the guard stops it.
 */
export class Child {
  /** @param {SpawnOptions} options */
  constructor(options) {
    this.name = options.name;
    this.stopSignal = options.stopSignal ?? 'SIGTERM';
    this.graceMs = options.graceMs ?? 15_000;
    const output = options.logFile === undefined ? 'inherit' : openSync(options.logFile, 'a');
    this.process = spawn(options.command, options.args, {
      detached: true,
      stdio: ['ignore', output, output],
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.user === undefined ? {} : options.user),
    });
    if (typeof output === 'number') closeSync(output);
    /** @type {Promise<string>} how it ended, for messages */
    this.ended = new Promise((resolve) => {
      this.process.once('error', (error) => resolve(`could not be started: ${error.message}`));
      this.process.once('exit', (code, signal) => {
        // What a leader leaves behind in its group (Postgres' own children after a SIGKILL) ends with it.
        if (this.process.pid !== undefined) tellGuard(`drop ${this.process.pid}`);
        resolve(signal === null ? `exit code ${code}` : `signal ${signal}`);
      });
    });
    if (this.process.pid !== undefined) tellGuard(`add ${this.process.pid} ${this.stopSignal} ${this.graceMs}`);
  }

  get pid() {
    if (this.process.pid === undefined) throw new Error(`${this.name} was not started`);
    return this.process.pid;
  }

  get running() {
    return this.process.pid !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** @param {NodeJS.Signals} signal */
  kill(signal) {
    if (this.running) signalGroup(this.pid, signal);
  }

  /** Asks it to stop, and after its grace time makes it. Resolves when it and its group are gone. */
  async stop() {
    if (this.process.pid === undefined) return;
    if (this.running) {
      process.kill(this.pid, this.stopSignal);
      // A frozen process does not see a signal before it goes on.
      process.kill(this.pid, 'SIGCONT');
      const timer = setTimeout(() => this.kill('SIGKILL'), this.graceMs);
      await this.ended;
      clearTimeout(timer);
    }
    const deadline = Date.now() + 5_000;
    while (groupIsAlive(this.pid) && Date.now() < deadline) await new Promise((done) => setTimeout(done, 20));
    signalGroup(this.pid, 'SIGKILL');
  }
}

/**
 * Waits until `ready` answers true, the child ends, or time is up.
 * @param {Child} child
 * @param {() => Promise<boolean>} ready must not throw
 * @param {number} timeoutMs
 * @param {string} [hint] where to look, for the error's message
 */
export async function untilReady(child, ready, timeoutMs, hint = '') {
  let end = '';
  void child.ended.then((how) => {
    end = how;
  });
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (end !== '') throw new Error(`${child.name} ended while it was starting (${end})${hint}`);
    if (await ready()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  await child.stop();
  throw new Error(`${child.name} was not ready within ${timeoutMs / 1000} s${hint}`);
}
