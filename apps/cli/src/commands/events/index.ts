import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addResend } from './resend.js';

/** `events …`: what the worker publishes. */
export function addEvents(program: CliCommand, context: CliContext): void {
  const group = program.command('events').description('Events of the ledger (DATABASE_URL, KAFKA_BROKERS).');
  addResend(group, context);
}
