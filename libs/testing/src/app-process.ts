import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { checkoutRoot } from './environment.js';
import { processGuard } from './process-guard.js';

export type AppName = 'worker' | 'gateway';

export interface SpawnAppOptions {
  /** Whether to wait for `/health/ready` (default); false: only until it listens or ends. */
  readonly untilReady?: boolean;
  readonly timeoutMs?: number;
}

/** Lines kept of an app's output, for messages and assertions. */
const LOG_LINES_MAX = 5_000;

/**
 * A started worker or gateway, as people run it: `dist/apps/<app>/src/main.js`. What a test leaves running ends with
 * its process, however that ends.
 */
export class AppProcess {
  readonly logLines: string[] = [];
  /** Resolves with exit code or signal when it has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private isRunning = true;

  private constructor(
    readonly app: AppName,
    readonly baseUrl: string,
    env: Readonly<Record<string, string>>,
  ) {
    const root = checkoutRoot();
    this.child = spawn(process.execPath, [join(root, 'dist', 'apps', app, 'src', 'main.js')], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...inherited(), ...env },
    });
    if (this.child.pid !== undefined) processGuard.add(this.child.pid);
    for (const stream of [this.child.stdout, this.child.stderr]) this.keepLines(stream);
    this.ended = new Promise((resolve) => {
      this.child.once('exit', (code, signal) => {
        this.isRunning = false;
        if (this.child.pid !== undefined) processGuard.drop(this.child.pid);
        resolve({ code, signal });
      });
    });
  }

  /** Starts it on a free port and waits until it is ready. @throws Error with the end of its output when it isn't */
  static async start(
    app: AppName,
    env: Readonly<Record<string, string>>,
    { untilReady = true, timeoutMs = 60_000 }: SpawnAppOptions = {},
  ): Promise<AppProcess> {
    const variable = app === 'worker' ? 'WORKER_PORT' : 'GATEWAY_PORT';
    const port = env[variable] ?? String(await freePort());
    const process = new AppProcess(app, `http://127.0.0.1:${port}`, { LOG_LEVEL: 'info', ...env, [variable]: port });
    try {
      await process.waitFor(untilReady ? '/health/ready' : '/health/live', timeoutMs);
    } catch (error) {
      await process.kill();
      throw error;
    }
    return process;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`the ${this.app} was not started`);
    return this.child.pid;
  }

  get alive(): boolean {
    return this.isRunning;
  }

  /** Everything it wrote, newest lines last. */
  get log(): string {
    return this.logLines.join('\n');
  }

  /** Answer of a health route: status code, 0 when nothing answered. */
  async health(path: '/health/live' | '/health/ready' = '/health/ready'): Promise<number> {
    try {
      const response = await fetch(`${this.baseUrl}${path}`, { signal: AbortSignal.timeout(3_000) });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  async waitFor(path: '/health/live' | '/health/ready', timeoutMs = 60_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while ((await this.health(path)) !== 200) {
      if (!this.isRunning) throw new Error(`the ${this.app} ended while it was starting:\n${this.lastLines()}`);
      if (Date.now() > deadline) {
        throw new Error(`the ${this.app} did not answer ${path} within ${timeoutMs / 1_000} s:\n${this.lastLines()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Sends a signal to it and whatever it started. */
  signal(signal: NodeJS.Signals): void {
    if (!this.isRunning || this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch {
      // Gone meanwhile.
    }
  }

  /** SIGTERM, as an orchestrator stops it; resolves with its exit code (null: it had to be killed). */
  async stop(timeoutMs = 20_000): Promise<number | null> {
    this.signal('SIGTERM');
    this.signal('SIGCONT');
    const timer = setTimeout(() => this.signal('SIGKILL'), timeoutMs);
    const { code } = await this.ended;
    clearTimeout(timer);
    return code;
  }

  /** SIGKILL: the crash. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  /** SIGSTOP: it does nothing any more, but its connections stay open. */
  freeze(): void {
    this.signal('SIGSTOP');
  }

  /** SIGCONT after `freeze`. */
  resume(): void {
    this.signal('SIGCONT');
  }

  private lastLines(): string {
    return this.logLines.slice(-40).join('\n');
  }

  private keepLines(stream: Readable): void {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      this.logLines.push(...lines);
      if (this.logLines.length > LOG_LINES_MAX) this.logLines.splice(0, this.logLines.length - LOG_LINES_MAX);
    });
    stream.on('end', () => {
      if (rest !== '') this.logLines.push(rest);
    });
  }
}

/** Starts an app; see `AppProcess.start`. */
export function spawnApp(
  app: AppName,
  env: Readonly<Record<string, string>>,
  options?: SpawnAppOptions,
): Promise<AppProcess> {
  return AppProcess.start(app, env, options);
}

/** What a child may see of this process's environment: no setting of ours but what the test gives. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG', 'NODE_OPTIONS'];
  const kept = names.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
