import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { ACCOUNT_ARGUMENT, accountPath } from '../../gateway/account-path.js';
import { gatewayOf, withGateway, type GatewayOptions } from '../../gateway/options.js';
import { instantOrDuration } from '../../input/time.js';
import { print } from '../../output/printer.js';
import { accountText, type AccountShown } from './account-text.js';

interface Options extends GatewayOptions {
  readonly creditType?: string;
  readonly at?: number;
}

/** `accounts get <account>` */
export function addGet(parent: CliCommand, context: CliContext): void {
  withGateway(
    parent
      .command('get')
      .summary('show one account')
      .description('Shows an account: what is available, held, its version and settings.')
      .argument('<account>', ACCOUNT_ARGUMENT)
      .option('--credit-type <type>', 'credit type of the account (default: credits)')
      .option('--at <time>', 'what it held then: RFC 3339, or a duration ago such as 2h', instantOrDuration(-1)),
  )
    .example('Show it', 'accounts get key_1')
    .example('What it held yesterday', 'accounts get key_1 --at 24h')
    .example('By its external id, for a script', 'accounts get ext:customer-9 --output json')
    .action(async (account: string, options: Options) => {
      const shown = (await gatewayOf(context, options).read(accountPath(account), {
        creditType: options.creditType,
        at: options.at === undefined ? undefined : new Date(options.at).toISOString(),
      })) as Partial<AccountShown>;
      print(context, options, { json: shown, text: () => accountText(shown) });
    });
}
