import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { objectPath, withAccountOf, type AccountOfObject } from '../../gateway/object-path.js';
import { sendCommand } from '../../gateway/send-command.js';
import { amount, floorPolicy, type Policy } from '../../input/amount.js';

interface Options extends CommandOptions, AccountOfObject {
  readonly final?: true;
  readonly chargeOverage?: true;
  readonly onInsufficient?: Policy;
}

/** `holds capture <holdId> <amount>` */
export function addCapture(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    withAccountOf(
      parent
        .command('capture')
        .summary('use credits of a hold')
        .description('Uses credits that a hold reserves: any number of times, up to what is left of it.')
        .argument('<holdId>', 'id of the hold')
        .argument('<amount>', 'decimal above 0', amount)
        .option('--final', 'release the rest')
        .option('--charge-overage', 'charge what is more than the hold has left (default: HOLD_EXCEEDED)')
        .option(
          '--on-insufficient <policy>',
          "of the overage: reject, clamp, allow or downTo:<amount> (default: the account's)",
          floorPolicy,
        ),
    ),
  )
    .example('Part of it', 'holds capture job-42 260')
    .example('The last part; the rest is available again', 'holds capture job-42 90 --final')
    .example('More than was reserved', 'holds capture job-42 500 --charge-overage --on-insufficient allow')
    .action(async (holdId: string, size: string, options: Options) => {
      const request = { method: 'POST', path: objectPath('holds', holdId, '/capture') } as const;
      await sendCommand(context, options, request, {
        ...commandFields(options),
        accountId: options.account,
        amount: size,
        final: options.final,
        overage: options.chargeOverage === true ? 'charge' : undefined,
        onInsufficient: options.onInsufficient,
      });
    });
}
