#!/usr/bin/env node
import { runCli } from './run.js';
import { readStackFile } from './stack-file.js';

// `creditbus … | head` closes the pipe early; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? process.exitCode : 1);
});

void runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  stack: () => readStackFile(),
  setExitCode: (code) => {
    process.exitCode = code;
  },
});
