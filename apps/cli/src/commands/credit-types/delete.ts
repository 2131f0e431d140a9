import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { commandFields, withPublisherFields, type CommandOptions } from '../../gateway/command-options.js';
import { sendCommand } from '../../gateway/send-command.js';
import { creditTypePath } from './path.js';

/** `credit-types delete <creditType>` */
export function addDelete(parent: CliCommand, context: CliContext): void {
  withPublisherFields(
    parent
      .command('delete')
      .summary('delete a credit type')
      .description('Publishers find it no more; accounts and balances stay, and a later put restores it.')
      .argument('<creditType>', 'id of the credit type'),
  )
    .example('Delete it', 'credit-types delete tokens')
    .action(async (creditType: string, options: CommandOptions) => {
      await sendCommand(
        context,
        options,
        { method: 'DELETE', path: creditTypePath(creditType) },
        commandFields(options),
      );
    });
}
