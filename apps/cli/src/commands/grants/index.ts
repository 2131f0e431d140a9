import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addCreate } from './create.js';
import { addGet } from './get.js';
import { addList } from './list.js';
import { addUpdate } from './update.js';
import { addVoid } from './void.js';

/** `grants …`: lots of credits, through the gateway. */
export function addGrants(program: CliCommand, context: CliContext): void {
  const group = program.command('grants').description('Lots of credits of an account (through the gateway).');
  addCreate(group, context);
  addGet(group, context);
  addList(group, context);
  addUpdate(group, context);
  addVoid(group, context);
}
