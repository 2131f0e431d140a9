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

const FROM_STACK = 'else that of the local stack that `npm start` runs';

/** Adds what every command that talks to the gateway has. */
export function withGateway<C extends CliCommand>(command: C): C {
  return withOutput(command)
    .addOption(new Option('--api-url <url>', `the gateway; default CREDITBUS_API_URL, ${FROM_STACK}`))
    .addOption(new Option('--api-key <key>', `default CREDITBUS_API_KEY, ${FROM_STACK}`))
    .addOption(
      new Option('--timeout <seconds>', 'how long to try while the gateway is away or busy')
        .argParser(integerBetween(0, 3600))
        .default(15),
    );
}

/** The gateway that options, environment or the running stack name, in this order. @throws UsageError when none does */
export function gatewayOf(context: CliContext, options: GatewayOptions): GatewayClient {
  const stack = context.stack();
  const givenUrl = options.apiUrl ?? nonEmpty(context.env.CREDITBUS_API_URL);
  const givenKey = options.apiKey ?? nonEmpty(context.env.CREDITBUS_API_KEY);
  const baseUrl = givenUrl ?? stack?.baseUrl;
  if (baseUrl === undefined) {
    throw new UsageError(
      'no gateway is named and no local stack runs.',
      'Give --api-url or CREDITBUS_API_URL, or start a local stack with `npm start`.',
    );
  }
  const url = httpUrl(baseUrl);
  // The stack's key goes to the stack only, never to an address that somebody gave.
  const apiKey = givenKey ?? (stack !== undefined && url === httpUrl(stack.baseUrl) ? stack.apiKey : undefined);
  if (apiKey === undefined) {
    throw new UsageError(
      `no API key for ${url}.`,
      'Give --api-key or CREDITBUS_API_KEY; `creditbus keys create` makes one.',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new UsageError(
      'the API key has blanks or characters that no key has.',
      'Copy it again; keys begin with cb_.',
    );
  }
  return new GatewayClient({ baseUrl: url, apiKey, timeoutMs: options.timeout * 1000 });
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

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
