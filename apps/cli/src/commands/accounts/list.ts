import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { gatewayOf, withGateway, type GatewayOptions } from '../../gateway/options.js';
import { printList, readPages, withPages, type PageOptions } from '../../gateway/pages.js';
import { accountsText, type AccountShown } from './account-text.js';

interface Options extends GatewayOptions, PageOptions {
  readonly prefix?: string;
  readonly creditType?: string;
}

/** `accounts list` */
export function addList(parent: CliCommand, context: CliContext): void {
  withGateway(
    withPages(
      parent
        .command('list')
        .summary('list accounts')
        .description("Lists the accounts of the API key's tenant, by id.")
        .option('--prefix <text>', 'only accounts whose id begins with it')
        .option('--credit-type <type>', 'only accounts of this credit type'),
    ),
  )
    .example('The first 50', 'accounts list')
    .example('All keys, for a script', 'accounts list --prefix key_ --limit 100000 --output json')
    .action(async (options: Options) => {
      const query = { prefix: options.prefix, creditType: options.creditType };
      const list = await readPages<AccountShown>(gatewayOf(context, options), '/v1/accounts', query, options);
      printList(context, options, list, accountsText);
    });
}
