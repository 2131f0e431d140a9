import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { gatewayOf, withGateway, type GatewayOptions } from '../../gateway/options.js';
import { outcomeText, type Outcome } from '../../gateway/outcome.js';
import { print } from '../../output/printer.js';

/** `commands get <id>` */
export function addGet(parent: CliCommand, context: CliContext): void {
  withGateway(
    parent
      .command('get')
      .summary('show the outcome of a command')
      .description('Shows the stored outcome of a command. Exits with 1 when there is none (yet).')
      .argument('<id>', 'command id'),
  )
    .example('What became of it', 'commands get order-4711')
    .action(async (id: string, options: GatewayOptions) => {
      const outcome = await gatewayOf(context, options).read(`/v1/commands/${encodeURIComponent(id)}`);
      print(context, options, { json: outcome, text: () => outcomeText(outcome as Outcome) });
    });
}
