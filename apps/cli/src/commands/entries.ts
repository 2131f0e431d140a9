import { CAUSES } from '@app/domain';

import type { CliCommand } from '../command.js';
import type { CliContext } from '../context.js';
import { ACCOUNT_ARGUMENT, accountPath } from '../gateway/account-path.js';
import { gatewayOf, withGateway, type GatewayOptions } from '../gateway/options.js';
import { allocationsText, balancesText, type Outcome } from '../gateway/outcome.js';
import { printList, readPages, withPages, type PageOptions } from '../gateway/pages.js';
import { instantOrDuration } from '../input/time.js';
import { oneOf } from '../input/words.js';
import { isoTime } from '../output/printer.js';
import { table } from '../output/table.js';

interface Options extends GatewayOptions, PageOptions {
  readonly creditType?: string;
  readonly from?: number;
  readonly to?: number;
  readonly cause?: string;
  readonly reason?: string;
  readonly commandType?: string;
  readonly status?: string;
}

/** `entries <account>`: why a balance changed. */
export function addEntries(program: CliCommand, context: CliContext): void {
  withGateway(
    withPages(
      program
        .command('entries')
        .summary('show why a balance changed')
        .description('Lists the ledger entries of an account, newest first (through the gateway).')
        .argument('<account>', ACCOUNT_ARGUMENT)
        .option('--credit-type <type>', 'credit type of the account (default: credits)')
        .option('--from <time>', 'recorded at or after: RFC 3339, or a duration ago such as 7d', instantOrDuration(-1))
        .option('--to <time>', 'recorded before', instantOrDuration(-1))
        .option('--cause <cause>', `one of ${CAUSES.join(', ')}`, oneOf(CAUSES))
        .option('--reason <code>', 'only entries with this reason')
        .option('--command-type <type>', 'only entries of such commands, for example credit.delta')
        .option('--status <status>', 'applied or rejected (default: applied)', oneOf(['applied', 'rejected'])),
    ),
  )
    .example('The last 50 changes', 'entries key_1')
    .example('What was taken in the last week', 'entries key_1 --from 7d --cause delta --limit 1000')
    .example('What was refused', 'entries key_1 --status rejected')
    .action(async (account: string, options: Options) => {
      const query = {
        creditType: options.creditType,
        from: isoTime(options.from) ?? undefined,
        to: isoTime(options.to) ?? undefined,
        cause: options.cause,
        reason: options.reason,
        commandType: options.commandType,
        status: options.status,
      };
      const list = await readPages<Outcome>(
        gatewayOf(context, options),
        `${accountPath(account)}/entries`,
        query,
        options,
      );
      printList(context, options, list, entriesText);
    });
}

function entriesText(entries: readonly Outcome[]): string {
  return table(
    [
      { title: 'RECORDED', value: (entry) => entry.recordedAt },
      { title: 'VERSION', value: (entry) => entry.version, align: 'right' },
      { title: 'CAUSE', value: (entry) => entry.cause },
      { title: 'OUTCOME', value: (entry) => entry.code },
      { title: 'APPLIED', value: (entry) => entry.applied, align: 'right' },
      { title: 'BEFORE', value: (entry) => balancesText(entry.before), align: 'right' },
      { title: 'AFTER', value: (entry) => balancesText(entry.after), align: 'right' },
      { title: 'FROM/TO', value: (entry) => allocationsText(entry.allocations) },
      { title: 'REASON', value: (entry) => entry.reason },
      { title: 'COMMAND', value: (entry) => entry.commandId },
    ],
    entries,
  );
}
