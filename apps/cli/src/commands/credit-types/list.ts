import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { gatewayOf, withGateway, type GatewayOptions } from '../../gateway/options.js';
import { printList, readPages, withPages, type PageOptions } from '../../gateway/pages.js';
import { creditTypesText, type CreditTypeShown } from './credit-type-text.js';

/** `credit-types list` */
export function addList(parent: CliCommand, context: CliContext): void {
  withGateway(
    withPages(
      parent
        .command('list')
        .summary('list credit types')
        .description('Lists what accounts may hold, by id; the built-in `credits` is always among them.'),
    ),
  )
    .example('All of them', 'credit-types list')
    .action(async (options: GatewayOptions & PageOptions) => {
      const list = await readPages<CreditTypeShown>(gatewayOf(context, options), '/v1/credit-types', {}, options);
      printList(context, options, list, creditTypesText);
    });
}
