import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { ACCOUNT_ARGUMENT, accountPath } from '../../gateway/account-path.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { sendCommand } from '../../gateway/send-command.js';
import { amount } from '../../input/amount.js';
import { sentTime } from '../../input/null-value.js';
import { instantOrDuration } from '../../input/time.js';

interface Options extends CommandOptions {
  readonly holdId?: string;
  readonly expiresAt?: number;
  readonly partial?: true;
}

/** `holds create <account> <amount>` */
export function addCreate(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    parent
      .command('create')
      .summary('set credits aside')
      .description('Reserves credits until they are captured, released, or the hold expires.')
      .argument('<account>', ACCOUNT_ARGUMENT)
      .argument('<amount>', 'decimal above 0', amount)
      .option('--hold-id <id>', 'id of the hold, unique per tenant (default: derived, printed)')
      .option(
        '--expires-at <time>',
        'RFC 3339, or from now such as 1h; at most 24 hours ahead (default: 5 minutes)',
        instantOrDuration(1),
      )
      .option('--partial', 'take what is there when it is less'),
  )
    .example('Before a job begins', 'holds create key_1 400 --hold-id job-42 --expires-at 1h')
    .example('As much as there is, at most 400', 'holds create key_1 400 --partial')
    .action(async (account: string, size: string, options: Options) => {
      const request = { method: 'POST', path: `${accountPath(account)}/holds` } as const;
      await sendCommand(context, options, request, {
        ...commandFields(options),
        amount: size,
        holdId: options.holdId,
        expiresAt: sentTime(options.expiresAt),
        partial: options.partial,
      });
    });
}
