import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a contender may take to stop after SIGTERM before it is killed. */
const STOP_MS_MAX = 20_000;

/** Bytes of the log shown when a contender failed. */
const LOG_TAIL_BYTES = 3_000;

/** A contender under measurement: one Node process that writes to a log file. */
export class ContenderProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly pid: number,
    private readonly logFile: string,
  ) {}

  /** Starts a compiled script with the given variables on top of this process's own. */
  static start(script: string, nodeArgs: readonly string[], env: NodeJS.ProcessEnv, logFile: string): ContenderProcess {
    const log = openSync(logFile, 'a');
    const child = spawn(process.execPath, [...nodeArgs, script], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        KAFKAJS_NO_PARTITIONER_WARNING: '1',
        ...env,
      },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    if (child.pid === undefined) throw new Error(`${script} could not be started`);
    // Nothing that the bench started may outlive it.
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.removeListener('exit', kill));
    return new ContenderProcess(child, child.pid, logFile);
  }

  /** @throws Error with the end of its log when it has ended by itself. */
  assertRunning(): void {
    if (this.child.exitCode === null && this.child.signalCode === null) return;
    const how = this.child.signalCode ?? `exit code ${this.child.exitCode}`;
    throw new Error(`the contender ended (${how}):\n${this.logTail()}`);
  }

  logTail(): string {
    return readFileSync(this.logFile, 'utf8').slice(-LOG_TAIL_BYTES);
  }

  /** Asks it to stop and waits until it has. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const timeout = new AbortController();
    await Promise.race([
      ended,
      sleep(STOP_MS_MAX, undefined, { signal: timeout.signal }).then(
        () => this.child.kill('SIGKILL'),
        () => undefined,
      ),
    ]);
    timeout.abort();
    await ended;
  }
}
