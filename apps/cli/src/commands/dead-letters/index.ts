import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addList } from './list.js';
import { addRedrive } from './redrive.js';

/** `dead-letters …`: commands that could not be understood or processed. */
export function addDeadLetters(program: CliCommand, context: CliContext): void {
  const group = program
    .command('dead-letters')
    .description('Commands that could not be processed (KAFKA_BROKERS): see them, send them back.');
  addList(group, context);
  addRedrive(group, context);
}
