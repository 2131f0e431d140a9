import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { CLI_VARIABLE_NAMES } from '@app/config';
import { z } from 'zod';

import { UsageError } from '../errors.js';
import { WAIT_S_MAX } from '../gateway/wait.js';
import { OUTPUT_FORMATS } from '../output/printer.js';

const text = z.string().min(1);

/** What the file may hold. Options and the environment come before it. */
const CONFIG_FILE = z.strictObject({
  apiUrl: text.optional(),
  apiKey: text.optional(),
  output: z.enum(OUTPUT_FORMATS).optional(),
  timeout: z.int().min(0).max(3600).optional(),
  wait: z.int().min(1).max(WAIT_S_MAX).optional(),
  environment: z.partialRecord(z.enum(CLI_VARIABLE_NAMES), z.string()).optional(),
});

export type ConfigFile = Readonly<z.infer<typeof CONFIG_FILE>>;

export const CONFIG_FIELDS: readonly string[] = Object.keys(CONFIG_FILE.shape);

/** A file that was read, and what its owner should know about it. */
export interface ReadConfig {
  readonly path: string;
  readonly file: ConfigFile;
  /** Set when others on this machine may read a secret in it. */
  readonly warning?: string;
}

/** Where the file is when nobody names one: the XDG base directory. Undefined where there is no home. */
export function defaultConfigPath(env: Readonly<NodeJS.ProcessEnv>): string | undefined {
  const { XDG_CONFIG_HOME: xdg = '', HOME = '', USERPROFILE = '' } = env;
  const home = HOME === '' ? USERPROFILE : HOME;
  // A relative path in XDG_CONFIG_HOME is invalid by its specification, and ignored.
  const base = xdg.startsWith('/') ? xdg : home === '' ? undefined : join(home, '.config');
  return base === undefined ? undefined : join(base, 'creditbus', 'config.json');
}

/**
 * Reads the file that was named, or else the default one if it is there.
 * @throws UsageError naming the file and each wrong field
 */
export function readConfigFile(env: Readonly<NodeJS.ProcessEnv>, named?: string): ReadConfig | undefined {
  const path = named ?? defaultConfigPath(env);
  if (path === undefined) return undefined;
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (named === undefined && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined;
    throw new UsageError(
      `the configuration file ${path} can not be read: ${message}.`,
      named === undefined ? undefined : 'Correct --config or CREDITBUS_CONFIG.',
    );
  }
  const file = parseConfigFile(path, content);
  return { path, file, ...(holdsSecret(file) && othersMayRead(path) ? { warning: warningOf(path) } : {}) };
}

function parseConfigFile(path: string, content: string): ConfigFile {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    // The parser's message may quote the text, and with it a key.
    throw new UsageError(`the configuration file ${path} is not JSON.`, EXPECTED);
  }
  const { data, error } = CONFIG_FILE.safeParse(value);
  if (error === undefined) return data;
  const problems = error.issues.map(({ path: at, message }) => `  ${at.join('.') || '(file)'}: ${message}`);
  throw new UsageError(`the configuration file ${path} is wrong:\n${problems.join('\n')}`, EXPECTED);
}

const EXPECTED = `Expected is a JSON object with any of ${CONFIG_FIELDS.join(', ')}.`;

function holdsSecret({ apiKey, environment = {} }: ConfigFile): boolean {
  return apiKey !== undefined || Object.keys(environment).some((name) => /URL$|PASSWORD$/.test(name));
}

function othersMayRead(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o044) !== 0;
}

function warningOf(path: string): string {
  return `${path} holds a secret and others may read it: chmod 600 ${path}`;
}
