import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { UsageError } from '../../errors.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { objectPath, withAccountOf, type AccountOfObject } from '../../gateway/object-path.js';
import { sendCommand } from '../../gateway/send-command.js';
import { amount } from '../../input/amount.js';
import { sentTime } from '../../input/null-value.js';
import { instantOrDuration } from '../../input/time.js';

interface Options extends CommandOptions, AccountOfObject {
  readonly amount?: string;
  readonly expiresAt?: number;
  readonly partial?: true;
}

/** `holds extend <holdId>` */
export function addExtend(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    withAccountOf(
      parent
        .command('extend')
        .summary('add credits or time to a hold')
        .description('Adds credits, time or both; it never makes a hold shorter.')
        .argument('<holdId>', 'id of the hold')
        .option('--amount <amount>', 'how much more, above 0', amount)
        .option('--expires-at <time>', 'RFC 3339, or from now such as 1h; at most 24 hours ahead', instantOrDuration(1))
        .option('--partial', 'take what is there when it is less'),
    ),
  )
    .example('Another hour', 'holds extend job-42 --expires-at 1h')
    .example('160 more, or what is there', 'holds extend job-42 --amount 160 --partial')
    .action(async (holdId: string, options: Options) => {
      if (options.amount === undefined && options.expiresAt === undefined) {
        throw new UsageError('nothing to add.', 'Give --amount, --expires-at or both.');
      }
      const request = { method: 'POST', path: objectPath('holds', holdId, '/extend') } as const;
      await sendCommand(context, options, request, {
        ...commandFields(options),
        accountId: options.account,
        amount: options.amount,
        expiresAt: sentTime(options.expiresAt),
        partial: options.partial,
      });
    });
}
