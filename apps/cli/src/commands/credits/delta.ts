import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { ACCOUNT_ARGUMENT, accountPath } from '../../gateway/account-path.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { sendCommand } from '../../gateway/send-command.js';
import { amount, floorPolicy, type Policy } from '../../input/amount.js';

interface Options extends CommandOptions {
  readonly onInsufficient?: Policy;
}

/** `credits delta <account> <amount>` */
export function addDelta(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    parent
      .command('delta')
      .summary('add or take credits')
      .description('Adds credits (5) or takes them (-3).')
      .argument('<account>', ACCOUNT_ARGUMENT)
      .argument('<amount>', 'signed decimal, at most as many decimal places as the credit type has', amount)
      .option(
        '--on-insufficient <policy>',
        "reject, clamp, allow or downTo:<amount> (default: the account's)",
        floorPolicy,
      ),
  )
    .example('Take 3 credits', 'credits delta key_1 -3 --reason usage --description "3 images"')
    .example('Add 500, at most once however often it is run', 'credits delta key_1 500 --id order-4711')
    .example('Take what is there, at most 10', 'credits delta key_1 -10 --on-insufficient clamp')
    .action(async (account: string, delta: string, options: Options) => {
      await sendCommand(
        context,
        options,
        { method: 'POST', path: `${accountPath(account)}/deltas` },
        {
          ...commandFields(options),
          delta,
          onInsufficient: options.onInsufficient,
        },
      );
    });
}
