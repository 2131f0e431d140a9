import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addDelete } from './delete.js';
import { addGet } from './get.js';
import { addList } from './list.js';
import { addPut } from './put.js';

/** `credit-types …`: the catalogue, through the gateway. */
export function addCreditTypes(program: CliCommand, context: CliContext): void {
  const group = program.command('credit-types').description('What accounts may hold (through the gateway).');
  addList(group, context);
  addGet(group, context);
  addPut(group, context);
  addDelete(group, context);
}
