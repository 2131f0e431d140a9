import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addDelta } from './delta.js';
import { addReverse } from './reverse.js';
import { addSet } from './set.js';

/** `credits …`: changes of a balance, through the gateway. */
export function addCredits(program: CliCommand, context: CliContext): void {
  const group = program.command('credits').description('Add, take, set and give back credits (through the gateway).');
  addDelta(group, context);
  addSet(group, context);
  addReverse(group, context);
}
