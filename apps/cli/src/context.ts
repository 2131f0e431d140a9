import type { Readable, Writable } from 'node:stream';

import type { RunningStack } from './stack-file.js';

/** What a command may see of the world around it. */
export interface CliContext {
  readonly stdin: Readable;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** The local stack that `npm start` runs, or undefined. Read when asked for. */
  readonly stack: () => RunningStack | undefined;
  /** Sets the exit code of a command that did its work and found something wrong. */
  setExitCode(code: number): void;
}

/** Where output goes; `isTTY` tells a person's screen from a file or a pipe. */
export interface Terminal extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
}
