// @ts-check
// `npm run demo`: shows on the running stack, or on one that it starts and stops itself, that nothing is lost and
// nothing is applied twice while the worker is killed. Arguments go to the demo: --accounts, --commands, --seed.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildWhenStale, installWhenMissing } from './stack/install.mjs';
import { root, stackFile, stateDir } from './stack/paths.mjs';
import { Child } from './stack/processes.mjs';
import { runningStart } from './stack/start-lock.mjs';

/** The first start on an empty cache downloads the broker. */
const startMsMax = 600_000;
const logFile = join(stateDir, 'logs', 'demo-stack.log');

/** @param {string} line */
const say = (line) => console.log(`demo: ${line}`);

/** @type {Child | undefined} our own `npm start` */
let ownStack;
/** @type {import('node:child_process').ChildProcess | undefined} */
let demo;
let interrupted = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    interrupted = true;
    demo?.kill('SIGTERM');
  });
}

try {
  installWhenMissing(say);
  buildWhenStale(say);
  // A typing mistake or a question must not start a stack.
  const args = process.argv.slice(2);
  const isHelp = args.includes('--help') || args.includes('-h');
  process.exitCode = await runDemo(isHelp ? args : [...args, '--check']);
  if (process.exitCode === 0 && !isHelp) {
    await ensureStack();
    process.exitCode = interrupted ? 130 : await runDemo(args);
  }
} catch (error) {
  console.error(`demo: ${error instanceof Error ? error.message : error}`);
  process.exitCode = interrupted ? 130 : 3;
} finally {
  if (ownStack !== undefined) {
    say('stopping the stack that was started for this');
    await ownStack.stop();
  }
}

/** Resolves when stack.json is there: that of a running `npm start`, or of one of our own. */
async function ensureStack() {
  if (runningStart() === undefined) {
    mkdirSync(join(stateDir, 'logs'), { recursive: true });
    say(`no stack runs; starting one (its output: ${relative(root, logFile)})`);
    ownStack = new Child({
      name: 'npm start',
      command: process.execPath,
      args: [join(root, 'scripts', 'start.mjs')],
      cwd: root,
      logFile,
      graceMs: 30_000,
    });
  }
  const deadline = Date.now() + startMsMax;
  while (runningStart() === undefined || !existsSync(stackFile)) {
    if (interrupted) throw new Error('interrupted');
    if (ownStack !== undefined && !ownStack.running) throw new Error(`the stack did not start:\n${lastLines()}`);
    if (Date.now() > deadline) throw new Error(`the stack was not up within ${startMsMax / 60_000} minutes`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** @param {string[]} args @returns {Promise<number>} exit code */
function runDemo(args) {
  const main = join(root, 'dist', 'apps', 'cli', 'src', 'demo', 'main.js');
  return new Promise((resolve, reject) => {
    demo = spawn(process.execPath, ['--enable-source-maps', main, ...args], { stdio: 'inherit' });
    demo.on('error', reject);
    demo.on('exit', (code) => resolve(code ?? 130));
  });
}

function lastLines() {
  return existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n') : '(nothing)';
}
