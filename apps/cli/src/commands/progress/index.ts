import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addAccept } from './accept.js';
import { addShow } from './show.js';

/** `progress …`: how far the log has been applied. */
export function addProgress(program: CliCommand, context: CliContext): void {
  const group = program
    .command('progress')
    .description('How far the commands were applied (DATABASE_URL, KAFKA_BROKERS).');
  addShow(group, context);
  addAccept(group, context);
}
