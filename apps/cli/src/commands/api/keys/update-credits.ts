import { parseJsonLossless } from '@app/contracts';
import { Option } from 'commander';

import type { CliCommand } from '../../../command.js';
import type { CliContext } from '../../../context.js';
import { CliError, UsageError } from '../../../errors.js';
import { EXIT } from '../../../exit-codes.js';
import type { Answer } from '../../../gateway/client.js';
import { apiUrlOption, gatewayOf, timeoutOption } from '../../../gateway/options.js';
import { newCommandId } from '../../../input/command-id.js';
import { int64 } from '../../../input/int64.js';
import { exactJson } from '../../../output/exact-json.js';
import { withOutput, type OutputOptions } from '../../../output/printer.js';
import { shown } from '../../../output/text.js';

interface Options extends OutputOptions {
  readonly keyId: string;
  readonly operation: 'set' | 'increment' | 'decrement';
  readonly value?: string;
  readonly rootKey?: string;
  readonly apiUrl?: string;
  readonly timeout: number;
  readonly id?: string;
}

const PATH = '/v2/keys.updateCredits';

const ROOT_KEY_NAMES =
  '--root-key, CREDITBUS_ROOT_KEY, CREDITBUS_API_KEY, UNKEY_ROOT_KEY or apiKey in the configuration file';

/** `api keys update-credits`: Unkey's operation, over Unkey's route of the gateway. */
export function addUpdateCredits(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('update-credits')
      .summary('set, increment or decrement the credits of a key')
      .description(
        "Changes what remains of a key's credits, with the grammar of Unkey's command line. A decrement stops at 0. The " +
          'result is the id of the request and how long it took, then the credits as JSON; with --output json the whole answer.',
      )
      .requiredOption('--key-id <id>', 'id of the key (the account), not the secret that its user sends')
      .addOption(
        new Option('--operation <operation>', 'what to do with what remains')
          .choices(['set', 'increment', 'decrement'])
          .makeOptionMandatory(),
      )
      .option(
        '--value <n>',
        'whole number from 0 on. Needed by increment and decrement; set without it makes the key unlimited and ends its refill',
        int64,
      )
      .addOption(
        new Option('--root-key <key>', 'API key with the permission api.*.update_key, or that of its group').env(
          'CREDITBUS_ROOT_KEY',
        ),
      )
      .addOption(apiUrlOption())
      .addOption(timeoutOption())
      .option('--id <id>', 'command id; the same id never has a second effect (default: a new one)'),
  )
    .example('Set the credits', 'api keys update-credits --key-id=key_1234abcd --operation=set --value=1000')
    .example('Add what was bought', 'api keys update-credits --key-id=key_1234abcd --operation=increment --value=500')
    .example('Take some back', 'api keys update-credits --key-id=key_1234abcd --operation=decrement --value=100')
    .example('Make it unlimited', 'api keys update-credits --key-id=key_1234abcd --operation=set')
    .example(
      'For a script',
      'api keys update-credits --key-id=key_1234abcd --operation=set --value=1000 --output=json | jq .data.remaining',
    )
    .remark(
      'The key: --root-key, else CREDITBUS_ROOT_KEY, CREDITBUS_API_KEY, UNKEY_ROOT_KEY, then apiKey in the configuration\n' +
        'file, then that of the local stack. `creditbus keys create --help` says which permissions a key has.',
    )
    .action((options: Options, command: CliCommand) => updateCredits(context, options, command));
}

async function updateCredits(context: CliContext, options: Options, command: CliCommand): Promise<void> {
  const { keyId, operation, value, id = newCommandId() } = options;
  if (value === undefined && operation !== 'set') {
    throw new UsageError(`--operation=${operation} needs a value.`, 'Give it, for example --value=100.');
  }
  // The digits of the value go into the text as they were typed.
  const body = `{"keyId":${JSON.stringify(keyId)},"operation":"${operation}"${value === undefined ? '' : `,"value":${value}`}}`;
  const apiKey = rootKeyOf(context, options, command.getOptionValueSource('rootKey') === 'config');
  const answer = await gatewayOf(context, { ...options, apiKey }, ROOT_KEY_NAMES)
    .write({ method: 'POST', path: PATH, body, commandId: id })
    .catch((error: unknown) => {
      throw explained(error, id);
    });
  context.stdout.write(`${options.output === 'json' ? exactJson(parseJsonLossless(answer.text)) : textOf(answer)}\n`);
}

/** The command line comes before every variable, and every variable before the file. */
function rootKeyOf({ env }: CliContext, { rootKey }: Options, isFromFile: boolean): string | undefined {
  const variables = [env.CREDITBUS_API_KEY, env.UNKEY_ROOT_KEY];
  const keys = isFromFile ? [...variables, rootKey] : [rootKey, ...variables];
  return keys.find((key) => key !== undefined && key !== '');
}

function textOf({ text, tookMs }: Answer): string {
  const { meta, data } = parseJsonLossless(text) as { meta?: { requestId?: unknown }; data?: unknown };
  const requestId = typeof meta?.requestId === 'string' ? shown(meta.requestId) : 'no request id';
  return `${requestId} (took ${Math.round(tookMs)}ms)\n\n${exactJson(data ?? null)}`;
}

/** Adds what is special about this route to a failure. */
function explained(error: unknown, id: string): unknown {
  if (!(error instanceof CliError)) return error;
  const hints = [error.options.hint];
  // A problem of Unkey's shape has no code: this one is the gateway's own, so the route isn't there.
  if (error.options.code === 'NOT_FOUND') {
    hints.push("Unkey's routes are switched off there: COMPATIBLE_APIS of the gateway must name unkey.");
  }
  if (error.options.code === 'HTTP_404') {
    hints.push("--key-id is the key's id, not its secret: `creditbus accounts list` shows the ids that there are.");
  }
  const { meta } = (error.options.details ?? {}) as { readonly meta?: { readonly requestId?: string } };
  if (meta?.requestId !== undefined) hints.push(`Request ${shown(meta.requestId)}.`);
  if (error.exitCode === EXIT.unreachable) {
    hints.push(`Whether it was accepted is not known; trying again with --id ${id} is safe.`);
  }
  const hint = hints.filter((line) => line !== undefined).join('\n');
  return new CliError(error.message, error.exitCode, { ...error.options, ...(hint === '' ? {} : { hint }) });
}
