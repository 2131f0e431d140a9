import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { objectPath, withAccountOf, type AccountOfObject } from '../../gateway/object-path.js';
import { sendCommand } from '../../gateway/send-command.js';
import { amount, floorPolicy, type Policy } from '../../input/amount.js';
import { oneOf } from '../../input/words.js';

interface Options extends CommandOptions, AccountOfObject {
  readonly amount?: string;
  readonly onExpiredGrant?: 'adjust' | 'forfeit';
  readonly onInsufficient?: Policy;
}

/** `credits reverse <commandId>` */
export function addReverse(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    withAccountOf(
      parent
        .command('reverse')
        .summary('undo an earlier command, all of it or part')
        .description(
          'Gives back what an earlier delta, set, capture or reset took, to the same grants, or takes back what it gave.',
        )
        .argument('<commandId>', 'id of the command to be reversed')
        .option('--amount <amount>', 'how much, above 0 (default: all that is not reversed yet)', amount)
        .option(
          '--on-expired-grant <rule>',
          'what belongs to a grant that has ended: adjust (a new grant) or forfeit (default: adjust)',
          oneOf(['adjust', 'forfeit']),
        )
        .option(
          '--on-insufficient <policy>',
          "of a reversal that takes back: reject, clamp, allow or downTo:<amount> (default: the account's)",
          floorPolicy,
        ),
    ),
  )
    .example('All of it', 'credits reverse order-4711 --reason refund')
    .example('Part of it, at most once', 'credits reverse order-4711 --amount 20 --id refund-4711-1')
    .action(async (commandId: string, options: Options) => {
      const request = { method: 'POST', path: objectPath('commands', commandId, '/reversals') } as const;
      await sendCommand(context, options, request, {
        ...commandFields(options),
        accountId: options.account,
        amount: options.amount,
        onExpiredGrant: options.onExpiredGrant,
        onInsufficient: options.onInsufficient,
      });
    });
}
