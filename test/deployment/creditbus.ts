import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkoutRoot } from '@app/testing';

/** What a run of the CLI left. */
export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The CLI as people run it: a process of its own. */
export function creditbus(args: readonly string[], env: Readonly<Record<string, string>>, stdin = ''): Promise<CliRun> {
  const main = join(checkoutRoot(), 'dist', 'apps', 'cli', 'src', 'main.js');
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env.PATH ?? '', ...env } });
  const parts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (parts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (parts.stderr += text));
  child.stdin.on('error', () => undefined).end(stdin);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, ...parts }));
  });
}
