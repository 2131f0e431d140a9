import type { CliCommand } from '../command.js';
import type { CliContext } from '../context.js';
import { note } from '../output/printer.js';
import { readConfigFile, type ConfigFile } from './config-file.js';

/** Field of the file → options that it gives a value. */
const OPTIONS_OF: Readonly<Partial<Record<keyof ConfigFile, readonly string[]>>> = {
  apiUrl: ['apiUrl'],
  apiKey: ['apiKey', 'rootKey'],
  output: ['output'],
  timeout: ['timeout'],
  wait: ['wait'],
};

/**
 * Gives the options of a command that neither the command line nor the environment gave the values of the
 * configuration file, and completes `env` by the file's `environment`.
 * @throws UsageError when the file is wrong
 */
export function applyConfig(command: CliCommand, context: CliContext, env: NodeJS.ProcessEnv): void {
  const { config: named } = command.opts<{ config?: string }>();
  const read = readConfigFile(env, named === '' ? undefined : named);
  if (read === undefined) return;
  if (read.warning !== undefined) note(context, `warning: ${read.warning}`);
  const has = new Set(command.options.map((option) => option.attributeName()));
  for (const [field, options] of Object.entries(OPTIONS_OF)) {
    const value = read.file[field as keyof ConfigFile];
    if (value === undefined) continue;
    for (const option of options) {
      if (has.has(option) && isOpen(command, option)) command.setOptionValueWithSource(option, value, 'config');
    }
  }
  for (const [name, value] of Object.entries(read.file.environment ?? {})) {
    if (value !== undefined && (env[name] ?? '') === '') env[name] = value;
  }
}

/** Neither the command line nor the environment said anything; an empty variable says nothing. */
function isOpen(command: CliCommand, option: string): boolean {
  const source = command.getOptionValueSource(option);
  if (source === 'env') return command.getOptionValue(option) === '';
  return source === undefined || source === 'default';
}
