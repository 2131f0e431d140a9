// @ts-check
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { nodeArguments } from './node-arguments.mjs';
import { root } from './paths.mjs';
import { Child } from './processes.mjs';

const logBytesMax = 20 * 1024 * 1024;
/** An app that lived this long was well; the next wait begins small again. */
const wellAfterMs = 10_000;
const restartWaitMaxMs = 5_000;

/**
 * Worker or gateway of `npm start`: started again when it dies.
 */
export class SupervisedApp {
  /**
   * @param {'worker' | 'gateway'} name
   * @param {{ env: Record<string, string>, url: string, logFile: string, say: (line: string) => void,
   *   started: () => void }} options `started` is called after every start: the process id is another one
   */
  constructor(name, options) {
    this.name = name;
    this.options = options;
    this.stopping = false;
    this.restartWaitMs = 250;
    /** Ends in a row before it was ever ready. */
    this.failedStarts = 0;
  }

  start() {
    const { env, logFile } = this.options;
    if (existsSync(logFile) && statSync(logFile).size > logBytesMax) renameSync(logFile, `${logFile}.1`);
    const startedAt = Date.now();
    this.child = new Child({
      name: this.name,
      command: process.execPath,
      args: [...nodeArguments, join(root, 'dist', 'apps', this.name, 'src', 'main.js')],
      env: { ...process.env, ...env },
      cwd: root,
      logFile,
      graceMs: 11_000,
    });
    void this.child.ended.then((how) => this.onEnd(how, startedAt));
    this.options.started();
  }

  get pid() {
    return String(this.child?.process.pid ?? '');
  }

  /** @param {string} how @param {number} startedAt */
  onEnd(how, startedAt) {
    if (this.stopping) return;
    this.failedStarts += 1;
    this.restartWaitMs =
      Date.now() - startedAt > wellAfterMs ? 250 : Math.min(this.restartWaitMs * 2, restartWaitMaxMs);
    this.options.say(
      `the ${this.name} ended (${how}); starting it again. Its log: ${relative(root, this.options.logFile)}`,
    );
    this.timer = setTimeout(() => this.start(), this.restartWaitMs);
  }

  /** Resolves when it answers that it is ready. @param {number} timeoutMs @param {AbortSignal} signal */
  async untilReady(timeoutMs, signal) {
    const deadline = Date.now() + timeoutMs;
    while (!signal.aborted) {
      if (await answers(`${this.options.url}/health/ready`)) return;
      if (Date.now() > deadline || this.failedStarts >= 3) {
        const why = this.failedStarts >= 3 ? 'ended at every start' : `was not ready within ${timeoutMs / 1000} s`;
        throw new Error(`the ${this.name} ${why}. Its log ends with:\n${this.lastLines()}`);
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  async stop() {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.child?.stop();
  }

  kill() {
    this.stopping = true;
    this.child?.kill('SIGKILL');
  }

  lastLines() {
    const { logFile } = this.options;
    return existsSync(logFile)
      ? readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n')
      : '(nothing)';
  }
}

/** @param {string} url */
async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
