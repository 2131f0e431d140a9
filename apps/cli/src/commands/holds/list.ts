import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { ACCOUNT_ARGUMENT } from '../../gateway/account-path.js';
import { listOfAccount, withObjectFilters, type ObjectListOptions } from '../../gateway/list-of-account.js';
import { printList } from '../../gateway/pages.js';
import { holdsText, type HoldShown } from './hold-text.js';

const STATUSES = ['open', 'captured', 'released', 'expired'];

/** `holds list <account>` */
export function addList(parent: CliCommand, context: CliContext): void {
  withObjectFilters(
    parent
      .command('list')
      .summary('list the holds of an account')
      .description('Lists the holds of an account, newest first.')
      .argument('<account>', ACCOUNT_ARGUMENT),
    STATUSES,
  )
    .example('What is reserved now', 'holds list key_1 --status open')
    .action(async (account: string, options: ObjectListOptions) => {
      const list = await listOfAccount<HoldShown>(context, options, account, 'holds');
      printList(context, options, list, holdsText);
    });
}
