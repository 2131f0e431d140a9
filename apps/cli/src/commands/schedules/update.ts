import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { UsageError } from '../../errors.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { objectPath, withAccountOf, type AccountOfObject } from '../../gateway/object-path.js';
import { sendCommand } from '../../gateway/send-command.js';
import { nullable, sent, sentTime, type OrNull } from '../../input/null-value.js';
import { instantOrDuration } from '../../input/time.js';

interface Options extends CommandOptions, AccountOfObject {
  readonly name?: OrNull<string>;
  readonly end?: OrNull<number>;
}

/** `schedules update <scheduleId>`: what is not given is kept. */
export function addUpdate(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    withAccountOf(
      parent
        .command('update')
        .summary('change name or end of a schedule')
        .description(
          "Changes a schedule or template; what is not given is kept. --metadata replaces all of the schedule's metadata.",
        )
        .argument('<scheduleId>', 'id of the schedule')
        .option('--name <name>', 'for people, or "none"', nullable('none', String))
        .option(
          '--end <time>',
          'no period starts at or after it: RFC 3339, from now such as 90d, or "never"',
          nullable('never', instantOrDuration(1)),
        ),
    ),
  )
    .example('Until the end of June', 'schedules update key_1-monthly --end 2027-07-01')
    .example('No end any more', 'schedules update key_1-monthly --end never')
    .action(async (scheduleId: string, options: Options) => {
      const changes = { name: sent(options.name), end: sentTime(options.end) };
      if (Object.values(changes).every((value) => value === undefined) && options.metadata === undefined) {
        throw new UsageError('nothing to change.', 'Give at least one; see `creditbus schedules update --help`.');
      }
      await sendCommand(
        context,
        options,
        { method: 'PATCH', path: objectPath('schedules', scheduleId) },
        { ...commandFields(options), accountId: options.account, ...changes },
      );
    });
}
