import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addGet } from './get.js';

/** `commands …`: outcomes by command id. */
export function addCommands(program: CliCommand, context: CliContext): void {
  const group = program.command('commands').description('Outcomes of commands (through the gateway).');
  addGet(group, context);
}
