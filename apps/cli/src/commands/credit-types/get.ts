import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { gatewayOf, withGateway, type GatewayOptions } from '../../gateway/options.js';
import { print } from '../../output/printer.js';
import { creditTypeText, type CreditTypeShown } from './credit-type-text.js';
import { creditTypePath } from './path.js';

/** `credit-types get <creditType>` */
export function addGet(parent: CliCommand, context: CliContext): void {
  withGateway(
    parent
      .command('get')
      .summary('show a credit type')
      .description('Shows a credit type: its decimal places, burn order, defaults and names.')
      .argument('<creditType>', 'id of the credit type'),
  )
    .example('Show it', 'credit-types get tokens')
    .action(async (creditType: string, options: GatewayOptions) => {
      const shown = (await gatewayOf(context, options).read(creditTypePath(creditType))) as CreditTypeShown;
      print(context, options, { json: shown, text: () => creditTypeText(shown) });
    });
}
