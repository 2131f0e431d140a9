import { PassThrough, Readable } from 'node:stream';

import type { CliContext } from '../context.js';
import { runCli } from '../run.js';
import type { RunningStack } from '../stack-file.js';

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line within this process, for tests. Environment and stack are empty unless they are given. */
export async function runInProcess(
  args: readonly string[],
  given: { env?: NodeJS.ProcessEnv; stack?: RunningStack; stdin?: string; isTTY?: boolean } = {},
): Promise<CliResult> {
  const stdout = sink(given.isTTY);
  const stderr = sink(given.isTTY);
  let exitCode = 0;
  const env = given.env ?? {};
  const context: CliContext = {
    stdin: Readable.from([Buffer.from(given.stdin ?? '')]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    stack: () => given.stack,
    setExitCode: (code) => {
      exitCode = code;
    },
  };
  // Commander reads the variables of options from the process itself.
  const before = process.env;
  process.env = env;
  try {
    await runCli(args, context);
  } finally {
    process.env = before;
  }
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function sink(isTTY = false): { stream: CliContext['stdout']; text(): string } {
  const parts: Buffer[] = [];
  const stream = new PassThrough();
  stream.on('data', (part: Buffer) => parts.push(part));
  return { stream: Object.assign(stream, { isTTY, columns: 100 }), text: () => Buffer.concat(parts).toString('utf8') };
}
