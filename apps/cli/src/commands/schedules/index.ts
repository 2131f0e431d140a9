import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addCreate } from './create.js';
import { addEnd } from './end.js';
import { addGet } from './get.js';
import { addList } from './list.js';
import { addUpdate } from './update.js';

/** `schedules …`: sources of grants and their templates, through the gateway. */
export function addSchedules(program: CliCommand, context: CliContext): void {
  const group = program.command('schedules').description('Sources of grants, and templates (through the gateway).');
  addCreate(group, context);
  addGet(group, context);
  addList(group, context);
  addUpdate(group, context);
  addEnd(group, context);
}
