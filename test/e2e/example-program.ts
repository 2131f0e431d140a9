import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { checkoutRoot, eventually, processGuard } from '@app/testing';

/** What it gets of this process's environment; the rest is given. */
const { PATH, HOME } = process.env;

/** One of `examples/`, run as a user runs it. */
export class ExampleProgram {
  output = '';
  readonly baseUrl: string;
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>;

  private constructor(
    readonly name: string,
    port: number,
    private readonly child: ChildProcessByStdio<Writable, Readable, Readable>,
  ) {
    this.baseUrl = `http://127.0.0.1:${port}`;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (this.output += String(data)));
    const { pid } = child;
    if (pid !== undefined) processGuard.add(pid);
    this.ended = new Promise((resolve) =>
      child.once('exit', (code) => {
        if (pid !== undefined) processGuard.drop(pid);
        resolve(code);
      }),
    );
  }

  /** Starts `dist/examples/<name>.js`. */
  static async start(
    name: string,
    env: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ): Promise<ExampleProgram> {
    const port = await freePort();
    const root = checkoutRoot();
    const child = spawn(process.execPath, [join(root, 'dist', 'examples', `${name}.js`), ...args], {
      cwd: root,
      env: { PATH, HOME, PORT: String(port), ...env },
      // In a group of its own, which ends with this process.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return new ExampleProgram(name, port, child);
  }

  /** Waits until its HTTP server answers anything. */
  async listening(): Promise<this> {
    await eventually(async () => {
      if (this.child.exitCode !== null) throw new Error(`${this.name} ended:\n${this.output}`);
      await fetch(this.baseUrl, { signal: AbortSignal.timeout(2_000) }).catch((error: unknown) => {
        throw new Error(`${this.name} does not listen:\n${this.output}`, { cause: error });
      });
    }, 60_000);
    return this;
  }

  async post(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(this.baseUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async get(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(this.baseUrl + path);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** Gives it its whole input and waits for its end. */
  async run(input: string): Promise<number | null> {
    this.child.stdin.end(input);
    return this.ended;
  }

  /** As Ctrl-C or an orchestrator stops it. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode === null) this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    const code = await this.ended;
    clearTimeout(timer);
    return code;
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
