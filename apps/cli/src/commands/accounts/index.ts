import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addConfigure } from './configure.js';
import { addGet } from './get.js';
import { addList } from './list.js';
import { addOpen } from './open.js';
import { addRefill } from './refill.js';
import { addReset } from './reset.js';

/** `accounts …`: through the gateway. */
export function addAccounts(program: CliCommand, context: CliContext): void {
  const group = program
    .command('accounts')
    .description('Open, show, configure and reset accounts (through the gateway).');
  addOpen(group, context);
  addGet(group, context);
  addList(group, context);
  addConfigure(group, context);
  addReset(group, context);
  addRefill(group, context);
}
