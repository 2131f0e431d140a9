import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { commandFields, withCommandFields, type CommandOptions } from '../../gateway/command-options.js';
import { objectPath, withAccountOf, type AccountOfObject } from '../../gateway/object-path.js';
import { sendCommand } from '../../gateway/send-command.js';

/** `grants void <grantId>` */
export function addVoid(parent: CliCommand, context: CliContext): void {
  withCommandFields(
    withAccountOf(
      parent
        .command('void')
        .summary('drop what remains of a grant')
        .description('Drops what remains of a grant. What holds reserve of it stays with them until they end.')
        .argument('<grantId>', 'id of the grant'),
    ),
  )
    .example('Payment failed', 'grants void pack-4711 --reason payment-failed')
    .action(async (grantId: string, options: CommandOptions & AccountOfObject) => {
      const request = { method: 'POST', path: objectPath('grants', grantId, '/void') } as const;
      await sendCommand(context, options, request, { ...commandFields(options), accountId: options.account });
    });
}
