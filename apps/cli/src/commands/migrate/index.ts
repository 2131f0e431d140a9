import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addDown } from './down.js';
import { addStatus } from './status.js';
import { addUp } from './up.js';

/** `migrate`: the schema of the database. */
export function addMigrate(program: CliCommand, context: CliContext): void {
  const group = program.command('migrate').description('Bring the schema of the database up to date (DATABASE_URL).');
  addUp(group, context);
  addStatus(group, context);
  addDown(group, context);
}
