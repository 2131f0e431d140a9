import { styleText } from 'node:util';

import { Option } from 'commander';

import type { CliCommand } from '../command.js';
import type { CliContext, Terminal } from '../context.js';

export const OUTPUT_FORMATS = ['table', 'json'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Adds `--output table|json` and `--config`, which every command has. */
export function withOutput<C extends CliCommand>(command: C): C {
  return command
    .addOption(
      new Option('-o, --output <format>', 'how the result is printed')
        .choices([...OUTPUT_FORMATS])
        .default('table')
        .env('CREDITBUS_OUTPUT'),
    )
    .addOption(
      new Option(
        '--config <path>',
        'configuration file (default: creditbus/config.json in $XDG_CONFIG_HOME or ~/.config)',
      ).env('CREDITBUS_CONFIG'),
    );
}

export interface OutputOptions {
  readonly output: OutputFormat;
}

/** Prints a result: for `json` the value, for `table` what `text` makes of it. Only results go to stdout. */
export function print(
  context: CliContext,
  options: OutputOptions,
  result: { json: unknown; text: () => string },
): void {
  const body = options.output === 'json' ? JSON.stringify(result.json, jsonValue, 2) : result.text();
  context.stdout.write(`${body}\n`);
}

/** Amounts and versions are strings on every wire of this product. */
export function jsonValue(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** A time as RFC 3339; nothing stays nothing. */
export function isoTime(ms: number): string;
export function isoTime(ms: number | null | undefined): string | null;
export function isoTime(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString();
}

/** A remark for people, on stderr, so that it never gets into a pipe. */
export function note(context: CliContext, text: string): void {
  context.stderr.write(`${text}\n`);
}

type Style = 'green' | 'red' | 'yellow' | 'bold' | 'dim';

/** Colours only on a terminal, and not when NO_COLOR is set. */
export function styled(context: CliContext, terminal: Terminal, style: Style, text: string): string {
  const wanted = terminal.isTTY === true && (context.env.NO_COLOR ?? '') === '' && context.env.TERM !== 'dumb';
  return wanted ? styleText(style, text, { validateStream: false }) : text;
}
