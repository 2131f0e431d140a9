import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addCreate } from './create.js';
import { addVerify } from './verify.js';

/** `topics`: the topics of this deployment. */
export function addTopics(program: CliCommand, context: CliContext): void {
  const group = program.command('topics').description('Make and verify the topics (KAFKA_BROKERS).');
  addCreate(group, context);
  addVerify(group, context);
}
