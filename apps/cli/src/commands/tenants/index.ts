import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addCreate } from './create.js';
import { addList } from './list.js';

/** `tenants …`: the catalogue of tenants, in the database. */
export function addTenants(program: CliCommand, context: CliContext): void {
  const group = program.command('tenants').description('Make and list tenants (DATABASE_URL).');
  addCreate(group, context);
  addList(group, context);
}
