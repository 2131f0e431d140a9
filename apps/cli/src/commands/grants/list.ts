import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { ACCOUNT_ARGUMENT } from '../../gateway/account-path.js';
import { listOfAccount, withObjectFilters, type ObjectListOptions } from '../../gateway/list-of-account.js';
import { printList } from '../../gateway/pages.js';
import { grantsText, type GrantShown } from './grant-text.js';

const STATUSES = ['pending', 'open', 'exhausted', 'expired', 'voided'];

/** `grants list <account>` */
export function addList(parent: CliCommand, context: CliContext): void {
  withObjectFilters(
    parent
      .command('list')
      .summary('list the grants of an account')
      .description('Lists the grants of an account, newest first.')
      .argument('<account>', ACCOUNT_ARGUMENT),
    STATUSES,
  )
    .example('What it has', 'grants list key_1 --status open')
    .example('All it ever had, for a script', 'grants list key_1 --limit 100000 --output json')
    .action(async (account: string, options: ObjectListOptions) => {
      const list = await listOfAccount<GrantShown>(context, options, account, 'grants');
      printList(context, options, list, grantsText);
    });
}
