import { EXIT, type ExitCode } from './exit-codes.js';

/**
 * An error that ends the command. The message says what happened; the hint says what to do. Both go to stderr.
 */
export class CliError extends Error {
  override readonly name: string = 'CliError';
  constructor(
    message: string,
    readonly exitCode: ExitCode,
    readonly options: {
      readonly hint?: string;
      /** Stable code for scripts, the gateway's own where it gave one. */
      readonly code?: string;
      /** More for `--output json`. */
      readonly details?: unknown;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
  }
}

/** The command line, or a file that it names, can't be understood. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';
  constructor(message: string, hint?: string) {
    super(message, EXIT.usage, { hint, code: 'USAGE' });
  }
}

/** Understood, and the answer is no. */
export class Refused extends CliError {
  override readonly name = 'Refused';
  constructor(message: string, options: { hint?: string; code?: string; details?: unknown; cause?: unknown } = {}) {
    super(message, EXIT.refused, options);
  }
}

/** Something that is needed can't be reached or did not answer in time. */
export class Unreachable extends CliError {
  override readonly name = 'Unreachable';
  constructor(message: string, options: { hint?: string; code?: string; details?: unknown; cause?: unknown } = {}) {
    super(message, EXIT.unreachable, { code: 'UNREACHABLE', ...options });
  }
}
