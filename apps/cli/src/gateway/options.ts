import { Option } from 'commander';

import type { CliCommand } from '../command.js';
import type { CliContext } from '../context.js';
import { UsageError } from '../errors.js';
import { integerBetween } from '../input/numbers.js';
import { withOutput, type OutputOptions } from '../output/printer.js';
import { GatewayClient } from './client.js';

export interface GatewayOptions extends OutputOptions {
  readonly apiUrl?: string;
  readonly apiKey?: string;
  readonly timeout: number;
}

const FROM_STACK = '(default: that of the local stack, while `npm start` runs)';

/** Adds what every command that talks to the gateway has. */
export function withGateway<C extends CliCommand>(command: C): C {
  return withOutput(command)
    .addOption(apiUrlOption())
    .addOption(new Option('--api-key <key>', `API key ${FROM_STACK}`).env('CREDITBUS_API_KEY'))
    .addOption(timeoutOption());
}

export function apiUrlOption(): Option {
  return new Option('--api-url <url>', `the gateway ${FROM_STACK}`).env('CREDITBUS_API_URL');
}

export function timeoutOption(): Option {
  return new Option('--timeout <seconds>', 'how long to try while the gateway is away or busy')
    .argParser(integerBetween(0, 3600))
    .default(15)
    .env('CREDITBUS_TIMEOUT');
}

/** How a command calls the key that it sends. */
const API_KEY_NAMES = '--api-key, CREDITBUS_API_KEY or apiKey in the configuration file';

/**
 * The gateway that options, environment, configuration file (all in `options` already) or the running stack name.
 * @param keyNames how the key can be given, for messages
 * @throws UsageError when nothing names one
 */
export function gatewayOf(
  context: CliContext,
  options: Pick<GatewayOptions, 'apiUrl' | 'apiKey' | 'timeout'>,
  keyNames = API_KEY_NAMES,
): GatewayClient {
  const stack = context.stack();
  const givenKey = nonEmpty(options.apiKey);
  const baseUrl = nonEmpty(options.apiUrl) ?? stack?.baseUrl;
  if (baseUrl === undefined) {
    throw new UsageError(
      'no gateway is named and no local stack runs.',
      'Give --api-url, CREDITBUS_API_URL or apiUrl in the configuration file, or start a local stack with `npm start`.',
    );
  }
  const url = httpUrl(baseUrl);
  // The stack's key goes to the stack only, never to an address that somebody gave.
  const apiKey = givenKey ?? (stack !== undefined && url === httpUrl(stack.baseUrl) ? stack.apiKey : undefined);
  if (apiKey === undefined) {
    throw new UsageError(`no API key for ${url}.`, `Give ${keyNames}; \`creditbus keys create\` makes one.`);
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new UsageError(
      'the API key has blanks or characters that no key has.',
      'Copy it again; keys begin with cb_.',
    );
  }
  if (isReadableOnTheWay(url)) {
    context.stderr.write(`warning: ${url} is not https: whoever is on the way to it can read the API key.\n`);
  }
  return new GatewayClient({ baseUrl: url, apiKey, keyNames, timeoutMs: options.timeout * 1000 });
}

function httpUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError(`${JSON.stringify(text)} is no URL.`, 'Give one like http://127.0.0.1:3000.');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError(`${JSON.stringify(text)} is no http or https URL.`, 'Give one like http://127.0.0.1:3000.');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Whether a key that is sent there crosses a network as plain text. */
function isReadableOnTheWay(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
