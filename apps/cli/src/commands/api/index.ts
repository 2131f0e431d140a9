import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addUpdateCredits } from './keys/update-credits.js';

/** `api …`: calls of compatible APIs, with the grammar of their own command lines. */
export function addApi(program: CliCommand, context: CliContext): void {
  const api = program.command('api').description('Calls of the compatible Unkey API, with its grammar.');
  const keys = api.command('keys').description('Credits of API keys, as Unkey calls them.');
  addUpdateCredits(keys, context);
}
