import type { CliContext } from '../context.js';
import { CliError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { newCommandId } from '../input/command-id.js';
import { note, print } from '../output/printer.js';
import { record } from '../output/table.js';
import type { WriteRequest } from './client.js';
import type { CommandOptions } from './command-options.js';
import { gatewayOf } from './options.js';
import { outcomeText, type Outcome } from './outcome.js';

/**
 * Publishes one command, waits for its outcome when asked to, and prints it. The id is chosen here, before the first
 * attempt, so that trying again never has a second effect; but for commands whose id the gateway derives from what
 * they are about, which has the same use.
 */
export async function sendCommand(
  context: CliContext,
  options: CommandOptions,
  request: Pick<WriteRequest, 'method' | 'path'> & { readonly derivedId?: true },
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { method, path, derivedId = false } = request;
  const chosenId = derivedId ? undefined : (options.id ?? newCommandId());
  const answer = await gatewayOf(context, options)
    .write({
      method,
      path,
      body: JSON.stringify(fields),
      ...(chosenId === undefined ? {} : { commandId: chosenId }),
      ...(options.wait === false ? {} : { waitS: options.wait }),
    })
    .catch((error: unknown) => {
      throw withId(error, chosenId);
    });
  if (answer.status !== 202) {
    const outcome = answer.body as Outcome;
    print(context, options, { json: answer.body, text: () => outcomeText(outcome, answer.replayed) });
    return;
  }
  const commandId = chosenId ?? (answer.body as Outcome).commandId ?? '';
  print(context, options, {
    json: answer.body,
    text: () =>
      record([
        ['command', commandId],
        ['outcome', 'accepted, not applied yet'],
      ]),
  });
  if (options.wait !== false) {
    note(context, `The outcome did not come within ${options.wait} s. Ask later: creditbus commands get ${commandId}`);
    context.setExitCode(EXIT.unreachable);
  }
}

/** Who must try again, or asks why it was refused, needs the id. */
function withId(error: unknown, commandId: string | undefined): unknown {
  if (!(error instanceof CliError)) return error;
  const { hint, details } = error.options;
  const isKnown = typeof details === 'object' && details !== null && 'commandId' in details;
  const about =
    error.exitCode === EXIT.unreachable
      ? `Whether it was accepted is not known; trying again${commandId === undefined ? '' : ` with --id ${commandId}`} is safe.`
      : isKnown && commandId !== undefined
        ? `The command's id was ${commandId}.`
        : undefined;
  const hints = [hint, about].filter((line) => line !== undefined);
  return new CliError(error.message, error.exitCode, { ...error.options, hint: hints.join('\n') || undefined });
}
