import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { UsageError } from '../../errors.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { objectPath, withAccountOf, type AccountOfObject } from '../../gateway/object-path.js';
import { sendCommand } from '../../gateway/send-command.js';
import { priority } from '../../input/grant.js';
import { nullable, sent, sentTime, type OrNull } from '../../input/null-value.js';
import { instantOrDuration } from '../../input/time.js';

interface Options extends CommandOptions, AccountOfObject {
  readonly name?: OrNull<string>;
  readonly priority?: OrNull<number>;
  readonly expiresAt?: OrNull<number>;
}

/** `grants update <grantId>`: what is not given is kept. */
export function addUpdate(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    withAccountOf(
      parent
        .command('update')
        .summary('change name, priority or expiry of a grant')
        .description(
          "Changes a grant; what is not given is kept, and the amount never changes. --metadata replaces all of the grant's metadata.",
        )
        .argument('<grantId>', 'id of the grant')
        .option('--name <name>', 'for people, or "none"', nullable('none', String))
        .option('--priority <n>', 'lower is used first, or "none" (last)', nullable('none', priority))
        .option(
          '--expires-at <time>',
          'last instant at which it is used: RFC 3339, from now such as 90d, or "never"',
          nullable('never', instantOrDuration(1)),
        ),
    ),
  )
    .example('Longer', 'grants update pack-4711 --expires-at 2027-03-01')
    .example('Before all others', 'grants update pack-4711 --priority 0')
    .action(async (grantId: string, options: Options) => {
      const changes = {
        name: sent(options.name),
        priority: sent(options.priority),
        expiresAt: sentTime(options.expiresAt),
      };
      if (Object.values(changes).every((value) => value === undefined) && options.metadata === undefined) {
        throw new UsageError('nothing to change.', 'Give at least one; see `creditbus grants update --help`.');
      }
      await sendCommand(
        context,
        options,
        { method: 'PATCH', path: objectPath('grants', grantId) },
        { ...commandFields(options), accountId: options.account, ...changes },
      );
    });
}
