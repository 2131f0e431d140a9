import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { checkoutRoot } from './environment.js';

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/**
 * A server of a test's own, run by `scripts/stack/serve.mjs` in a process of its own: when this process ends, that
 * one notices, stops the server and removes its data.
 */
export class PrivateServer {
  private readonly process: ChildProcessByStdio<Writable, Readable, null>;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private lastId = 0;
  private ended: string | undefined;

  private constructor(private readonly part: 'kafka' | 'postgres') {
    const folder = mkdtempSync(join(tmpdir(), `creditbus-test-${part}-`));
    const script = join(checkoutRoot(), 'scripts', 'stack', 'serve.mjs');
    this.process = spawn(process.execPath, [script, part, folder], {
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: this.process.stdout }).on('line', (line) => {
      const answer = JSON.parse(line) as Answer;
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
    this.process.on('exit', (code, signal) => {
      this.ended = `${part} helper ended (${signal ?? `exit code ${code}`})`;
      for (const [id, answer] of this.waiting) answer({ id, error: this.ended });
      this.waiting.clear();
    });
    this.process.stdin.on('error', () => undefined);
  }

  /** Starts the server; its address is in the answer. */
  static async start(part: 'kafka' | 'postgres'): Promise<{ server: PrivateServer; address: string }> {
    const server = new PrivateServer(part);
    try {
      const { address } = (await server.request('start')) as { address: string };
      return { server, address };
    } catch (error) {
      await server.dispose();
      throw error;
    }
  }

  /** One request of `serve.mjs`. @throws Error with the helper's message */
  async request(verb: string, details: Readonly<Record<string, string>> = {}): Promise<unknown> {
    if (this.ended !== undefined) throw new Error(this.ended);
    const id = (this.lastId += 1);
    const answer = await new Promise<Answer>((resolve) => {
      this.waiting.set(id, resolve);
      this.process.stdin.write(`${JSON.stringify({ ...details, id, do: verb })}\n`);
    });
    if (answer.error !== undefined) throw new Error(`${this.part}, ${verb}: ${answer.error}`);
    return answer.value;
  }

  /** Stops the server for good and removes its data. */
  async dispose(): Promise<void> {
    if (this.ended !== undefined) return;
    const end = new Promise<void>((resolve) => this.process.once('exit', () => resolve()));
    this.process.stdin.end();
    await end;
  }
}
