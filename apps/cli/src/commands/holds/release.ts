import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { objectPath, withAccountOf, type AccountOfObject } from '../../gateway/object-path.js';
import { sendCommand } from '../../gateway/send-command.js';

/** `holds release <holdId>` */
export function addRelease(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    withAccountOf(
      parent
        .command('release')
        .summary('end a hold')
        .description('Ends a hold; what was not captured goes back to where it came from.')
        .argument('<holdId>', 'id of the hold'),
    ),
  )
    .example('The job failed', 'holds release job-42 --reason job-failed')
    .action(async (holdId: string, options: CommandOptions & AccountOfObject) => {
      const request = { method: 'POST', path: objectPath('holds', holdId, '/release') } as const;
      await sendCommand(context, options, request, { ...commandFields(options), accountId: options.account });
    });
}
