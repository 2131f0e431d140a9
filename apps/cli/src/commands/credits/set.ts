import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { ACCOUNT_ARGUMENT, accountPath } from '../../gateway/account-path.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { sendCommand } from '../../gateway/send-command.js';
import { amountOrUnlimited } from '../../input/amount.js';

/** `credits set <account> <value>` */
export function addSet(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    parent
      .command('set')
      .summary('set what is available')
      .description('Sets what is available to a value, or makes the account unlimited (which also ends its refill).')
      .argument('<account>', ACCOUNT_ARGUMENT)
      .argument('<value>', 'decimal, or "unlimited"', amountOrUnlimited),
  )
    .example('Set to 1000', 'credits set user_7 1000 --reason correction')
    .example('Make it unlimited', 'credits set user_7 unlimited')
    .example('Only if nobody changed it meanwhile', 'credits set user_7 1000 --expected-version 12')
    .action(async (account: string, value: string | null, options: CommandOptions) => {
      await sendCommand(
        context,
        options,
        { method: 'PUT', path: `${accountPath(account)}/balance` },
        {
          ...commandFields(options),
          value,
        },
      );
    });
}
