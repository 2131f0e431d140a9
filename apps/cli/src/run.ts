import { CommanderError } from 'commander';

import type { CliCommand } from './command.js';
import type { CliContext } from './context.js';
import type { CliError } from './errors.js';
import { EXIT } from './exit-codes.js';
import { explain } from './failure.js';
import { jsonValue, styled } from './output/printer.js';
import { shown } from './output/text.js';
import { buildProgram } from './program.js';

/** Runs one command line (arguments after the program's name). Never rejects; failures are printed and set the exit code. */
export async function runCli(args: readonly string[], context: CliContext): Promise<void> {
  let json = wantsJson(args, context);
  // The configuration file may ask for JSON, too.
  const onCommand = (command: CliCommand): void => {
    json = command.getOptionValue('output') === 'json';
  };
  try {
    await buildProgram(context, { quiet: json, onCommand }).parseAsync([...args], { from: 'user' });
  } catch (thrown) {
    const error = explain(thrown);
    // For people commander has printed its own message (or the help that was asked for) already.
    const isPrinted = thrown instanceof CommanderError && (!json || error.exitCode === EXIT.ok);
    if (!isPrinted) printError(error, context, json);
    context.setExitCode(error.exitCode);
    if (context.env.CREDITBUS_DEBUG === '1' && error.exitCode !== EXIT.ok) {
      context.stderr.write(`${inspectCause(thrown)}\n`);
    }
  }
}

function printError(error: CliError, context: CliContext, json: boolean): void {
  const { hint, code, details } = error.options;
  if (json) {
    context.stderr.write(
      `${JSON.stringify({ error: { code, message: error.message, hint, details } }, jsonValue, 2)}\n`,
    );
    return;
  }
  const tag = styled(context, context.stderr, 'red', 'error:');
  // The number of a status tells a person nothing that the message doesn't.
  const isPlain = code === undefined || code === 'USAGE' || code === 'UNREACHABLE' || code.startsWith('HTTP_');
  const codeTag = isPlain ? '' : `${code}: `;
  context.stderr.write(`${tag} ${codeTag}${linesShown(error.message)}\n`);
  if (hint !== undefined) context.stderr.write(`${hint}\n`);
}

/** Line breaks are ours (tables of problems), other control characters are not. */
function linesShown(text: string): string {
  return text.split('\n').map(shown).join('\n');
}

/** Looked for in the raw line, because the error may be that the line could not be read. */
function wantsJson(args: readonly string[], { env }: CliContext): boolean {
  if (!args.some((arg) => /^(?:--output(?:=|$)|-o)/.test(arg))) return env.CREDITBUS_OUTPUT === 'json';
  return args.some(
    (arg, index) => arg === '--output=json' || arg === '-ojson' || (isOutput(arg) && args[index + 1] === 'json'),
  );
}

function isOutput(arg: string): boolean {
  return arg === '--output' || arg === '-o';
}

function inspectCause(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
