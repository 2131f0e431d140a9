import { Writable } from 'node:stream';

import type { Argument, Option } from 'commander';

import type { CliCommand } from './command.js';
import type { CliContext } from './context.js';
import { buildProgram, EXIT_CODE_HELP, SETTINGS_HELP } from './program.js';

/** The reference of the command line, made from the commands themselves: path in the repository → content. */
export function generateCliDocs(): Record<string, string> {
  const program = buildProgram(nowhere());
  const sections = program.leaves.map(commandSection);
  const overview = program.leaves.map(
    (command) =>
      `| [\`creditbus ${command.path}\`](#${anchorOf(command)}) | ${cellText(command.summary() || command.description())} |`,
  );
  const parts = [
    '# Command line',
    'Made by `npm run generate` from the commands themselves; `creditbus <command> --help` shows the same.',
    'In a checkout it is run as `npm run creditbus -- <command>`.',
    ['| command | does |', '| --- | --- |', ...overview].join('\n'),
    fenced(SETTINGS_HELP),
    fenced(EXIT_CODE_HELP),
    'Amounts are decimals and are sent as typed: they never pass through a floating-point number. Results go to stdout, everything else to stderr; with `--output json` errors are JSON, too.',
    ...sections,
  ];
  return { 'docs/cli.md': `${parts.join('\n\n')}\n` };
}

function commandSection(command: CliCommand): string {
  const parts = [`## creditbus ${command.path}`, cellText(command.description())];
  parts.push(fenced(`creditbus ${command.path}${command.registeredArguments.map(argumentUsage).join('')} [options]`));
  if (command.registeredArguments.length > 0) {
    const rows = command.registeredArguments.map(
      (argument) => `| \`${argument.name()}\` | ${cellText(argument.description)} |`,
    );
    parts.push(['| argument | |', '| --- | --- |', ...rows].join('\n'));
  }
  const options = command.options.filter((option) => !option.hidden);
  if (options.length > 0) {
    parts.push(['| option | | default |', '| --- | --- | --- |', ...options.map(optionRow)].join('\n'));
  }
  if (command.examples.length > 0) {
    parts.push(fenced(command.examples.map(({ does, line }) => `# ${does}\ncreditbus ${line}`).join('\n'), 'sh'));
  }
  return parts.join('\n\n');
}

function optionRow(option: Option): string {
  const description = option.mandatory ? `${option.description}; required` : option.description;
  const choices = option.argChoices === undefined ? '' : ` (${option.argChoices.join(', ')})`;
  const isNegation = option.negate || option.defaultValue === undefined;
  const value = isNegation ? '' : `\`${String(option.defaultValue)}\``;
  return `| \`${option.flags}\` | ${cellText(description)}${choices} | ${value} |`;
}

function argumentUsage(argument: Argument): string {
  return argument.required ? ` <${argument.name()}>` : ` [${argument.name()}]`;
}

function anchorOf(command: CliCommand): string {
  return `creditbus-${command.path.replaceAll(' ', '-')}`;
}

function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

function fenced(text: string, language = 'text'): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** A context for looking at the commands only; nothing is run. */
function nowhere(): CliContext {
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
  return {
    stdin: process.stdin,
    stdout: sink,
    stderr: sink,
    env: {},
    stack: () => undefined,
    setExitCode: () => undefined,
  };
}
