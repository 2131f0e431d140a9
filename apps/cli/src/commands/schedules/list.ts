import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { UsageError } from '../../errors.js';
import { ACCOUNT_ARGUMENT } from '../../gateway/account-path.js';
import { listOfAccount, withObjectFilters, type ObjectListOptions } from '../../gateway/list-of-account.js';
import { gatewayOf } from '../../gateway/options.js';
import { printList, readPages } from '../../gateway/pages.js';
import { oneOf } from '../../input/words.js';
import { schedulesText, type ScheduleShown } from './schedule-text.js';
import { TEMPLATE_SCOPES, type TemplateScope } from './template-scope.js';

const STATUSES = ['active', 'completed', 'ended'];

interface Options extends ObjectListOptions {
  /** true: of either scope. */
  readonly template?: TemplateScope | true;
}

/** `schedules list [account]` */
export function addList(parent: CliCommand, context: CliContext): void {
  withObjectFilters(
    parent
      .command('list')
      .summary('list the schedules of an account, or templates')
      .description('Lists the schedules of an account, or the templates of the catalogue, newest first.')
      .argument('[account]', `${ACCOUNT_ARGUMENT}; none with --template`)
      .option(
        '--template [scope]',
        `templates: all, or one of ${TEMPLATE_SCOPES.join(', ')}; no other filter goes with it`,
        oneOf(TEMPLATE_SCOPES),
      ),
    STATUSES,
  )
    .example('What it gets', 'schedules list key_1 --status active')
    .example('Templates of plans', 'schedules list --template plan')
    .action(async (account: string | undefined, options: Options) => {
      if (account !== undefined && options.template === undefined) {
        const list = await listOfAccount<ScheduleShown>(context, options, account, 'schedules');
        printList(context, options, list, schedulesText);
        return;
      }
      if (account !== undefined || options.template === undefined) {
        throw new UsageError(
          account === undefined ? 'which account?' : 'templates have no account.',
          'Give either an account or --template.',
        );
      }
      const { creditType, status, from, to, template } = options;
      if ([creditType, status, from, to].some((filter) => filter !== undefined)) {
        throw new UsageError('templates are listed by their scope only.', 'Leave out the other filters.');
      }
      const query = { scope: template === true ? undefined : template };
      const list = await readPages<ScheduleShown>(gatewayOf(context, options), '/v1/schedules', query, options);
      printList(context, options, list, schedulesText);
    });
}
