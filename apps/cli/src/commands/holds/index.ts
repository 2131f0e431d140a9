import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { addCapture } from './capture.js';
import { addCreate } from './create.js';
import { addExtend } from './extend.js';
import { addGet } from './get.js';
import { addList } from './list.js';
import { addRelease } from './release.js';

/** `holds …`: credits set aside, through the gateway. */
export function addHolds(program: CliCommand, context: CliContext): void {
  const group = program
    .command('holds')
    .description('Credits set aside for what is not finished (through the gateway).');
  addCreate(group, context);
  addGet(group, context);
  addList(group, context);
  addCapture(group, context);
  addExtend(group, context);
  addRelease(group, context);
}
