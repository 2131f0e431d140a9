import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { objectPath, withAccountOf, type AccountOfObject } from '../../gateway/object-path.js';
import { sendCommand } from '../../gateway/send-command.js';
import { sentTime } from '../../input/null-value.js';
import { instantOrDuration } from '../../input/time.js';

interface Options extends CommandOptions, AccountOfObject {
  readonly at?: number;
}

/** `schedules end <scheduleId>` */
export function addEnd(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    withAccountOf(
      parent
        .command('end')
        .summary('end a schedule')
        .description('Cancels the periods at or after an instant. What was granted before stays.')
        .argument('<scheduleId>', 'id of the schedule')
        .option(
          '--at <time>',
          'the first period that is cancelled: RFC 3339, or from now such as 30d (default: now)',
          instantOrDuration(1),
        ),
    ),
  )
    .example('Now', 'schedules end key_1-monthly --reason cancelled')
    .example('At the end of the year', 'schedules end key_1-monthly --at 2027-01-01')
    .action(async (scheduleId: string, options: Options) => {
      const request = { method: 'DELETE', path: objectPath('schedules', scheduleId) } as const;
      await sendCommand(context, options, request, {
        ...commandFields(options),
        accountId: options.account,
        end: sentTime(options.at),
      });
    });
}
