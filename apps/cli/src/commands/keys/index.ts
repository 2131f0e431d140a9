import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addCreate } from './create.js';
import { addList } from './list.js';
import { addRevoke } from './revoke.js';

/** `keys …`: API keys, in the database. */
export function addKeys(program: CliCommand, context: CliContext): void {
  const group = program.command('keys').description('Make, list and revoke API keys (DATABASE_URL).');
  addCreate(group, context);
  addList(group, context);
  addRevoke(group, context);
}
