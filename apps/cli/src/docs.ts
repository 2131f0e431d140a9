import { Writable } from 'node:stream';

import type { Argument, Option } from 'commander';

import { CliCommand } from './command.js';
import type { CliContext } from './context.js';
import { withPublisherFields, withRecordedFields } from './gateway/command-options.js';
import { withGateway } from './gateway/options.js';
import { withPages } from './gateway/pages.js';
import { withOutput } from './output/printer.js';
import { CONFIG_EXAMPLE, EXIT_CODE_HELP, SETTINGS_HELP } from './program-help.js';
import { buildProgram } from './program.js';

/** Options that many commands share: described once. The first group that has an option describes it. */
const SHARED = [
  { title: 'Options of every command', add: withOutput },
  { title: 'Options of commands that talk to the gateway', add: withGateway },
  { title: 'Options of commands that change something', add: withRecordedFields },
  { title: 'Options of commands whose id is chosen', add: withPublisherFields },
  { title: 'Options of lists', add: withPages },
] as const;

interface SharedGroup {
  readonly title: string;
  readonly options: readonly Option[];
}

/** The reference of the command line, made from the commands themselves: path in the repository → content. */
export function generateCliDocs(): Record<string, string> {
  const { leaves } = buildProgram(nowhere());
  const groups = sharedGroups();
  const overview = leaves.map((command) => [
    `[\`creditbus ${command.path}\`](#${anchorOf(`creditbus ${command.path}`)})`,
    cellText(command.summary()),
  ]);
  const parts = [
    '# Command line',
    'Made by `npm run generate` from the commands themselves; `creditbus <command> --help` shows the same.',
    'In a checkout it is run as `npm run creditbus -- <command>`.',
    markdownTable(['command', 'does'], overview),
    fenced(SETTINGS_HELP),
    'A configuration file with everything that it may hold:',
    fenced(JSON.stringify(CONFIG_EXAMPLE, null, 2), 'json'),
    fenced(EXIT_CODE_HELP),
    'Amounts are decimals and are sent as typed: they never pass through a floating-point number. Results go to stdout, everything else to stderr; with `--output json` errors are JSON, too.',
    ...groups.flatMap(({ title, options }) => [`## ${title}`, optionTable(options)]),
    ...leaves.flatMap((command) => commandSection(command, groups)),
  ];
  return { 'docs/cli.md': `${parts.join('\n\n')}\n` };
}

function sharedGroups(): readonly SharedGroup[] {
  const described = new Set<string>();
  return SHARED.map(({ title, add }) => {
    const options = add(new CliCommand()).options.filter(({ flags }) => !described.has(flags));
    for (const { flags } of options) described.add(flags);
    return { title, options };
  });
}

function commandSection(command: CliCommand, groups: readonly SharedGroup[]): readonly string[] {
  const usage = `creditbus ${command.path}${command.registeredArguments.map(argumentUsage).join('')} [options]`;
  const parts = [`## creditbus ${command.path}`, cellText(command.description()), fenced(usage)];
  if (command.registeredArguments.length > 0) {
    const rows = command.registeredArguments.map((argument) => [
      `\`${argument.name()}\``,
      cellText(argument.description),
    ]);
    parts.push(markdownTable(['argument', ''], rows));
  }
  const has = new Set(command.options.map(({ flags }) => flags));
  const shared = groups.filter(({ options }) => options.every(({ flags }) => has.has(flags)));
  const elsewhere = new Set(shared.flatMap(({ options }) => options.map(({ flags }) => flags)));
  const own = command.options.filter(({ hidden, flags }) => !hidden && !elsewhere.has(flags));
  if (own.length > 0) parts.push(optionTable(own));
  parts.push(`Also: ${shared.map(({ title }) => `[${title.toLowerCase()}](#${anchorOf(title)})`).join(', ')}.`);
  parts.push(...command.remarks.map((text) => fenced(text)));
  parts.push(fenced(command.examples.map(({ does, line }) => `# ${does}\ncreditbus ${line}`).join('\n'), 'sh'));
  return parts;
}

function optionTable(options: readonly Option[]): string {
  return markdownTable(['option', '', 'default'], options.map(optionRow));
}

function optionRow(option: Option): readonly string[] {
  const description = option.mandatory ? `${option.description}; required` : option.description;
  const choices = option.argChoices === undefined ? '' : ` (${option.argChoices.join(', ')})`;
  const hasDefault = !option.negate && option.defaultValue !== undefined;
  const variable = option.envVar === undefined ? '' : `; variable ${option.envVar}`;
  return [
    `\`${option.flags}\``,
    `${cellText(description)}${choices}${variable}`,
    hasDefault ? `\`${option.defaultValueDescription ?? String(option.defaultValue)}\`` : '',
  ];
}

function argumentUsage(argument: Argument): string {
  return argument.required ? ` <${argument.name()}>` : ` [${argument.name()}]`;
}

function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
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
